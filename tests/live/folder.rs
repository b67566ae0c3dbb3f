//! Small data folders on disk.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

/// A folder that goes with the test.
pub struct Scratch(tempfile::TempDir);

impl Scratch {
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// The path of something in it.
    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }
}

/// Writes a folder of so many companies, each of which gets tools from the next one. All are called by `title`.
pub fn write(folder: &Path, title: &str, companies: usize) {
    fs::create_dir_all(folder.join("companies")).unwrap();
    let rules = json!({"fact-without-source": "off", "supplier-without-role": "off"});
    let manifest = json!({"title": {"en": title}, "version": "1", "as_of": "2023", "rules": rules});
    put(folder, "dataset.json", &manifest);
    put(folder, "layers.json", &json!([{"id": "tool", "tier": 0, "name": {"en": "Tools"}}]));
    put(folder, "roles.json", &json!([]));
    for at in 0..companies {
        put(folder, &file(at), &company(title, at, companies));
    }
}

/// The file of a company.
pub fn file(at: usize) -> String {
    format!("companies/c{at:03}.json")
}

/// A company, which gets tools from the next one of so many.
pub fn company(title: &str, at: usize, of: usize) -> Value {
    let next = (at + 1 < of).then(|| json!({"on": format!("c{:03}", at + 1), "layer": "tool"}));
    json!({"id": format!("c{at:03}"), "name": {"en": format!("{title} {at}")}, "dependencies": next.into_iter().collect::<Vec<_>>()})
}

/// Writes a file in place.
pub fn put(folder: &Path, name: &str, value: &Value) {
    fs::write(folder.join(name), format!("{value:#}\n")).unwrap();
}

/// Makes a link lead elsewhere, all at once.
#[cfg(unix)]
pub fn relink(link: &Path, to: &str) {
    let beside = link.with_file_name("beside");
    std::os::unix::fs::symlink(to, &beside).unwrap();
    fs::rename(beside, link).unwrap();
}
