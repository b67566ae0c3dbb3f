//! Results as a client takes them.

use std::io::{self, Write};

use actix_web::http::header::HeaderMap;
use oxrdfio::RdfSerializer;
use sparesults::QueryResultsSerializer;
use spareval::{QueryEvaluationError, QueryResults};

use super::evaluate::Answer;
use super::formats::{self, SOLUTIONS, STATEMENTS};
use crate::http::{Problem, ProblemKind};

/// An answer is no larger than this, in bytes.
const LARGEST: usize = 64 << 20;

/// Why a query has no answer, as a problem.
pub fn failed(error: QueryEvaluationError) -> Problem {
    let detail = match error {
        QueryEvaluationError::UnsupportedService(_) | QueryEvaluationError::Service(_) => {
            "SERVICE is not offered: nothing is fetched from elsewhere".to_owned()
        }
        other => format!("the query cannot be evaluated: {other}"),
    };
    Problem::new(ProblemKind::InvalidParameter, detail)
}

/// What is written, up to the largest answer.
#[derive(Default)]
struct Sheet {
    bytes: Vec<u8>,
    full: bool,
}

impl Write for Sheet {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.full |= self.bytes.len() + bytes.len() > LARGEST;
        if self.full {
            return Err(io::Error::other("the answer is too large"));
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Writes results in the format that the client likes best.
pub fn write(results: QueryResults<'_>, headers: &HeaderMap) -> Answer {
    let mut sheet = Sheet::default();
    let (kind, written) = match results {
        QueryResults::Graph(triples) => {
            let (kind, format) =
                formats::chosen(headers, STATEMENTS).ok_or_else(|| refused(formats::offered(STATEMENTS)))?;
            let mut writer = RdfSerializer::from_format(format).for_writer(&mut sheet);
            let written = each(triples, |triple| writer.serialize_triple(&triple));
            (kind, written.and_then(|()| writer.finish().map(drop).map_err(|_| Wrong::Sheet)))
        }
        QueryResults::Boolean(value) => {
            let (kind, format) =
                formats::chosen(headers, SOLUTIONS).ok_or_else(|| refused(formats::offered(SOLUTIONS)))?;
            let writer = QueryResultsSerializer::from_format(format);
            (usual(kind), writer.serialize_boolean_to_writer(&mut sheet, value).map(drop).map_err(|_| Wrong::Sheet))
        }
        QueryResults::Solutions(solutions) => {
            let (kind, format) =
                formats::chosen(headers, SOLUTIONS).ok_or_else(|| refused(formats::offered(SOLUTIONS)))?;
            let writer = QueryResultsSerializer::from_format(format);
            let started = writer.serialize_solutions_to_writer(&mut sheet, solutions.variables().to_vec());
            let written = started.map_err(|_| Wrong::Sheet).and_then(|mut writer| {
                each(solutions, |solution| writer.serialize(&solution))?;
                writer.finish().map(drop).map_err(|_| Wrong::Sheet)
            });
            (usual(kind), written)
        }
    };
    match written {
        Ok(()) => Ok((kind, sheet.bytes)),
        Err(Wrong::Evaluation(error)) => Err(failed(*error)),
        Err(Wrong::Sheet) if sheet.full => {
            let detail = format!("the answer is larger than {LARGEST} bytes");
            Err(Problem::new(ProblemKind::TooLarge, detail).taking("a query that finds less: add LIMIT"))
        }
        Err(Wrong::Sheet) => Err(Problem::new(ProblemKind::Unwritable, "the answer cannot be written")),
    }
}

/// The media type of an answer: aliases stand for the registered one.
fn usual(kind: &'static str) -> &'static str {
    let format = SOLUTIONS.iter().find(|row| row.0 == kind).map(|row| row.1);
    SOLUTIONS.iter().find(|row| Some(row.1) == format).map_or(kind, |row| row.0)
}

enum Wrong {
    Evaluation(Box<QueryEvaluationError>),
    Sheet,
}

fn each<T>(
    all: impl Iterator<Item = Result<T, QueryEvaluationError>>,
    mut write: impl FnMut(T) -> io::Result<()>,
) -> Result<(), Wrong> {
    for one in all {
        write(one.map_err(|error| Wrong::Evaluation(Box::new(error)))?).map_err(|_| Wrong::Sheet)?;
    }
    Ok(())
}

fn refused(takes: String) -> Problem {
    Problem::new(ProblemKind::NotAcceptable, format!("the answer can be given as {takes}")).taking(takes)
}
