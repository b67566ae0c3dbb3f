//! The folder is loaded anew while the server answers, and what comes of it is served, or said.

use std::sync::Arc;
use std::time::Instant;

use super::log::{Level, say};
use crate::dataset::{Dataset, Folder, Loaded, Report, Severity, load};
use crate::graph::Graph;
use crate::http::{Fault, Live, Outcome, Reload, World};

/// The most errors that are repeated to operators; the log has them all.
const SHOWN: usize = 5;

/// Loads a folder anew into what is live.
#[derive(Debug)]
pub(super) struct Reloader {
    /// What is loaded.
    pub folder: Folder,
    /// Where it is served.
    pub live: Arc<Live>,
    /// How many bytes of answers a world remembers.
    pub answer_memory: u64,
}

/// What a folder was found to be.
pub(super) enum Found {
    /// What is served already.
    Same,
    /// Something else, without an error.
    Other(Box<Dataset>),
    /// Nothing that can be served.
    Wrong(Report),
}

impl Reloader {
    /// Reads the folder.
    pub fn look(&self) -> Found {
        let Loaded { dataset, report } = load(&self.folder);
        match dataset {
            None => Found::Wrong(report),
            Some(dataset) if dataset.revision == self.live.world().snapshot.graph.manifest.revision => Found::Same,
            Some(dataset) => Found::Other(Box::new(dataset)),
        }
    }

    /// Serves what was found, if it can be, and says so.
    pub fn settle(&self, found: Found, cause: &str, begun: Instant) {
        let took = |begun: Instant| begun.elapsed().as_millis();
        match found {
            Found::Same => {
                self.live.reloads.note(Reload::now(Outcome::Unchanged));
                let fields: [(&str, &dyn std::fmt::Display); 3] =
                    [("cause", &cause), ("outcome", &"unchanged"), ("took_ms", &took(begun))];
                say(Level::Info, "reload", &fields, "");
            }
            Found::Wrong(report) => {
                let errors = report.findings.iter().filter(|finding| finding.severity == Severity::Error);
                let faults: Vec<_> = errors.take(SHOWN).map(fault).collect();
                self.fail(cause, report.errors, faults, &report.to_string());
            }
            Found::Other(dataset) => match Graph::build(*dataset) {
                Err(error) => {
                    let message = error.to_string();
                    let fault = Fault { rule: "graph".into(), file: ".".into(), line: None, column: None, message };
                    self.fail(cause, 1, vec![fault], &format!("{error}\n"));
                }
                Ok(graph) => {
                    let world = World::new(graph, self.answer_memory);
                    let (revision, graph) = (world.revision(), &world.snapshot.graph);
                    let (companies, dependencies) = (graph.companies.len(), graph.dependencies.len());
                    self.live.replace(world);
                    self.live.reloads.note(Reload::now(Outcome::Replaced));
                    let fields: [(&str, &dyn std::fmt::Display); 6] = [
                        ("cause", &cause),
                        ("outcome", &"replaced"),
                        ("revision", &revision),
                        ("companies", &companies),
                        ("dependencies", &dependencies),
                        ("took_ms", &took(begun)),
                    ];
                    say(Level::Info, "reload", &fields, "");
                }
            },
        }
    }

    /// Keeps what is served, since the program itself failed.
    pub fn break_off(&self, cause: &str) {
        let message = "the folder could not be loaded: this is a fault of the program".to_owned();
        let fault = Fault { rule: "program".into(), file: ".".into(), line: None, column: None, message };
        self.fail(cause, 1, vec![fault], "");
    }

    /// Keeps what is served, and says why.
    fn fail(&self, cause: &str, errors: u64, faults: Vec<Fault>, report: &str) {
        let first = faults.first().map(place).unwrap_or_default();
        let fields: [(&str, &dyn std::fmt::Display); 4] =
            [("cause", &cause), ("outcome", &"failed"), ("errors", &errors), ("first", &first)];
        say(Level::Error, "reload", &fields, report);
        self.live.reloads.note(Reload::failed(errors, faults));
    }
}

/// Where an error is and what it is, in a line.
fn place(fault: &Fault) -> String {
    let at = |place: Option<usize>| place.map(|place| format!(":{place}")).unwrap_or_default();
    format!("{}{}{} {}", fault.file, at(fault.line), at(fault.column), fault.message)
}

fn fault(finding: &crate::dataset::Shown) -> Fault {
    Fault {
        rule: finding.rule.to_owned(),
        file: finding.file.clone(),
        line: finding.line(),
        column: finding.column(),
        message: finding.message.clone(),
    }
}
