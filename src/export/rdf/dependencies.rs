//! What is stated of dependencies, and what every fact rests on.

use std::io;

use oxrdf::Literal;

use super::statements::{Statements, Subject, date, xsd};
use super::terms::{PROV, SCHEMA};
use crate::export::Href;
use crate::graph::{DependencyIx, KindIx, Known, TermsId};
use crate::model::Text;
impl Statements<'_, '_> {
    pub(super) fn dependency(&mut self, at: DependencyIx) -> io::Result<()> {
        let graph = self.part.graph;
        let row = graph.dependencies.row(at);
        let id = graph.dependency_id(at).to_string();
        let subject = self.at(&Href::dependency(&id).to_string())?;
        let (from, to) = (self.company_node(row.from)?, self.company_node(row.to)?);
        self.own(&from, "dependsOn", to.0.clone())?;
        self.own_class(&subject, "Dependency")?;
        self.own(&subject, "dependent", from.0)?;
        self.own(&subject, "supplier", to.0)?;
        self.kind(&subject, row.kind)?;
        let status = graph.terms.get(row.terms).status.unwrap_or_default();
        self.own(&subject, "status", Literal::new_simple_literal(status.to_string()))?;
        self.own(&subject, "critical", Literal::from(row.critical))?;
        if let Some(share) = row.share {
            self.own(&subject, "share", Literal::from(share))?;
        }
        let what = graph.dependencies.wording(at).and_then(|wording| wording.what.as_ref());
        self.rests_on(&subject, row.terms, what)
    }

    pub(super) fn kind(&mut self, subject: &Subject, kind: KindIx) -> io::Result<()> {
        let layer_ix = self.part.graph.kinds[kind as usize].layer;
        let (layer, input) = (self.layer_node(layer_ix)?, self.part.graph.kind(kind).1);
        self.own(subject, "layer", layer.0)?;
        match input {
            Some(input) => {
                let input = self.input_node(layer_ix, input.id.as_str())?;
                self.own(subject, "input", input.0)
            }
            None => Ok(()),
        }
    }

    /// When a fact holds, what is said of it, and who says so.
    pub(super) fn rests_on(&mut self, subject: &Subject, terms: TermsId, words: Option<&Text>) -> io::Result<()> {
        let graph = self.part.graph;
        let period = graph.terms.get(terms).period;
        let stated = [("startDate", period.since), ("endDate", period.until)];
        for (term, day) in stated.into_iter().filter_map(|(term, day)| Some((term, day?))) {
            self.say(subject, SCHEMA, term, date(day))?;
        }
        if graph.terms.known(terms) != Known::Always {
            let day = graph.terms.known(terms).day().to_string();
            self.own(subject, "knownSince", Literal::new_typed_literal(day, xsd("date")))?;
        }
        words.map_or(Ok(()), |words| self.texts(subject, SCHEMA, "description", words))?;
        for &source in graph.terms.sources(terms) {
            self.cited.insert(source);
            let source = self.source_node(source)?;
            self.say(subject, PROV, "wasDerivedFrom", source.0)?;
        }
        Ok(())
    }

    /// The sources that were cited.
    pub(super) fn sources(&mut self) -> io::Result<()> {
        for source in std::mem::take(&mut self.cited) {
            let record = &self.part.graph.sources[source as usize];
            let subject = self.source_node(source)?;
            self.is(&subject, SCHEMA, "CreativeWork")?;
            self.is(&subject, PROV, "Entity")?;
            self.plain(&subject, SCHEMA, "name", &record.title)?;
            if let Some(publisher) = &record.publisher {
                self.plain(&subject, SCHEMA, "publisher", publisher)?;
            }
            if let Some(published) = record.published {
                self.say(&subject, SCHEMA, "datePublished", date(published))?;
            }
            if let Some(seen) = record.seen {
                self.own(&subject, "seen", date(seen))?;
            }
            if let Some(says) = &record.says {
                self.plain(&subject, SCHEMA, "abstract", says)?;
            }
            if let Some(url) = &record.url {
                self.link(&subject, "url", url)?;
            }
        }
        Ok(())
    }
}
