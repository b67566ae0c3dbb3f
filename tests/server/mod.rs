//! A running Linchpin for tests that ask it from outside.

use std::io::{BufRead, BufReader, Read, sink};
use std::process::{Child, ChildStderr, ChildStdout, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;

/// The program, serving on a free port of this machine. It is ended when this is dropped, in a panic as well.
pub struct Server {
    /// The process itself.
    pub process: Child,
    /// Where it listens, as `http://127.0.0.1:PORT`.
    pub address: String,
    /// What it has said on standard error. A test that fails shows it.
    pub log: Arc<Mutex<String>>,
}

impl Server {
    /// Starts the program with these arguments besides, and waits until it listens.
    pub fn start(arguments: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_linchpin"));
        for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("LINCHPIN_")) {
            command.env_remove(name);
        }
        command.args(["serve", "--port", "0"]).args(arguments);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let process = command.spawn().expect("the program is built");
        let mut server = Self { process, address: String::new(), log: Arc::default() };
        let stderr = server.process.stderr.take().expect("its complaints are a pipe");
        keep(stderr, Arc::clone(&server.log));
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

/// Keeps what comes, line by line.
fn keep(stderr: ChildStderr, log: Arc<Mutex<String>>) {
    thread::spawn(move || {
        for line in BufReader::new(stderr).lines().map_while(Result::ok) {
            if let Ok(mut log) = log.lock() {
                *log += &line;
                *log += "\n";
            }
        }
    });
}

impl Drop for Server {
    fn drop(&mut self) {
        end(&mut self.process);
        eprint!("{}", self.log.lock().map(|log| log.clone()).unwrap_or_default());
    }
}

/// Ends a program that a test started.
pub fn end(process: &mut Child) {
    // One that has ended already cannot be killed, and that is fine.
    _ = process.kill();
    _ = process.wait();
}
