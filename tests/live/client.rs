//! Just enough HTTP over one connection that is kept open, and how to wait for what a server will say.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::Command;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::server::Server;

/// No change takes longer to be served, unless it never is.
pub const LONGEST: Duration = Duration::from_secs(20);

/// A connection.
pub struct Client {
    stream: BufReader<TcpStream>,
}

/// What came back.
pub struct Answer {
    pub status: u16,
    /// The head, in lower case.
    pub head: String,
    pub body: String,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}{}", self.head, self.body))
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }
}

impl Client {
    pub fn new(server: &Server) -> Self {
        Self::connect(&server.address)
    }

    pub fn connect(address: &str) -> Self {
        let stream = TcpStream::connect(address.strip_prefix("http://").unwrap()).unwrap();
        stream.set_read_timeout(Some(LONGEST)).unwrap();
        Self { stream: BufReader::new(stream) }
    }

    /// Sends a request with these lines in its head besides.
    pub fn send(&mut self, target: &str, lines: &str) {
        let request = format!("GET {target} HTTP/1.1\r\nHost: localhost\r\n{lines}\r\n");
        self.stream.get_mut().write_all(request.as_bytes()).unwrap();
    }

    /// The head of an answer, in lower case.
    pub fn head(&mut self) -> String {
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            assert!(self.stream.read_line(&mut head).unwrap() > 0, "the connection was closed after {head:?}");
        }
        head.to_lowercase()
    }

    /// What was read of an endless answer once it holds this text; none if it ends before.
    pub fn until(&mut self, text: &str) -> Option<String> {
        let mut read = String::new();
        while !read.contains(text) {
            if self.stream.read_line(&mut read).unwrap() == 0 {
                return None;
            }
        }
        Some(read)
    }

    pub fn get(&mut self, target: &str) -> Answer {
        self.send(target, "");
        let head = self.head();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")).unwrap();
        let mut body = vec![0; length.parse().unwrap()];
        self.stream.read_exact(&mut body).unwrap();
        Answer { status, head, body: String::from_utf8(body).unwrap() }
    }

    pub fn json(&mut self, target: &str) -> Value {
        let answer = self.get(target);
        assert_eq!(answer.status, 200, "{target}: {}", answer.body);
        answer.json()
    }

    /// The value of a metric, written as it stands there, labels included.
    pub fn metric(&mut self, name: &str) -> Option<f64> {
        let text = self.get("/metrics").body;
        text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' ')?.parse().ok())
    }
}

impl Server {
    /// Sends the process a signal.
    pub fn signal(&self, name: &str) {
        let done = Command::new("kill").args(["-s", name, &self.process.id().to_string()]).status().unwrap();
        assert!(done.success());
    }

    /// What it has said on standard error.
    pub fn said(&self) -> String {
        self.log.lock().unwrap().clone()
    }
}

/// Waits until something is so.
pub fn wait_until(what: &str, mut is_so: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < LONGEST, "it never came about that {what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}
