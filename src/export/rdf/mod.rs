//! The graph as RDF. Terms of schema.org, SKOS, ORG, PROV-O and RDFS stand for what they mean; own terms, described in
//! [`vocabulary`], only for what has none. A dependency is a thing of its own, so that its period, share and sources can be
//! stated. `docs/RDF.md` shows the mapping.

mod companies;
mod dependencies;
mod numbers;
mod stack;
mod statements;
mod terms;
mod vocabulary;

pub use vocabulary::vocabulary;

use std::io::{self, Write};

use oxjsonld::JsonLdSerializer;
use oxrdf::TripleRef;
use oxttl::{NTriplesSerializer, TurtleSerializer};

use super::{Format, Subgraph};
use crate::graph::{CompanyIx, RoleIx};
use statements::Statements;

/// What a document is about.
#[derive(Debug, Clone, Copy)]
pub enum About {
    /// All of a part of the graph.
    Part,
    /// One company of it.
    Company(CompanyIx),
    /// One role.
    Role(RoleIx),
}

/// Writes an RDF document. Its addresses begin with `origin`, such as `http://127.0.0.1:8080`.
///
/// # Errors
/// If it cannot be written, or the format is not one of RDF.
pub fn write(part: Subgraph<'_>, about: About, origin: &str, format: Format, out: &mut dyn Write) -> io::Result<()> {
    document(origin, format, out, |state| {
        let mut statements = Statements::new(part, origin, state);
        match about {
            About::Part => statements.part(),
            About::Company(company) => statements.about_company(company),
            About::Role(role) => statements.about_role(role),
        }
    })
}

/// Takes statements.
type State<'a> = dyn FnMut(TripleRef<'_>) -> io::Result<()> + 'a;

/// Writes the statements that `say` makes as a document.
fn document(
    origin: &str,
    format: Format,
    out: &mut dyn Write,
    say: impl FnOnce(&mut State<'_>) -> io::Result<()>,
) -> io::Result<()> {
    let prefixes = terms::PREFIXES.iter().map(|&(name, base)| (name, base.to_owned()));
    let prefixes = prefixes.chain([("lp", terms::own(origin, ""))]);
    let wrong = |_| io::Error::other("a prefix is no IRI");
    match format {
        Format::NTriples => {
            let mut writer = NTriplesSerializer::new().for_writer(out);
            say(&mut |triple| writer.serialize_triple(triple))?;
            writer.finish();
        }
        Format::Turtle => {
            let made = prefixes
                .into_iter()
                .try_fold(TurtleSerializer::new(), |made, (name, base)| made.with_prefix(name, base));
            let mut writer = made.map_err(wrong)?.for_writer(out);
            say(&mut |triple| writer.serialize_triple(triple))?;
            writer.finish()?;
        }
        Format::JsonLd => {
            let made = prefixes
                .into_iter()
                .try_fold(JsonLdSerializer::new(), |made, (name, base)| made.with_prefix(name, base));
            let mut writer = made.map_err(wrong)?.for_writer(out);
            say(&mut |triple| writer.serialize_quad(triple.in_graph(oxrdf::GraphNameRef::DefaultGraph)))?;
            writer.finish()?;
        }
        other => return Err(io::Error::other(format!("{} is no format of RDF", other.name()))),
    }
    Ok(())
}
