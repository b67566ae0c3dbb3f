//! Typed clients, generated from the OpenAPI document by the generators that people use: each is checked by the compiler of
//! its language, and asks a running server the same five questions.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod outside;
mod server;

use std::env::{split_paths, var_os};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use outside::{run, scratch};
use serde_json::Value;
use server::Server;

const DOCUMENT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/openapi/openapi.json");

#[test]
#[ignore = "needs Node.js, openapi-typescript, openapi-fetch and TypeScript; run by .ci/run"]
fn a_generated_typescript_client_asks_the_five_questions() {
    let (server, folder) = (Server::start(&[]), workshop("typescript", &["five.ts", "tsconfig.json"]));
    fs::write(folder.join("package.json"), r#"{"type": "module"}"#).unwrap();
    let modules = folder.join("node_modules");
    if !modules.exists() {
        std::os::unix::fs::symlink(node_modules(), modules).unwrap();
    }
    point_to(&folder.join("five.ts"), &server);
    run(within(&folder, "openapi-typescript", &[DOCUMENT, "-o", "linchpin.d.ts"]));
    run(within(&folder, "tsc", &[]));
    assert_eq!(run(within(&folder, "node", &["five.js"])), answers());
}

#[test]
#[ignore = "needs Python 3, openapi-python-client and mypy; run by .ci/run"]
fn a_generated_python_client_asks_the_five_questions() {
    let (server, folder) = (Server::start(&[]), workshop("python", &["five.py"]));
    point_to(&folder.join("five.py"), &server);
    let out = ["--output-path", "linchpin_client", "--overwrite", "--meta", "none"];
    run(within(&folder, "openapi-python-client", &[&["generate", "--path", DOCUMENT], &out[..]].concat()));
    // The generator's own frame, `client.py`, is not clean for mypy; what it makes of the document is.
    run(within(
        &folder,
        "mypy",
        &["--follow-imports=silent", "-p", "linchpin_client.api", "-p", "linchpin_client.models"],
    ));
    run(within(&folder, "mypy", &["--strict", "--follow-imports=silent", "five.py"]));
    assert_eq!(run(within(&folder, "python3", &["five.py"])), answers());
}

#[test]
#[ignore = "needs oas3-gen; run by .ci/run"]
fn a_generated_rust_client_asks_the_five_questions() {
    // With the versions that this project has, as far as it has them.
    let (server, folder) = (Server::start(&[]), workshop("rust", &["five.rs", "rust/Cargo.toml", "../../Cargo.lock"]));
    point_to(&folder.join("five.rs"), &server);
    let generate = ["generate", "client-mod", "--enable-builders", "-i", DOCUMENT, "-o", "linchpin"];
    run(within(&folder, "oas3-gen", &generate));
    let mut cargo = within(&folder, "cargo", &["run", "--quiet"]);
    cargo.env("CARGO_TARGET_DIR", scratch("clients/rust-target"));
    assert_eq!(run(cargo), answers());
}

#[test]
fn the_documents_show_the_five_questions_as_they_are_tested() {
    let home = Path::new(env!("CARGO_MANIFEST_DIR"));
    let documents = ["README.md", "docs/API.md"].map(|name| fs::read_to_string(home.join(name)).unwrap());
    for block in documents.iter().flat_map(|text| text.split("\n```").filter(|block| block.contains(" tests/clients/")))
    {
        let (heading, shown) = block.split_once('\n').unwrap();
        let Some((_, file)) = heading.split_once(' ') else { continue };
        assert_eq!(shown.trim_end(), fs::read_to_string(home.join(file)).unwrap().trim_end(), "{file}");
    }
}

/// A folder with these files of `tests/clients`.
fn workshop(name: &str, files: &[&str]) -> PathBuf {
    let folder = scratch("clients").join(name);
    fs::create_dir_all(&folder).unwrap();
    for file in files.iter().map(|file| Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/clients").join(file)) {
        fs::copy(&file, folder.join(file.file_name().unwrap())).unwrap();
    }
    folder
}

/// Has a program ask this server instead of the one that documents speak of.
fn point_to(program: &Path, server: &Server) {
    let text = fs::read_to_string(program).unwrap();
    assert!(text.contains("http://localhost:8080"));
    fs::write(program, text.replace("http://localhost:8080", &server.address)).unwrap();
}

/// A command that runs in a folder.
fn within(folder: &Path, program: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(folder).env("PYTHONDONTWRITEBYTECODE", "1");
    command
}

/// Where the packages for Node.js are.
fn node_modules() -> PathBuf {
    let bin = split_paths(&var_os("PATH").unwrap()).find(|path| path.ends_with("node_modules/.bin"));
    bin.expect("node_modules/.bin is on the PATH; see tests/tools/README.md").parent().unwrap().to_owned()
}

/// What the five questions are answered with: as the command line answers them.
fn answers() -> String {
    let ask = |arguments: &[&str]| -> Value {
        let output = Command::new(env!("CARGO_BIN_EXE_linchpin")).args(arguments).env_remove("LINCHPIN_GRAPH").output();
        serde_json::from_slice(&output.unwrap().stdout).unwrap()
    };
    let (clouds, tsmc) = (ask(&["companies", "--role", "cloud"]), ask(&["company", "tsmc"]));
    let (above, impact) = (ask(&["dependents", "tsmc", "--depth", "all"]), ask(&["impact", "tsmc"]));
    let hits = ask(&["search", "chatgpt"]);
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let stopped = impact["stopped"].as_array().unwrap().len();
    let first = text(&hits["items"][0]["company"]["id"]);
    format!("{} {} {} {stopped} {first}", clouds["total"], text(&tsmc["name"]), above["total"])
}
