//! A document: an answer that is written to its reader. A small one is made in one piece and remembered like any answer;
//! a large one is written while it is sent, so that memory does not grow with it.

use std::io::{self, Write};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use actix_web::body::{BodyStream, BoxBody};
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse, Responder, ResponseError};
use tokio::sync::mpsc::{self, Receiver, Sender};

use super::answer::Given;
use super::arrival::Arrival;
use super::negotiate::Encoding;
use super::problem::{Problem, ProblemKind};
use crate::export::Format;
use crate::model::Lang;

/// A document about more companies than this is written while it is sent.
const LARGE: usize = 10_000;
/// How much is written at a time, in bytes.
const CHUNK: usize = 64 << 10;
/// How many chunks wait for a slow reader.
const WAITING: usize = 4;
/// A reader that takes nothing for so long is given up.
const PATIENCE: Duration = Duration::from_secs(60);

/// Writes a document.
pub type Writing = Arc<dyn Fn(&mut dyn Write) -> io::Result<()> + Send + Sync>;

/// A document that has yet to be written.
pub struct Document {
    write: Writing,
    format: Format,
    lang: Lang,
    /// How many companies it is about.
    size: usize,
}

impl Document {
    /// A document about `size` companies.
    pub fn new(
        write: impl Fn(&mut dyn Write) -> io::Result<()> + Send + Sync + 'static,
        format: Format,
        lang: Lang,
        size: usize,
    ) -> Self {
        Self { write: Arc::new(write), format, lang, size }
    }
}

impl Responder for Document {
    type Body = BoxBody;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        if self.size > LARGE {
            return match Arrival::of(request) {
                Ok(arrival) => arrival.world.deliver_stream(self.write, self.format, self.lang, request),
                Err(problem) => problem.error_response(),
            };
        }
        let mut body = Vec::new();
        match (self.write)(&mut body) {
            Ok(()) => Given::new(body.into_boxed_slice(), self.format, self.lang).respond_to(request),
            Err(_) => {
                let detail = format!("it cannot be written as {}", self.format.name());
                Problem::new(ProblemKind::Unwritable, detail).error_response()
            }
        }
    }
}

/// A body that is written by another thread while it is sent.
pub fn stream(write: Writing, encoding: Encoding) -> BoxBody {
    let (sender, receiver) = mpsc::channel(WAITING);
    actix_web::rt::task::spawn_blocking(move || {
        let sink = Chunks { buffer: Vec::with_capacity(CHUNK), sender: sender.clone() };
        if let Err(error) = encoding.write(sink, &*write) {
            // The reader learns that the document is not whole: the connection is cut.
            _ = sender.try_send(Err(error));
        }
    });
    BoxBody::new(BodyStream::new(Receiving(receiver)))
}

/// Collects what is written into chunks, and waits for the reader to take them.
struct Chunks {
    buffer: Vec<u8>,
    sender: Sender<io::Result<Bytes>>,
}

impl Write for Chunks {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.buffer.extend_from_slice(bytes);
        if self.buffer.len() >= CHUNK {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.buffer.is_empty() {
            return Ok(());
        }
        let chunk = Bytes::from(std::mem::replace(&mut self.buffer, Vec::with_capacity(CHUNK)));
        let sent = tokio::runtime::Handle::current().block_on(self.sender.send_timeout(Ok(chunk), PATIENCE));
        sent.map_err(|_| io::Error::from(io::ErrorKind::BrokenPipe))
    }
}

struct Receiving(Receiver<io::Result<Bytes>>);

impl futures_util::Stream for Receiving {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll_recv(context)
    }
}
