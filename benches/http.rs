//! What an answer costs beside a bare actix handler that returns the same bytes and headers: all companies in turn, one
//! worker, keep-alive. Run with `cargo bench --bench http`; the rounds alternate, so compare the ratios of one run.

use std::collections::HashMap;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::time::{Duration, Instant};

use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer, web};
use linchpin::app::Site;
use linchpin::dataset::{Folder, load};
use linchpin::graph::Graph;
use linchpin::http::{World, api};

/// As the program has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const ROUNDS: usize = 9;
const ROUND: Duration = Duration::from_millis(700);
const CONNECTIONS: usize = 4;

/// A response as it is: status line aside, its headers and body.
#[derive(Clone)]
struct Recorded {
    headers: Vec<(HeaderName, HeaderValue)>,
    body: web::Bytes,
}

type Recordings = Arc<HashMap<(String, bool), Recorded>>;

fn main() {
    let graph = || Graph::build(load(&Folder::embedded()).dataset.expect("the data are right")).expect("they build");
    let paths: Vec<String> = graph().companies.iter().map(|company| format!("/v1/companies/{}", company.id)).collect();
    let remembering = start(World::new(graph(), 64 << 20));
    let computing = start(World::new(graph(), 0));
    let bare = start_bare(Arc::new(record(remembering, &paths)));
    println!("requests a second, median of {ROUNDS} rounds, and the share of the bare handler");
    for compressed in [false, true] {
        let what = if compressed { "compressed (br)" } else { "plain" };
        let mut rates = [vec![], vec![], vec![]];
        for _ in 0..ROUNDS {
            for (at, server) in [bare, remembering, computing].into_iter().enumerate() {
                rates[at].push(rate(server, &paths, compressed));
            }
        }
        let [bare, again, computed] = rates.map(median);
        println!(
            "{what:16} bare {bare:>8.0}   asked again {again:>8.0} ({:.0} %)   computed {computed:>8.0} ({:.0} %)",
            100.0 * again / bare,
            100.0 * computed / bare
        );
    }
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn start(world: World) -> SocketAddr {
    let site = Site::new(&api(), world);
    background(move || {
        HttpServer::new(move || App::new().wrap(site.front()).configure(|config| site.configure(config)))
            .workers(1)
            .bind("127.0.0.1:0")
            .map(|server| (server.addrs()[0], server.run()))
    })
}

fn start_bare(recordings: Recordings) -> SocketAddr {
    background(move || {
        let app = move || {
            App::new()
                .app_data(web::Data::from(Arc::clone(&recordings)))
                .service(web::scope("/v1").service(web::resource("/companies/{id}").route(web::get().to(give))))
        };
        HttpServer::new(app).workers(1).bind("127.0.0.1:0").map(|server| (server.addrs()[0], server.run()))
    })
}

async fn give(request: HttpRequest, recordings: web::Data<HashMap<(String, bool), Recorded>>) -> HttpResponse {
    let compressed = request.headers().contains_key("accept-encoding");
    let Some(recorded) = recordings.get(&(request.path().to_owned(), compressed)) else {
        return HttpResponse::NotFound().finish();
    };
    let mut response = HttpResponse::Ok();
    for (name, value) in &recorded.headers {
        response.insert_header((name.clone(), value.clone()));
    }
    response.body(recorded.body.clone())
}

/// Runs a server on a thread of its own.
fn background(
    make: impl FnOnce() -> std::io::Result<(SocketAddr, actix_web::dev::Server)> + Send + 'static,
) -> SocketAddr {
    let (say, hear) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        actix_web::rt::System::new().block_on(async move {
            let (address, server) = make().expect("a port is free");
            say.send(address).expect("somebody listens");
            server.await.expect("it runs");
        });
    });
    hear.recv().expect("it starts")
}

fn record(server: SocketAddr, paths: &[String]) -> HashMap<(String, bool), Recorded> {
    let mut client = Client::new(server);
    let mut recorded = HashMap::new();
    for path in paths {
        for compressed in [false, true] {
            client.send(path, compressed);
            let (head, body) = client.receive();
            let headers = head.lines().skip(1).filter_map(|line| {
                let (name, value) = line.split_once(": ")?;
                let ours = !["date", "content-length"].contains(&name);
                ours.then(|| (name.parse().expect("a name"), value.parse().expect("a value")))
            });
            recorded.insert((path.clone(), compressed), Recorded { headers: headers.collect(), body: body.into() });
        }
    }
    recorded
}

/// Requests a second: all paths in turn, over several connections, each answered before it is asked again.
fn rate(server: SocketAddr, paths: &[String], compressed: bool) -> f64 {
    let mut clients: Vec<Client> = (0..CONNECTIONS).map(|_| Client::new(server)).collect();
    let mut next = paths.iter().cycle();
    clients.iter_mut().for_each(|client| client.send(next.next().expect("there are paths"), compressed));
    let (started, mut count) = (Instant::now(), 0);
    while started.elapsed() < ROUND {
        for client in &mut clients {
            client.receive();
            client.send(next.next().expect("there are paths"), compressed);
            count += 1;
        }
    }
    let rate = f64::from(count) / started.elapsed().as_secs_f64();
    clients.iter_mut().for_each(|client| _ = client.receive());
    rate
}

struct Client {
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Client {
    fn new(server: SocketAddr) -> Self {
        let stream = TcpStream::connect(server).expect("it listens");
        stream.set_nodelay(true).expect("a socket");
        Self { stream, buffer: Vec::with_capacity(1 << 18) }
    }

    fn send(&mut self, path: &str, compressed: bool) {
        let encodings = if compressed { "accept-encoding: br\r\n" } else { "" };
        let request = format!("GET {path} HTTP/1.1\r\nhost: localhost\r\naccept: application/json\r\n{encodings}\r\n");
        self.stream.write_all(request.as_bytes()).expect("it takes requests");
    }

    fn receive(&mut self) -> (String, Vec<u8>) {
        let mut block = [0; 1 << 16];
        let mut lengths = None;
        loop {
            if lengths.is_none()
                && let Some(end) = self.buffer.windows(4).position(|window| window == b"\r\n\r\n")
            {
                let head = String::from_utf8_lossy(&self.buffer[..end]).into_owned();
                let length = head
                    .lines()
                    .find_map(|line| line.strip_prefix("content-length: "))
                    .and_then(|length| length.parse().ok());
                lengths = Some((head, end + 4, end + 4 + length.unwrap_or(0_usize)));
            }
            if let Some((head, start, end)) = &lengths
                && self.buffer.len() >= *end
            {
                let body = self.buffer[*start..*end].to_vec();
                let head = head.clone();
                self.buffer.drain(..*end);
                return (head, body);
            }
            let read = self.stream.read(&mut block).expect("it answers");
            assert!(read > 0, "the server closed the connection");
            self.buffer.extend_from_slice(&block[..read]);
        }
    }
}
