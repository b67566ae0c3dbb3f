//! Files on disk: whatever stands there under a name, reading it ends.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::Path;

use super::folder::{Bytes, Entry, Kind, MAX_FILE, Unread};

/// Reads a file, if it is one.
pub(crate) fn read(path: &Path) -> Result<Bytes<'static>, Unread> {
    let why = |error| unread(path, &error);
    // Asked first: opening a pipe would wait for its writer.
    let about = fs::metadata(path).map_err(why)?;
    if !about.is_file() {
        return Err(Unread::Other("it is not a plain file".into()));
    }
    if about.len() > MAX_FILE {
        return Err(Unread::TooLarge(about.len()));
    }
    let mut bytes = Vec::with_capacity(about.len() as usize + 1);
    File::open(path).and_then(|file| file.take(MAX_FILE + 1).read_to_end(&mut bytes)).map_err(why)?;
    Ok(Bytes { bytes: bytes.into(), modified: about.modified().ok() })
}

fn unread(path: &Path, error: &io::Error) -> Unread {
    let link = fs::symlink_metadata(path).is_ok_and(|about| about.is_symlink());
    match (error.kind(), link) {
        (io::ErrorKind::NotFound, false) => Unread::Absent,
        (io::ErrorKind::NotFound, true) => Unread::Other("the link leads nowhere".into()),
        (io::ErrorKind::PermissionDenied, _) => Unread::Other("permission denied".into()),
        (_, true) => Unread::Loop,
        (kind, false) => Unread::Other(kind.to_string()),
    }
}

/// What a folder holds, in no order.
pub(crate) fn list(path: &Path) -> Result<Vec<Entry>, Unread> {
    let why = |error| unread(path, &error);
    let entry = |entry: fs::DirEntry| {
        let kind = entry.file_type()?;
        let folder = kind.is_dir() || kind.is_symlink() && fs::metadata(entry.path()).is_ok_and(|about| about.is_dir());
        let kind = if folder { Kind::Folder } else { Kind::File };
        Ok(match entry.file_name().into_string() {
            Ok(name) => Entry { name, kind },
            Err(name) => Entry { name: name.to_string_lossy().into_owned(), kind: Kind::Nameless },
        })
    };
    fs::read_dir(path).map_err(why)?.map(|found| found.and_then(entry).map_err(why)).collect()
}
