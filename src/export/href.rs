//! Addresses: the one place where they are made.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::graph::{CompanyIx, DependencyId, Graph, LayerIx, RoleIx, SourceIx};

/// The address of a thing.
#[derive(Debug, Clone, Copy)]
pub struct Href<'a>(&'static str, &'a str);

impl<'a> Href<'a> {
    /// Of a company.
    pub fn company(graph: &'a Graph, company: CompanyIx) -> Self {
        Self("/v1/companies/", graph.companies[company as usize].id.as_str())
    }

    /// Of a layer.
    pub fn layer(graph: &'a Graph, layer: LayerIx) -> Self {
        Self("/v1/layers/", graph.layers[layer as usize].id.as_str())
    }

    /// Of a role.
    pub fn role(graph: &'a Graph, role: RoleIx) -> Self {
        Self("/v1/roles/", graph.roles[role as usize].id.as_str())
    }

    /// Of a source.
    pub fn source(graph: &'a Graph, source: SourceIx) -> Self {
        Self("/v1/sources/", graph.sources[source as usize].id.as_str())
    }

    /// Of a dependency, by its id.
    pub fn dependency(id: &'a str) -> Self {
        Self(DEPENDENCIES, id)
    }

    /// The id at its end.
    pub fn id(&self) -> &'a str {
        self.1
    }
}

impl fmt::Display for Href<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)?;
        f.write_str(self.1)
    }
}

impl Serialize for Href<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // An answer has many addresses, and in one piece they are written in half the time.
        let mut whole = [0; LONGEST_HREF];
        let length = self.0.len() + self.1.len();
        match whole.get_mut(..length).map(|place| {
            let (base, id) = place.split_at_mut(self.0.len());
            base.copy_from_slice(self.0.as_bytes());
            id.copy_from_slice(self.1.as_bytes());
            std::str::from_utf8(place)
        }) {
            Some(Ok(text)) => serializer.serialize_str(text),
            _ => serializer.collect_str(self),
        }
    }
}

/// The address of a dependency.
pub fn dependency_href(id: DependencyId<'_>) -> String {
    format!("{DEPENDENCIES}{id}")
}

/// The address of the page about what is at an address.
pub fn page_href(href: &str) -> &str {
    href.strip_prefix("/v1").unwrap_or(href)
}

/// Where dependencies are.
const DEPENDENCIES: &str = "/v1/dependencies/";

/// An id has at most 64 bytes.
const LONGEST_HREF: usize = 96;
