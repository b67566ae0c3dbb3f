//! Where the files of a data set come from: a folder on disk, the one built in, or memory.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use include_dir::{Dir, include_dir};

use super::disk;

/// The largest file that is read.
pub const MAX_FILE: u64 = 16 << 20;

static BUILT_IN: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/graph");

/// A data folder.
#[derive(Debug, Clone)]
pub struct Folder(Place);

#[derive(Debug, Clone)]
enum Place {
    BuiltIn,
    Disk(PathBuf),
    Memory(BTreeMap<String, Vec<u8>>),
}

/// A file as it was read.
#[derive(Debug)]
pub(crate) struct Bytes<'a> {
    pub(crate) bytes: Cow<'a, [u8]>,
    pub(crate) modified: Option<SystemTime>,
}

/// Why a file was not read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Unread {
    #[error("there is no such file")]
    Absent,
    #[error("the link leads back to itself")]
    Loop,
    #[error("the file has {0} bytes")]
    TooLarge(u64),
    #[error("{0}")]
    Other(String),
}

/// What a folder holds, by name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Entry {
    pub(crate) name: String,
    pub(crate) kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// A file, or something that only an attempt to read it can tell.
    File,
    Folder,
    /// The name is not UTF-8, so the file cannot be asked for.
    Nameless,
}

impl Folder {
    /// The data set built into the program.
    pub fn embedded() -> Self {
        Self(Place::BuiltIn)
    }

    /// A folder on disk.
    pub fn disk(path: impl Into<PathBuf>) -> Self {
        Self(Place::Disk(path.into()))
    }

    /// Files given by name, such as `companies/openai.json`.
    pub fn memory<N: Into<String>, B: Into<Vec<u8>>>(files: impl IntoIterator<Item = (N, B)>) -> Self {
        Self(Place::Memory(files.into_iter().map(|(name, bytes)| (name.into(), bytes.into())).collect()))
    }

    /// Where the folder is on disk, if it is there.
    pub fn path(&self) -> Option<&Path> {
        match &self.0 {
            Place::Disk(path) => Some(path),
            Place::BuiltIn | Place::Memory(_) => None,
        }
    }

    pub(crate) fn read(&self, name: &str) -> Result<Bytes<'_>, Unread> {
        let held = |bytes| Bytes { bytes: Cow::Borrowed(bytes), modified: None };
        let read = match &self.0 {
            Place::BuiltIn => BUILT_IN.get_file(name).map(|file| held(file.contents())).ok_or(Unread::Absent),
            Place::Memory(files) => files.get(name).map(|bytes| held(bytes)).ok_or(Unread::Absent),
            Place::Disk(path) => disk::read(&path.join(name)),
        }?;
        match read.bytes.len() as u64 {
            size if size > MAX_FILE => Err(Unread::TooLarge(size)),
            _ => Ok(read),
        }
    }

    /// What stands in the folder itself (`""`) or in a folder within, by name.
    pub(crate) fn list(&self, name: &str) -> Result<Vec<Entry>, Unread> {
        let mut entries = match &self.0 {
            Place::BuiltIn => list_built_in(name),
            Place::Memory(files) => list_memory(files, name),
            Place::Disk(path) => disk::list(&path.join(name)),
        }?;
        entries.sort_unstable();
        Ok(entries)
    }
}

fn list_built_in(name: &str) -> Result<Vec<Entry>, Unread> {
    let folder = if name.is_empty() { Some(&BUILT_IN) } else { BUILT_IN.get_dir(name) };
    let entry = |entry: &include_dir::DirEntry<'_>| {
        let name = entry.path().file_name()?.to_str()?.to_owned();
        Some(Entry { name, kind: if entry.as_dir().is_some() { Kind::Folder } else { Kind::File } })
    };
    Ok(folder.ok_or(Unread::Absent)?.entries().iter().filter_map(entry).collect())
}

fn list_memory(files: &BTreeMap<String, Vec<u8>>, name: &str) -> Result<Vec<Entry>, Unread> {
    let prefix = if name.is_empty() { String::new() } else { format!("{name}/") };
    let mut entries: Vec<_> = files
        .keys()
        .filter_map(|path| path.strip_prefix(&prefix))
        .map(|rest| match rest.split_once('/') {
            Some((folder, _)) => Entry { name: folder.to_owned(), kind: Kind::Folder },
            None => Entry { name: rest.to_owned(), kind: Kind::File },
        })
        .collect();
    entries.dedup();
    if entries.is_empty() && !name.is_empty() { Err(Unread::Absent) } else { Ok(entries) }
}
