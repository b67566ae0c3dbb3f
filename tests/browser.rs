//! What a person sees: the pages of the running binary in a browser that reaches nothing but the binary.

mod server;

use std::io::{BufRead, BufReader, Read, Write, sink};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use actix_web::rt::time::sleep;
use serde_json::{Value, json};
use server::{Server, end};
use thirtyfour::prelude::*;

#[actix_web::test]
#[ignore = "needs Chromium and its driver; run by .ci/run"]
async fn the_page_at_docs_shows_every_operation_and_loads_nothing_from_elsewhere() -> WebDriverResult<()> {
    let (server, chromium) = (Server::start(&[]), Chromium::start());
    let page = chromium.open(&format!("{}/docs/", server.address)).await?;
    let operations = operations();
    page.query(By::Id(&operations[0].block)).first().await?;

    let shown = page.find_all(By::ClassName("opblock")).await?;
    picture(&page, "docs").await?;
    assert_eq!(shown.len(), operations.len());
    for operation in &operations {
        let block = page.find(By::Id(&operation.block)).await?;
        assert!(block.text().await?.replace('\u{200b}', "").contains(&operation.path));
    }
    let loaded =
        page.execute("return performance.getEntriesByType('resource').map(entry => entry.name)", vec![]).await?;
    let loaded: Vec<String> = loaded.convert()?;
    assert!(loaded.iter().any(|address| address.ends_with("/openapi.json")), "{loaded:?}");
    let outside: Vec<_> = loaded.iter().filter(|address| !inside(address, &server)).collect();
    assert!(outside.is_empty(), "{outside:?}");
    Ok(())
}

#[actix_web::test]
#[ignore = "needs Chromium and its driver; run by .ci/run"]
async fn every_operation_tried_out_at_docs_as_the_page_fills_it_in_is_answered_with_200() -> WebDriverResult<()> {
    let (server, chromium) = (Server::start(&[]), Chromium::start());
    let page = chromium.open(&format!("{}/docs/", server.address)).await?;
    let mut others = Vec::new();
    for operation in operations() {
        let answer = try_out(&page, &operation).await?;
        if !answer.starts_with("200") {
            others.push(format!("{}: {answer}", operation.id));
        }
        if operation.id == "listRoles" {
            picture(&page, "docs-tried-out").await?;
        }
        page.execute("document.querySelector('.opblock.is-open .opblock-summary-control')?.click()", vec![]).await?;
    }
    assert!(others.is_empty(), "{others:#?}");
    Ok(())
}

/// Opens an operation, executes it as it is filled in, and reads the status and the address that the page then shows.
async fn try_out(page: &WebDriver, operation: &Operation) -> WebDriverResult<String> {
    for _ in 0..3 {
        let block = page.query(By::Id(&operation.block)).first().await?;
        press(page, &block.find(By::ClassName("opblock-summary-control")).await?).await?;
        let execute = block.query(By::Css("button.execute")).first().await?;
        // Pressed at once, faster than any person does, the page may take it without asking the server.
        sleep(Duration::from_millis(500)).await;
        press(page, &execute).await?;
        let answered = block.query(By::Css(".live-responses-table tbody td.response-col_status"));
        if let Some(status) = answered.wait(Duration::from_secs(10), Duration::from_millis(50)).first_opt().await? {
            let address = block.find(By::Css(".request-url pre")).await?.text().await?;
            return Ok(format!("{} for {address}", status.text().await?));
        }
        page.refresh().await?;
    }
    Ok("no answer".to_owned())
}

/// Clicks a button wherever on the page it is.
async fn press(page: &WebDriver, button: &WebElement) -> WebDriverResult<()> {
    let arguments = vec![button.to_json()?];
    page.execute("arguments[0].scrollIntoView({block: 'center'}); arguments[0].click()", arguments).await?;
    Ok(())
}

/// Whether an address is one of the server's, or is data in itself.
fn inside(address: &str, server: &Server) -> bool {
    address.starts_with(&format!("{}/", server.address)) || address.starts_with("data:")
}

/// Keeps a picture of a page, for people to look at.
async fn picture(page: &WebDriver, name: &str) -> WebDriverResult<()> {
    page.screenshot(&Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.png"))).await
}

/// An operation of the OpenAPI document.
struct Operation {
    id: String,
    path: String,
    /// The id of its place in the page.
    block: String,
}

fn operations() -> Vec<Operation> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("openapi/openapi.json");
    let document: Value = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
    let mut operations = Vec::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for operation in methods.as_object().unwrap().values() {
            let (id, tag) = (&operation["operationId"], &operation["tags"][0]);
            let (id, tag) = (id.as_str().unwrap(), tag.as_str().unwrap());
            operations.push(Operation {
                id: id.to_owned(),
                path: path.clone(),
                block: format!("operations-{tag}-{id}"),
            });
        }
    }
    operations
}

/// One page of each kind.
const PAGES: [&str; 12] = [
    "/",
    "/companies?layer=chip",
    "/companies/openai",
    "/roles/cloud",
    "/layers/chip",
    "/sources/caucasus-2023-02-08",
    "/dependencies/github.openai.model",
    "/paths?from=openai&to=asml",
    "/impact?down=tsmc&lang=ko",
    "/companies/nobody",
    "/embed/companies/openai",
    "/embed/graph?company=openai",
];

/// The source of a package for browsers, which the tools of the tests bring along: see `.ci/run`.
fn package(file: &str) -> String {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let beside = std::env::split_paths(&path).filter_map(|bin| Some(bin.parent()?.join(file)));
    let named = std::env::var_os("NODE_PATH").map(|at| Path::new(&at).join(file));
    let found = named.into_iter().chain(beside).find(|file| file.is_file());
    std::fs::read_to_string(found.unwrap_or_else(|| panic!("{file} is installed; see tests/tools/README.md"))).unwrap()
}

#[actix_web::test]
#[ignore = "needs Chromium, its driver and axe-core; run by .ci/run"]
async fn axe_finds_no_barrier_on_any_kind_of_page_in_light_and_dark() -> WebDriverResult<()> {
    let (server, axe) = (Server::start(&[]), package("axe-core/axe.min.js"));
    for arguments in [&[][..], &["--force-dark-mode"], &["--window-size=500,900"]] {
        let chromium = Chromium::start();
        let browser = chromium.open_with(&server.address, arguments, true).await?;
        for page in PAGES {
            browser.goto(format!("{}{page}", server.address)).await?;
            browser.execute(&axe, vec![]).await?;
            let run = "const done = arguments[0]; axe.run().then(found => done(found.violations.map(rule => \
                       rule.id + ': ' + rule.nodes.slice(0, 3).map(node => node.html + node.failureSummary).join(' | '))))";
            let found: Vec<String> = browser.execute_async(run, vec![]).await?.convert()?;
            assert!(found.is_empty(), "{page} {arguments:?}: {found:#?}");
        }
    }
    Ok(())
}

#[actix_web::test]
#[ignore = "needs Chromium, its driver, Mermaid and Cytoscape.js; run by .ci/run"]
async fn mermaid_and_cytoscape_draw_what_the_json_says() -> WebDriverResult<()> {
    let (server, chromium) = (Server::start(&[]), Chromium::start());
    // A page of the same origin on which scripts may be put.
    let page = chromium.open(&format!("{}/v1", server.address)).await?;
    for file in ["mermaid/dist/mermaid.min.js", "cytoscape/dist/cytoscape.min.js"] {
        let add = "const script = document.createElement('script'); script.textContent = arguments[0]; document.head.append(script)";
        page.execute(add, vec![serde_json::json!(package(file))]).await?;
    }
    // The whole graph is only parsed: laying it out takes minutes.
    let draw = "const [address, done] = arguments; const get = async name => (await fetch(address + name)).text(); (async () => { \
                mermaid.initialize({startOnLoad: false}); const text = await get('mermaid'); await mermaid.parse(text); \
                const graph = JSON.parse(await get('json')), {elements} = JSON.parse(await get('cytoscape')); \
                const made = cytoscape({elements, headless: true}), counts = [graph.nodes.length, graph.edges.length]; \
                const said = [counts, [made.nodes().length, made.edges().length]]; \
                if (graph.edges.length < 60) { const {svg} = await mermaid.render('drawn', text); \
                const drawn = new DOMParser().parseFromString(svg, 'text/html'); \
                said.push([drawn.querySelectorAll('g.node').length, drawn.querySelectorAll('path.flowchart-link').length]); } \
                return said; })().then(done, error => done(String(error)))";
    for (part, pictures) in [("/v1/graph?format=", 2), ("/v1/companies/naver/graph?format=", 3)] {
        let address = serde_json::json!(format!("{}{part}", server.address));
        let said = page.execute_async(draw, vec![address]).await?.json().clone();
        let counts = said.as_array().unwrap_or_else(|| panic!("{part}: {said}"));
        assert_eq!(counts.len(), pictures, "{part}: {said}");
        assert!(counts.iter().all(|count| *count == counts[0]), "{part}: {said}");
    }
    Ok(())
}

#[actix_web::test]
#[ignore = "needs Chromium and its driver; run by .ci/run"]
async fn pages_work_without_a_script() -> WebDriverResult<()> {
    let (server, chromium) = (Server::start(&[]), Chromium::start());
    let page = chromium.open_with(&server.address, &[], false).await?;
    assert!(page.find_all(By::Css(".suggest")).await?.is_empty(), "a script ran");
    let field = page.find(By::Css(".big input[name=q]")).await?;
    field.send_keys("chatgpt" + Key::Enter).await?;
    page.query(By::Css("tbody a[href^='/companies/openai']")).first().await?.click().await?;
    assert_eq!(page.query(By::Css("main h1")).first().await?.text().await?, "OpenAI");
    page.find(By::Id("as-of")).await?.send_keys("2019" + Key::Enter).await?;
    page.query(By::Css("main .notice")).first().await?;
    assert!(page.current_url().await?.query().unwrap_or_default().contains("as_of=2019"));
    Ok(())
}

#[actix_web::test]
#[ignore = "needs Chromium and its driver; run by .ci/run"]
async fn names_are_listed_while_one_types_and_the_keyboard_chooses() -> WebDriverResult<()> {
    let (server, chromium) = (Server::start(&[]), Chromium::start());
    let page = chromium.open(&format!("{}/?as_of=2024", server.address)).await?;
    let field = page.find(By::Css(".big input[name=q]")).await?;
    field.send_keys("opnai").await?;
    let first = page.query(By::Css(".big .suggest li")).first().await?;
    assert_eq!(first.text().await?, "OpenAI");
    picture(&page, "explorer-search").await?;
    field.send_keys(Key::Down + Key::Enter).await?;
    page.query(By::Css("#upstream")).first().await?;
    assert!(page.current_url().await?.as_str().ends_with("/companies/openai?as_of=2024"));
    Ok(())
}

#[actix_web::test]
#[ignore = "needs Chromium and its driver; run by .ci/run"]
async fn the_first_page_is_light_on_the_wire_and_on_scripts() -> WebDriverResult<()> {
    let (server, chromium) = (Server::start(&[]), Chromium::start());
    let page = chromium.open(&server.address).await?;
    sleep(Duration::from_millis(500)).await;
    let sizes = "return performance.getEntries().filter(entry => entry.transferSize).map(entry => entry.transferSize)";
    let sizes: Vec<u64> = page.execute(sizes, vec![]).await?.convert()?;
    let bytes: u64 = sizes.iter().sum();
    assert!(sizes.len() >= 3 && bytes < 100_000, "{sizes:?}");
    let long = "return performance.getEntriesByType('longtask').length";
    let long: u64 = page.execute(long, vec![]).await?.convert()?;
    let source = "const file = document.querySelector('script').src; return fetch(file).then(reply => reply.text())";
    let source: String = page.execute(source, vec![]).await?.convert()?;
    let timed = format!("const began = performance.now(); (() => {{ {source} }})(); return performance.now() - began");
    let took: f64 = page.execute(timed, vec![]).await?.convert()?;
    assert!(long == 0 && took < 100.0, "{long} long tasks, {took} ms");
    Ok(())
}

/// A page of another site on this machine, served until the test ends.
fn elsewhere(html: String) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for mut connection in listener.incoming().flatten() {
            _ = connection.read(&mut [0; 4096]);
            let head = format!("Content-Type: text/html; charset=utf-8\r\nContent-Length: {}", html.len());
            _ = write!(connection, "HTTP/1.1 200 OK\r\n{head}\r\nConnection: close\r\n\r\n{html}");
        }
    });
    address
}

#[actix_web::test]
#[ignore = "needs Chromium and its driver; run by .ci/run"]
async fn another_site_shows_every_embed_of_the_example() -> WebDriverResult<()> {
    let (server, chromium) = (Server::start(&[]), Chromium::start());
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/embed.html");
    let html = std::fs::read_to_string(example).unwrap();
    let encoded = server.address.replace(':', "%3A").replace('/', "%2F");
    let html = html.replace("http://127.0.0.1:8080", &server.address);
    let html = html.replace("http%3A%2F%2F127.0.0.1%3A8080", &encoded).replace(" loading=\"lazy\"", "");
    let page = chromium.open(&elsewhere(html)).await?;
    let shown = "for (let tries = 0; tries < 100; tries++) { \
                 const card = document.querySelector('linchpin-company').shadowRoot?.querySelector('article'); if (card) return card.textContent; \
                 await new Promise(done => setTimeout(done, 50)); } return ''";
    let text: String = page.execute(format!("return (async () => {{ {shown} }})()"), vec![]).await?.convert()?;
    assert!(text.contains("OpenAI") && text.contains("2023-02-28"), "{text}");
    picture(&page, "explorer-embedded").await?;
    page.enter_frame(0).await?;
    assert_eq!(page.query(By::Css("h1")).first().await?.text().await?, "OpenAI");
    page.enter_default_frame().await?;
    page.enter_frame(1).await?;
    let image = page.query(By::Css("figure img")).first().await?;
    assert!(image.attr("src").await?.unwrap_or_default().contains("/v1/companies/openai/graph?"));
    Ok(())
}

/// Chromium's driver. It and the browsers it opened are ended when this is dropped, in a panic as well.
struct Chromium {
    process: Child,
    address: String,
    profile: PathBuf,
}

impl Chromium {
    /// Starts the driver and waits until it listens.
    fn start() -> Self {
        let mut process = Command::new("chromedriver")
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("chromedriver: {error}; see tests/tools/README.md"));
        let mut said = BufReader::new(process.stdout.take().unwrap());
        let mut chromium = Self {
            profile: Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("chromium-{}", process.id())),
            process,
            address: String::new(),
        };
        let mut line = String::new();
        let port = loop {
            line.clear();
            assert!(said.read_line(&mut line).unwrap() > 0, "chromedriver ended");
            if let Some((_, port)) = line.split_once("started successfully on port ") {
                break port.trim_end().trim_end_matches('.').to_owned();
            }
        };
        chromium.address = format!("127.0.0.1:{port}");
        thread::spawn(move || std::io::copy(&mut said.by_ref(), &mut sink()));
        chromium
    }

    /// Opens a page in a browser for which there is no other host than this one.
    async fn open(&self, address: &str) -> WebDriverResult<WebDriver> {
        self.open_with(address, &[], true).await
    }

    /// The same with arguments of the browser besides, and with or without scripts.
    async fn open_with(&self, address: &str, arguments: &[&str], scripts: bool) -> WebDriverResult<WebDriver> {
        let mut capabilities = DesiredCapabilities::chrome();
        if !scripts {
            let prefs = json!({"profile.managed_default_content_settings.javascript": 2});
            capabilities.add_experimental_option("prefs", prefs)?;
        }
        for argument in arguments {
            capabilities.add_arg(argument)?;
        }
        for argument in [
            "--headless=new",
            "--no-sandbox",
            "--disable-dev-shm-usage",
            "--window-size=1200,1600",
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
            &format!("--user-data-dir={}", self.profile.display()),
        ] {
            capabilities.add_arg(argument)?;
        }
        let page = WebDriver::new(format!("http://{}", self.address), capabilities).await?;
        // The driver ends it, not the handle, which in a panic could only wait in vain.
        _ = page.clone().leak();
        page.goto(address).await?;
        Ok(page)
    }
}

impl Drop for Chromium {
    fn drop(&mut self) {
        // Killing the driver alone would leave its browsers behind.
        if let Ok(mut connection) = TcpStream::connect(&self.address) {
            _ = connection.write_all(b"GET /shutdown HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        }
        let asked = Instant::now();
        while self.process.try_wait().is_ok_and(|ended| ended.is_none()) && asked.elapsed() < Duration::from_secs(10) {
            thread::sleep(Duration::from_millis(20));
        }
        end(&mut self.process);
        _ = std::fs::remove_dir_all(&self.profile);
    }
}
