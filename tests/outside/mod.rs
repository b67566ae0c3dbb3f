//! Programs that ask Linchpin from outside.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::server::end;

/// No program takes longer, unless it hangs.
const LONGEST: Duration = Duration::from_secs(600);

/// Runs a program, from the root of the repository unless it has a folder of its own. Shows and gives the last line that it
/// says, and fails if it fails.
pub fn run(mut command: Command) -> String {
    let name = format!("{command:?}");
    let said = scratch(&format!("said-{:?}", std::thread::current().id()));
    let output = File::create(&said).expect("the folder for tests can be written");
    if command.get_current_dir().is_none() {
        command.current_dir(env!("CARGO_MANIFEST_DIR"));
    }
    command.stdin(Stdio::null()).stdout(output.try_clone().expect("a file has handles enough")).stderr(output);
    let mut process = command.spawn().unwrap_or_else(|error| panic!("{name}: {error}; see tests/tools/README.md"));
    let started = Instant::now();
    let status = loop {
        match process.try_wait().expect("a process can be waited for") {
            Some(status) => break Some(status),
            None if started.elapsed() > LONGEST => break None,
            None => std::thread::sleep(Duration::from_millis(20)),
        }
    };
    end(&mut process);
    let said = String::from_utf8_lossy(&fs::read(&said).unwrap_or_default()).into_owned();
    match status {
        Some(status) => assert!(status.success(), "{name} failed, {status}:\n{said}"),
        None => panic!("{name} did not end within {LONGEST:?}:\n{said}"),
    }
    let last = said.lines().rfind(|line| !line.trim().is_empty()).unwrap_or_default();
    println!("{name}\n  {last}");
    last.to_owned()
}

/// A path for what a test writes.
pub fn scratch(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(name)
}
