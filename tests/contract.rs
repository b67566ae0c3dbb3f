//! The contract, checked from outside: programs that know the product only by its documents ask the running binary.
//! What they are is told in `tests/contract/README.md`, what they need in `tests/tools/README.md`.

mod outside;
mod server;

use std::path::Path;
use std::process::Command;

use outside::{run, scratch};
use server::Server;

/// So many random data folders are served and compared.
const FOLDERS: u32 = 12;

#[test]
#[ignore = "needs Python 3; run by .ci/run"]
fn the_model_that_answers_are_compared_with_agrees_with_slower_truths() {
    python("selfcheck.py", &[]);
}

#[test]
#[ignore = "needs Python 3; run by .ci/run"]
fn the_built_in_data_are_answered_as_an_independent_model_computes() {
    let server = Server::start(&[]);
    python("compare.py", &[&server.address, "graph", "--builtin", "graph", "--sample", "40"]);
}

#[test]
#[ignore = "needs Python 3; run by .ci/run"]
fn walks_find_what_the_pages_of_the_companies_on_the_way_say() {
    let server = Server::start(&[]);
    python("compare.py", &[&server.address, "--from-pages"]);
}

#[test]
#[ignore = "needs Python 3; run by .ci/run"]
fn random_data_folders_are_answered_as_an_independent_model_computes() {
    for seed in 1..=FOLDERS {
        let folder = random_folder(seed);
        let server = Server::start(&["--graph", &folder]);
        python("compare.py", &[&server.address, &folder, "--builtin", "graph", "--sample", "15"]);
    }
}

#[test]
#[ignore = "needs Python 3 and NetworkX; run by .ci/run"]
fn risks_of_the_built_in_data_are_what_an_independent_model_computes() {
    let server = Server::start(&[]);
    python("risk.py", &[&server.address, "graph", "--sample", "20"]);
}

#[test]
#[ignore = "needs Python 3 and NetworkX; run by .ci/run"]
fn risks_of_random_data_folders_are_what_an_independent_model_computes() {
    for seed in 1..=FOLDERS {
        let folder = random_folder(seed);
        let server = Server::start(&["--graph", &folder]);
        python("risk.py", &[&server.address, &folder, "--sample", "6"]);
    }
}

#[test]
#[ignore = "needs Python 3; run by .ci/run"]
fn odd_and_hostile_requests_are_answered_as_the_standards_say() {
    let server = Server::start(&[]);
    python("protocol.py", &[&server.address]);
}

#[test]
#[ignore = "needs Python 3; run by .ci/run"]
fn odd_and_hostile_requests_about_other_data_are_answered_as_the_standards_say() {
    let folder = random_folder(100);
    let server = Server::start(&["--graph", &folder]);
    python("protocol.py", &[&server.address]);
}

#[test]
#[ignore = "needs Python 3, RDFLib, NetworkX, Graphviz, Node.js and Graphology; run by .ci/run"]
fn documents_are_read_by_the_libraries_of_their_users_as_the_json_says() {
    let server = Server::start(&[]);
    python("documents.py", &[&server.address]);
    for seed in 1..=FOLDERS {
        let server = Server::start(&["--graph", &random_folder(seed)]);
        python("documents.py", &[&server.address]);
    }
}

#[test]
#[ignore = "needs Python 3, RDFLib and SPARQLWrapper; run by .ci/run"]
fn knowledge_graph_clients_are_answered_as_rdflib_answers_from_the_export() {
    let server = Server::start(&[]);
    python("knowledge.py", &[&server.address]);
}

#[test]
#[ignore = "needs Python 3 and OpenRefine; run by .ci/run"]
fn openrefine_matches_a_list_of_vendors_and_fills_in_what_is_known_of_them() {
    let server = Server::start(&[]);
    let projects = scratch("openrefine");
    _ = std::fs::remove_dir_all(&projects);
    python("openrefine.py", &[&server.address, projects.to_str().expect("paths are UTF-8")]);
}

#[test]
#[ignore = "needs Python 3, feedparser and prometheus-client; run by .ci/run"]
fn a_feed_reader_and_the_parser_of_prometheus_read_what_is_for_them() {
    let server = Server::start(&[]);
    python("following.py", &[&server.address]);
}

#[test]
#[ignore = "needs Schemathesis; run by .ci/run"]
fn requests_made_from_the_openapi_document_are_answered_as_it_says() {
    let server = Server::start(&[]);
    let document = format!("{}/openapi.json", server.address);
    let mut schemathesis = Command::new("schemathesis");
    schemathesis
        .args(["--config-file", "tests/tools/schemathesis.toml", "run", &document])
        .env("PYTHONPATH", "tests/contract")
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .env("HYPOTHESIS_STORAGE_DIRECTORY", scratch("hypothesis"))
        .env("LINCHPIN_URL", &server.address);
    run(schemathesis);
}

#[test]
#[ignore = "needs Node.js and Redocly CLI; run by .ci/run"]
fn the_openapi_document_is_clean_by_the_recommended_rules_of_redocly() {
    let mut redocly = Command::new("redocly");
    redocly
        .args(["lint", "--config", "tests/tools/redocly.yaml", "--max-problems=1000", "openapi/openapi.json"])
        .env("REDOCLY_TELEMETRY", "off");
    run(redocly);
}

#[test]
#[ignore = "needs Node.js and Spectral; run by .ci/run"]
fn the_openapi_document_is_clean_by_the_recommended_rules_of_spectral() {
    let mut spectral = Command::new("spectral");
    spectral.args(["lint", "--ruleset", "tests/tools/spectral.yaml", "--fail-severity=hint", "openapi/openapi.json"]);
    run(spectral);
}

/// Makes the random data folder of a seed.
fn random_folder(seed: u32) -> String {
    let out = scratch(&format!("folder-{seed}"));
    let out = out.to_str().expect("paths are UTF-8").to_owned();
    python("folders.py", &[&seed.to_string(), &out, "--builtin", "graph"]);
    out
}

/// Runs a program of `tests/contract`.
fn python(program: &str, arguments: &[&str]) {
    let mut python = Command::new("python3");
    python.arg(Path::new("tests/contract").join(program)).args(arguments);
    python.env("PYTHONDONTWRITEBYTECODE", "1");
    run(python);
}
