//! What is stated of companies, roles, layers, dependencies and sources.

use std::collections::BTreeSet;
use std::io;

use oxrdf::{Literal, NamedNode, Term, TripleRef};

use super::State;
use super::terms::{self, ORG, OWL, PROV, RDF, SCHEMA, SKOS, WIKIDATA, XSD};
use super::vocabulary::is_own;
use crate::export::{Href, Subgraph};
use crate::graph::{CompanyIx, DependencyIx, HeldRole, KindIx, LayerIx, RoleIx, SelfSupply, SourceIx, Stake, TermsId};
use crate::model::{Lang, PartialDate, Text};

/// Says statements about a part of the graph.
pub struct Statements<'a, 's> {
    part: Subgraph<'a>,
    origin: &'a str,
    state: &'s mut State<'s>,
    cited: BTreeSet<SourceIx>,
}

/// One thing about which statements are made, by its address.
struct Subject(NamedNode);

impl<'a, 's> Statements<'a, 's> {
    pub fn new(part: Subgraph<'a>, origin: &'a str, state: &'s mut State<'s>) -> Self {
        Self { part, origin, state, cited: BTreeSet::new() }
    }

    /// All of the part: the stack, its companies, its dependencies, and who says so.
    pub fn part(&mut self) -> io::Result<()> {
        let graph = self.part.graph;
        self.dataset()?;
        (0..graph.layers.len() as LayerIx).try_for_each(|layer| self.layer(layer))?;
        (0..graph.roles.len() as RoleIx).try_for_each(|role| self.role(role))?;
        for company in self.part.companies() {
            self.company(company)?;
            self.facts_of(company, |other| self.part.scope.companies.contains(other as usize))?;
        }
        self.part.dependencies().try_for_each(|at| self.dependency(at))?;
        self.sources()
    }

    /// One company: its facts, and the dependencies at which it stands.
    pub fn about_company(&mut self, company: CompanyIx) -> io::Result<()> {
        let (graph, view) = (self.part.graph, self.part.view);
        self.company(company)?;
        self.facts_of(company, |_| true)?;
        let own = graph.dependencies.of(company).filter(|&at| view.holds(graph, at));
        let mut others: Vec<CompanyIx> = Vec::new();
        for node in graph.activities.of(company) {
            let (ends, _) = graph.structure.row(node, petgraph::Direction::Incoming);
            others.extend(ends.iter().map(|&end| graph.activities.company(end)).filter(|&other| other != company));
        }
        others.sort_unstable();
        others.dedup();
        let on_it = others.into_iter().flat_map(|other| graph.dependencies.between(other, company));
        let all: Vec<DependencyIx> = own.chain(on_it.filter(|&at| view.holds(graph, at))).collect();
        all.iter().try_for_each(|&at| self.dependency(at))?;
        let ends = all.iter().flat_map(|&at| [graph.dependencies.from(at), graph.dependencies.to(at)]);
        let named: BTreeSet<CompanyIx> = ends.filter(|&end| end != company).collect();
        named.into_iter().try_for_each(|other| {
            let subject = self.company_node(other)?;
            self.texts(&subject, SCHEMA, "name", &graph.companies[other as usize].name)
        })?;
        self.sources()
    }

    /// One role, its layers, and who holds it.
    pub fn about_role(&mut self, role: RoleIx) -> io::Result<()> {
        let (graph, view) = (self.part.graph, self.part.view);
        let record = &graph.roles[role as usize];
        self.role(role)?;
        let layers: BTreeSet<LayerIx> = record.needs.iter().copied().chain([record.layer]).collect();
        layers.into_iter().try_for_each(|layer| self.layer(layer))?;
        let held_now =
            |company: CompanyIx, held: &HeldRole| held.role == role && view.has(company) && view.keeps(held.terms);
        for (company, held) in graph.held_roles.iter().filter(|(company, held)| held_now(*company, held)) {
            let subject = self.company_node(company)?;
            self.texts(&subject, SCHEMA, "name", &graph.companies[company as usize].name)?;
            self.membership(company, held)?;
        }
        self.sources()
    }

    fn dataset(&mut self) -> io::Result<()> {
        let manifest = &self.part.graph.manifest;
        let subject = self.at("/v1")?;
        self.is(&subject, SCHEMA, "Dataset")?;
        self.texts(&subject, SCHEMA, "name", &manifest.title)?;
        self.plain(&subject, SCHEMA, "version", &manifest.version)?;
        if let Some(license) = &manifest.license {
            self.plain(&subject, SCHEMA, "license", license)?;
        }
        let day = self.part.view.filter.day.to_string();
        self.own(&subject, "asOf", Literal::new_typed_literal(day, xsd("date")))
    }

    fn layer(&mut self, layer: LayerIx) -> io::Result<()> {
        let record = &self.part.graph.layers[layer as usize];
        let (subject, scheme) = (self.layer_node(layer)?, self.at("/v1/layers")?);
        self.concept(&subject, &scheme, record.id.as_str(), &record.name, record.description.as_ref())?;
        self.own(&subject, "tier", Literal::from(i64::from(record.tier)))?;
        for input in &record.inputs {
            let narrower = self.input_node(layer, input.id.as_str())?;
            self.concept(&narrower, &scheme, input.id.as_str(), &input.name, input.description.as_ref())?;
            self.say(&narrower, SKOS, "broader", subject.0.clone())?;
        }
        Ok(())
    }

    fn role(&mut self, role: RoleIx) -> io::Result<()> {
        let record = &self.part.graph.roles[role as usize];
        let (subject, scheme) = (self.role_node(role)?, self.at("/v1/roles")?);
        self.is(&subject, ORG, "Role")?;
        self.concept(&subject, &scheme, record.id.as_str(), &record.name, record.description.as_ref())?;
        let layer = self.layer_node(record.layer)?;
        self.own(&subject, "layer", layer.0)?;
        record.needs.iter().try_for_each(|&need| {
            let need = self.layer_node(need)?;
            self.own(&subject, "needs", need.0)
        })
    }

    fn concept(
        &mut self,
        subject: &Subject,
        scheme: &Subject,
        id: &str,
        name: &Text,
        meaning: Option<&Text>,
    ) -> io::Result<()> {
        self.is(subject, SKOS, "Concept")?;
        self.say(subject, SKOS, "inScheme", scheme.0.clone())?;
        self.plain(subject, SKOS, "notation", id)?;
        self.texts(subject, SKOS, "prefLabel", name)?;
        meaning.map_or(Ok(()), |meaning| self.texts(subject, SKOS, "definition", meaning))
    }

    fn company(&mut self, company: CompanyIx) -> io::Result<()> {
        let graph = self.part.graph;
        let record = &graph.companies[company as usize];
        let subject = self.company_node(company)?;
        self.is(&subject, SCHEMA, "Organization")?;
        self.is(&subject, ORG, "Organization")?;
        self.plain(&subject, SCHEMA, "identifier", record.id.as_str())?;
        self.texts(&subject, SCHEMA, "name", &record.name)?;
        if let Some(founded) = record.founded {
            self.say(&subject, SCHEMA, "foundingDate", date(founded))?;
        }
        if let Some(parent) = record.parent {
            let parent = self.company_node(parent)?;
            self.say(&subject, SCHEMA, "parentOrganization", parent.0)?;
        }
        for layer in graph.activities.of(company).filter_map(|node| graph.activities.layer(node)) {
            let layer = self.layer_node(layer)?;
            self.own(&subject, "actsIn", layer.0)?;
        }
        if let Some(country) = record.country {
            let address = self.at(&format!("{}#address", Href::company(graph, company)))?;
            self.say(&subject, SCHEMA, "address", address.0.clone())?;
            self.is(&address, SCHEMA, "PostalAddress")?;
            self.plain(&address, SCHEMA, "addressCountry", &country.to_string())?;
        }
        let Some(profile) = &record.profile else { return Ok(()) };
        let names = profile.aliases.iter().map(|alias| ("alternateName", alias));
        let products = profile.products.iter().map(|product| ("brand", product));
        names.chain(products).try_for_each(|(term, text)| self.plain(&subject, SCHEMA, term, text))?;
        if let Some(description) = &profile.description {
            self.texts(&subject, SCHEMA, "description", description)?;
        }
        if let Some(lei) = &profile.lei {
            self.plain(&subject, SCHEMA, "leiCode", lei)?;
        }
        if let Some(ticker) = &profile.ticker {
            self.plain(&subject, SCHEMA, "tickerSymbol", ticker)?;
        }
        if let Some(website) = &profile.website {
            self.link(&subject, "url", website)?;
        }
        match &profile.wikidata {
            Some(item) => self.say(&subject, OWL, "sameAs", node(format!("{WIKIDATA}{}", &**item))?),
            None => Ok(()),
        }
    }

    /// The roles, self-supply, stakes and strategies of a company; only stakes in companies that are `known`.
    fn facts_of(&mut self, company: CompanyIx, known: impl Fn(CompanyIx) -> bool) -> io::Result<()> {
        let (graph, view) = (self.part.graph, self.part.view);
        let roles = graph.held_roles.of(company).iter().filter(|held| view.keeps(held.terms));
        roles.into_iter().try_for_each(|held| self.membership(company, held))?;
        let made = graph.self_supply.of(company).iter().filter(|made| view.keeps(made.terms));
        made.into_iter().try_for_each(|made| self.self_supply(company, made))?;
        let stakes = graph.stakes.of(company).iter().enumerate();
        stakes
            .filter(|(_, stake)| view.keeps(stake.terms) && known(stake.of))
            .try_for_each(|(at, stake)| self.stake(company, at, stake))
    }

    fn membership(&mut self, company: CompanyIx, held: &HeldRole) -> io::Result<()> {
        let graph = self.part.graph;
        let subject = self.part_of(company, "role", graph.roles[held.role as usize].id.as_str(), held.terms)?;
        let (member, role) = (self.company_node(company)?, self.role_node(held.role)?);
        self.is(&subject, ORG, "Membership")?;
        self.say(&subject, ORG, "member", member.0)?;
        self.say(&subject, ORG, "role", role.0)?;
        self.rests_on(&subject, held.terms, held.note.as_ref())
    }

    fn self_supply(&mut self, company: CompanyIx, made: &SelfSupply) -> io::Result<()> {
        let (layer, input) = self.part.graph.kind(made.kind);
        let name = input.map_or(layer.id.to_string(), |input| format!("{}.{}", layer.id, input.id));
        let subject = self.part_of(company, "self-supply", &name, made.terms)?;
        let supplier = self.company_node(company)?;
        self.own_class(&subject, "SelfSupply")?;
        self.own(&subject, "supplier", supplier.0)?;
        self.kind(&subject, made.kind)?;
        self.rests_on(&subject, made.terms, made.wording.what.as_ref())
    }

    fn stake(&mut self, company: CompanyIx, at: usize, stake: &Stake) -> io::Result<()> {
        let subject = self.part_of(company, "stake", &(at + 1).to_string(), stake.terms)?;
        let (holder, of) = (self.company_node(company)?, self.company_node(stake.of)?);
        self.own_class(&subject, "Stake")?;
        self.own(&subject, "holder", holder.0)?;
        self.own(&subject, "in", of.0)?;
        self.own(&subject, "kind", Literal::new_simple_literal(stake.kind.to_string()))?;
        let numbers = [("amountUsd", stake.amount_usd), ("percent", stake.percent)];
        for (term, number) in numbers.into_iter().filter_map(|(term, number)| Some((term, number?))) {
            self.own(&subject, term, Literal::from(number))?;
        }
        self.rests_on(&subject, stake.terms, stake.note.as_ref())
    }

    fn dependency(&mut self, at: DependencyIx) -> io::Result<()> {
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

    fn kind(&mut self, subject: &Subject, kind: KindIx) -> io::Result<()> {
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
    fn rests_on(&mut self, subject: &Subject, terms: TermsId, words: Option<&Text>) -> io::Result<()> {
        let graph = self.part.graph;
        let period = graph.terms.get(terms).period;
        let stated = [("startDate", period.since), ("endDate", period.until)];
        for (term, day) in stated.into_iter().filter_map(|(term, day)| Some((term, day?))) {
            self.say(subject, SCHEMA, term, date(day))?;
        }
        if graph.terms.known(terms) != crate::graph::Known::Always {
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
    fn sources(&mut self) -> io::Result<()> {
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

    fn at(&self, path: &str) -> io::Result<Subject> {
        node(format!("{}{path}", self.origin)).map(Subject)
    }

    fn company_node(&self, company: CompanyIx) -> io::Result<Subject> {
        self.at(&Href::company(self.part.graph, company).to_string())
    }

    fn role_node(&self, role: RoleIx) -> io::Result<Subject> {
        self.at(&Href::role(self.part.graph, role).to_string())
    }

    fn layer_node(&self, layer: LayerIx) -> io::Result<Subject> {
        self.at(&Href::layer(self.part.graph, layer).to_string())
    }

    fn input_node(&self, layer: LayerIx, input: &str) -> io::Result<Subject> {
        self.at(&format!("{}#{input}", Href::layer(self.part.graph, layer)))
    }

    fn source_node(&self, source: SourceIx) -> io::Result<Subject> {
        self.at(&Href::source(self.part.graph, source).to_string())
    }

    /// A fact that has no address of its own: a part of its company's, with its beginning, since a fact may come again.
    fn part_of(&self, company: CompanyIx, what: &str, name: &str, terms: TermsId) -> io::Result<Subject> {
        let graph = self.part.graph;
        let since = graph.terms.get(terms).period.since.map(|since| format!("@{since}")).unwrap_or_default();
        self.at(&format!("{}#{what}-{name}{since}", Href::company(graph, company)))
    }

    fn say(&mut self, subject: &Subject, base: &str, term: &str, object: impl Into<Term>) -> io::Result<()> {
        let predicate = NamedNode::new_unchecked(format!("{base}{term}"));
        (self.state)(TripleRef::new(&subject.0, &predicate, &object.into()))
    }

    fn own(&mut self, subject: &Subject, term: &str, object: impl Into<Term>) -> io::Result<()> {
        debug_assert!(is_own(term), "{term} is not described");
        let predicate = node(terms::own(self.origin, term))?;
        (self.state)(TripleRef::new(&subject.0, &predicate, &object.into()))
    }

    fn is(&mut self, subject: &Subject, base: &str, class: &str) -> io::Result<()> {
        self.say(subject, RDF, "type", NamedNode::new_unchecked(format!("{base}{class}")))
    }

    fn own_class(&mut self, subject: &Subject, class: &str) -> io::Result<()> {
        debug_assert!(is_own(class), "{class} is not described");
        let class = node(terms::own(self.origin, class))?;
        self.say(subject, RDF, "type", class)
    }

    fn texts(&mut self, subject: &Subject, base: &str, term: &str, texts: &Text) -> io::Result<()> {
        texts.iter().try_for_each(|(lang, text)| self.say(subject, base, term, in_language(text, lang)))
    }

    fn plain(&mut self, subject: &Subject, base: &str, term: &str, text: &str) -> io::Result<()> {
        self.say(subject, base, term, Literal::new_simple_literal(text))
    }

    /// A web address: a node if it is an IRI, else a text.
    fn link(&mut self, subject: &Subject, term: &str, address: &str) -> io::Result<()> {
        match NamedNode::new(address) {
            Ok(iri) => self.say(subject, SCHEMA, term, iri),
            Err(_) => self.plain(subject, SCHEMA, term, address),
        }
    }
}

fn node(iri: String) -> io::Result<NamedNode> {
    NamedNode::new(iri).map_err(io::Error::other)
}

fn in_language(text: &str, lang: Lang) -> Literal {
    Literal::new_language_tagged_literal(text, lang.as_str()).unwrap_or_else(|_| Literal::new_simple_literal(text))
}

fn xsd(name: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("{XSD}{name}"))
}

/// A date as exact as it is known.
fn date(date: PartialDate) -> Literal {
    let text = date.to_string();
    let kind = match text.len() {
        4 => "gYear",
        7 => "gYearMonth",
        _ => "date",
    };
    Literal::new_typed_literal(text, xsd(kind))
}
