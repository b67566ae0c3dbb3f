//! What a person sees: the pages of the running binary in a browser that reaches nothing but the binary.

mod server;

use std::io::{BufRead, BufReader, Read, Write, sink};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use actix_web::rt::time::sleep;
use serde_json::Value;
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
        let mut capabilities = DesiredCapabilities::chrome();
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
