//! From names to numbers: any name in a query, an id in a path; what is unknown comes back with suggestions.

use std::borrow::Cow;

use actix_web::HttpRequest;
use percent_encoding::percent_decode_str;

use super::ask::Ask;
use super::parameters::{Name, Names};
use super::problem::{Problem, ProblemKind, Refusal};
use super::views::OwnedReference;
use crate::export::Href;
use crate::graph::{CompanyIx, DependencyIx, Graph, LayerIx, NodeIx, RoleIx, SourceIx, fold};
use crate::model::{Lang, Text};
use crate::query::{closest, search};

/// How many suggestions an unknown name gets.
const SUGGESTIONS: usize = 5;

/// What can be named: where it is found, what it is called in problems, and what may have been meant.
struct Named {
    word: &'static str,
    unknown: ProblemKind,
    find: fn(&Graph, &str) -> Option<u32>,
    suggest: fn(&Graph, &str) -> Vec<OwnedReference>,
    href: fn(&Graph, u32) -> Href<'_>,
}

const COMPANY: Named = Named {
    word: "a company, by id or name",
    unknown: ProblemKind::UnknownCompany,
    find: |graph, text| graph.company(text).or_else(|| Some(graph.names.resolve(text)?.company)),
    suggest: suggested_companies,
    href: |graph, at| Href::company(graph, at),
};
const LAYER: Named = Named {
    word: "a layer, by id or name",
    unknown: ProblemKind::UnknownLayer,
    find: |graph, text| {
        let named = || called(graph.layers.iter().map(|layer| (layer.id.as_str(), Some(&layer.name))), text);
        graph.layer(text).map(u32::from).or_else(named)
    },
    suggest: |graph, text| {
        let all = graph.layers.iter().map(|layer| (layer.id.as_str(), Some(&layer.name))).collect();
        meant(all, text, |at| OwnedReference::layer(graph, at as LayerIx))
    },
    href: |graph, at| Href::layer(graph, at as LayerIx),
};
const ROLE: Named = Named {
    word: "a role, by id or name",
    unknown: ProblemKind::UnknownRole,
    find: |graph, text| {
        let named = || called(graph.roles.iter().map(|role| (role.id.as_str(), Some(&role.name))), text);
        graph.role(text).map(u32::from).or_else(named)
    },
    suggest: |graph, text| {
        let all = graph.roles.iter().map(|role| (role.id.as_str(), Some(&role.name))).collect();
        meant(all, text, |at| OwnedReference::role(graph, at as RoleIx))
    },
    href: |graph, at| Href::role(graph, at as RoleIx),
};
const SOURCE: Named = Named {
    word: "a source, by id",
    unknown: ProblemKind::UnknownSource,
    find: |graph, text| graph.source(text).or_else(|| graph.source(&fold(text))),
    suggest: |graph, text| {
        let all = graph.sources.iter().map(|source| (source.id.as_str(), None)).collect();
        meant(all, text, |at| OwnedReference::source(graph, at as SourceIx))
    },
    href: |graph, at| Href::source(graph, at),
};

/// The place of the one that is called so in any language.
fn called<'a>(all: impl Iterator<Item = (&'a str, Option<&'a Text>)>, text: &str) -> Option<u32> {
    let folded = fold(text);
    let mut all = all
        .map(|(id, name)| id == folded || name.is_some_and(|name| name.iter().any(|(_, name)| fold(name) == folded)));
    all.position(|found| found).map(|at| at as u32)
}

fn meant(
    all: Vec<(&str, Option<&Text>)>,
    text: &str,
    reference: impl Fn(usize) -> OwnedReference,
) -> Vec<OwnedReference> {
    let names = all.iter().flat_map(|(id, name)| {
        std::iter::once(*id).chain(name.iter().flat_map(|name| name.iter().map(|(_, name)| name)))
    });
    let mut places: Vec<usize> = Vec::new();
    for name in closest(names, text, SUGGESTIONS * 2) {
        let answers = |(id, texts): &(&str, Option<&Text>)| {
            *id == name || texts.is_some_and(|texts| texts.iter().any(|(_, text)| text == name))
        };
        if let Some(at) = all.iter().position(answers).filter(|at| !places.contains(at)) {
            places.push(at);
        }
    }
    places.into_iter().take(SUGGESTIONS).map(reference).collect()
}

fn suggested_companies(graph: &Graph, text: &str) -> Vec<OwnedReference> {
    let hits = search(graph, None, text);
    hits.iter().take(SUGGESTIONS).map(|hit| OwnedReference::company(graph, hit.company)).collect()
}

impl Named {
    fn in_query(&self, graph: &Graph, parameter: &str, name: &Name) -> Result<u32, Problem> {
        (self.find)(graph, &name.0).ok_or_else(|| {
            Problem::with_parameter(ProblemKind::UnknownName, parameter, Some(&name.0), self.word)
                .suggesting((self.suggest)(graph, &name.0))
        })
    }

    fn in_path<Q>(&self, ask: &Ask<Q>, parameter: &str) -> Result<u32, Refusal> {
        let graph = ask.graph();
        let text = named(&ask.request);
        let unknown = || {
            let got: String = text.chars().take(120).collect();
            let detail = format!("there is no `{got}` in the data set: the path takes {}", self.word);
            let problem = Problem::new(self.unknown, detail).about(parameter, &text).taking(self.word);
            problem.suggesting((self.suggest)(graph, &text))
        };
        let found = (self.find)(graph, &text).ok_or_else(unknown)?;
        let home = (self.href)(graph, found);
        if home.id() == text {
            return Ok(found);
        }
        let path = ask.request.uri().path();
        let rest: String = path.split('/').skip(PLACE + 1).flat_map(|part| ["/", part]).collect();
        let query = ask.request.uri().query().map(|query| format!("?{query}")).unwrap_or_default();
        Err(Refusal::Moved(format!("{home}{rest}{query}")))
    }
}

/// Where in a path the thing stands that it is about: `/v1/companies/{id}`.
const PLACE: usize = 3;

/// What the path is about, as its address has it: the router leaves some escapes as they are.
fn named(request: &HttpRequest) -> Cow<'_, str> {
    let raw = request.uri().path().split('/').nth(PLACE).unwrap_or_default();
    percent_decode_str(raw).decode_utf8_lossy()
}

/// A source that a parameter names.
pub fn source(graph: &Graph, parameter: &str, name: &Name) -> Result<SourceIx, Problem> {
    SOURCE.in_query(graph, parameter, name)
}

impl<Q> Ask<Q> {
    /// The company that a parameter names.
    pub fn company(&self, parameter: &str, name: &Name) -> Result<CompanyIx, Problem> {
        COMPANY.in_query(self.graph(), parameter, name)
    }

    /// The companies that a parameter names.
    pub fn companies(&self, parameter: &str, names: &Names) -> Result<Vec<CompanyIx>, Problem> {
        names.0.iter().map(|name| self.company(parameter, name)).collect()
    }

    /// The activities that a parameter names: all of a company, or one, written `google:chip`.
    pub fn activities(&self, parameter: &str, name: &Name) -> Result<Vec<NodeIx>, Problem> {
        let graph = self.graph();
        let whole = (COMPANY.find)(graph, &name.0);
        let (Some((company, layer)), None) = (name.0.rsplit_once(':'), whole) else {
            return Ok(graph.activities.of(self.company(parameter, name)?).collect());
        };
        let company =
            self.company(parameter, &company.parse().map_err(|_| self.no_activity(parameter, name, None))?)?;
        let layer = (LAYER.find)(graph, layer.trim());
        let node = layer.and_then(|layer| graph.activities.find(company, layer as LayerIx));
        node.map(|node| vec![node]).ok_or_else(|| self.no_activity(parameter, name, Some(company)))
    }

    fn no_activity(&self, parameter: &str, name: &Name, company: Option<CompanyIx>) -> Problem {
        let graph = self.graph();
        let takes = "a company, by id or name, or one of its activities, such as `google:chip`";
        let own = company.into_iter().flat_map(|company| graph.activities.of(company));
        Problem::with_parameter(ProblemKind::UnknownName, parameter, Some(&name.0), takes)
            .suggesting(own.map(|node| OwnedReference::activity(graph, node)).collect())
    }

    /// The layer that a parameter names.
    pub fn layer(&self, parameter: &str, name: &Name) -> Result<LayerIx, Problem> {
        Ok(LAYER.in_query(self.graph(), parameter, name)? as LayerIx)
    }

    /// The layers that a parameter names, each once, in the order of the stack.
    pub fn layers(&self, parameter: &str, names: &Names) -> Result<Vec<LayerIx>, Problem> {
        let mut layers: Vec<_> = names.0.iter().map(|name| self.layer(parameter, name)).collect::<Result<_, _>>()?;
        layers.sort_unstable();
        layers.dedup();
        Ok(layers)
    }

    /// The role that a parameter names.
    pub fn role(&self, parameter: &str, name: &Name) -> Result<RoleIx, Problem> {
        Ok(ROLE.in_query(self.graph(), parameter, name)? as RoleIx)
    }

    /// The company that the path names.
    pub fn company_in_path(&self) -> Result<CompanyIx, Refusal> {
        COMPANY.in_path(self, "id")
    }

    /// The role that the path names.
    pub fn role_in_path(&self) -> Result<RoleIx, Refusal> {
        Ok(ROLE.in_path(self, "role")? as RoleIx)
    }

    /// The layer that the path names.
    pub fn layer_in_path(&self) -> Result<LayerIx, Refusal> {
        Ok(LAYER.in_path(self, "layer")? as LayerIx)
    }

    /// The source that the path names.
    pub fn source_in_path(&self) -> Result<SourceIx, Refusal> {
        SOURCE.in_path(self, "id")
    }

    /// The dependency that the path names.
    pub fn dependency_in_path(&self) -> Result<DependencyIx, Refusal> {
        let graph = self.graph();
        let text = named(&self.request);
        graph.dependency(&text).ok_or_else(|| {
            let mut ends = text.split('.').map(|part| graph.company(part));
            let near = match (ends.next().flatten(), ends.next().flatten()) {
                (Some(from), Some(to)) => graph.dependencies.between(from, to),
                _ => 0..0,
            };
            let got: String = text.chars().take(120).collect();
            Problem::new(ProblemKind::UnknownDependency, format!("there is no dependency `{got}` in the data set"))
                .about("id", &text)
                .taking("a dependency, by id")
                .suggesting(near.take(SUGGESTIONS).map(|at| OwnedReference::dependency(graph, at)).collect())
                .into()
        })
    }
}

/// Languages that a data set offers, besides English and Korean, which are always taken.
pub fn languages(graph: &Graph) -> Vec<Lang> {
    let mut languages = graph.manifest.languages.clone();
    languages.extend([Lang::EN, Lang::KO].iter().filter(|lang| !graph.manifest.languages.contains(lang)));
    languages
}
