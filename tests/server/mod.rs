//! A running Linchpin for tests that ask it from outside.

use std::io::{BufRead, BufReader, Read, sink};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::thread;

/// The program, serving on a free port of this machine. It is ended when this is dropped, in a panic as well.
pub struct Server {
    process: Child,
    /// Where it listens, as `http://127.0.0.1:PORT`.
    pub address: String,
}

impl Server {
    /// Starts the program with these arguments besides, and waits until it listens.
    pub fn start(arguments: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_linchpin"));
        for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("LINCHPIN_")) {
            command.env_remove(name);
        }
        command.args(["serve", "--port", "0"]).args(arguments);
        command.stdin(Stdio::null()).stdout(Stdio::piped());
        let mut server = Self { process: command.spawn().expect("the program is built"), address: String::new() };
        let stdout = server.process.stdout.take().expect("its output is a pipe");
        server.address = announced(stdout);
        server
    }
}

/// The address that the program prints; what it prints later is read and left aside, for a full pipe would stop it.
fn announced(stdout: ChildStdout) -> String {
    let mut stdout = BufReader::new(stdout);
    let mut said = String::new();
    let address = loop {
        let mut line = String::new();
        let length = stdout.read_line(&mut line).expect("the program prints text");
        assert!(length > 0, "the program ended before it listened, after it said: {said}");
        if let Some(addresses) = line.strip_prefix("listening on ") {
            break addresses.split(',').next().unwrap_or_default().trim().to_owned();
        }
        said += &line;
    };
    thread::spawn(move || std::io::copy(&mut stdout.by_ref(), &mut sink()));
    address
}

impl Drop for Server {
    fn drop(&mut self) {
        end(&mut self.process);
    }
}

/// Ends a program that a test started.
pub fn end(process: &mut Child) {
    // One that has ended already cannot be killed, and that is fine.
    _ = process.kill();
    _ = process.wait();
}
