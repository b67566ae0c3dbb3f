//! What can be meant by a name: companies, roles and layers, and the types they are of.

use std::fmt;

use serde::Serialize;
use serde_json::Value;

use super::door::{Door, escaped};

/// A kind of entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// An organisation.
    Company,
    /// What a company is in the stack.
    Role,
    /// A kind of thing that is bought.
    Layer,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Company, Self::Role, Self::Layer];

    /// Its id as a type, its list, its names in English and Korean.
    fn row(self) -> (&'static str, &'static str, &'static str, &'static str) {
        match self {
            Self::Company => ("company", "companies", "Company", "기업"),
            Self::Role => ("role", "roles", "Role", "역할"),
            Self::Layer => ("layer", "layers", "Layer", "계층"),
        }
    }

    /// Its id as a type.
    pub fn id(self) -> &'static str {
        self.row().0
    }

    /// The address of the list of all of its entities.
    pub fn list(self) -> String {
        format!("/v1/{}", self.row().1)
    }

    /// The kind as a type.
    pub fn as_type(self, lang: &str) -> Type {
        let (id, _, english, korean) = self.row();
        Type::new(id, if lang == "ko" { korean } else { english })
    }
}

/// An entity by its identifier: a company by its id, another kind with the kind before it, `role:cloud`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entity {
    /// What it is.
    pub kind: Kind,
    /// Its id among its kind.
    pub id: String,
}

impl Entity {
    /// An entity of a kind.
    pub fn new(kind: Kind, id: impl Into<String>) -> Self {
        Self { kind, id: id.into() }
    }

    /// The entity that an identifier stands for, if there is one.
    pub fn named(identifier: &str) -> Self {
        let parts = identifier.split_once(':');
        let others = Kind::ALL.into_iter().filter(|kind| *kind != Kind::Company);
        let of_other = parts.and_then(|(kind, id)| others.into_iter().find(|other| other.id() == kind).zip(Some(id)));
        of_other.map_or_else(|| Self::new(Kind::Company, identifier), |(kind, id)| Self::new(kind, id))
    }

    /// Where it stands.
    pub fn address(&self) -> String {
        format!("{}/{}", self.kind.list(), escaped(&self.id).replace("%2D", "-"))
    }
}

impl fmt::Display for Entity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            Kind::Company => f.write_str(&self.id),
            kind => write!(f, "{}:{}", kind.id(), self.id),
        }
    }
}

/// A type of entities.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Type {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// What it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The wider types.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub broader: Vec<Type>,
}

impl Type {
    fn new(id: &str, name: &str) -> Self {
        Self { id: id.to_owned(), name: name.to_owned(), description: None, broader: Vec::new() }
    }
}

/// The roles and layers there are, with their names in the language asked for.
pub struct Stack {
    roles: Vec<Value>,
    layers: Vec<Value>,
    /// The language of the names.
    pub lang: String,
}

impl Stack {
    /// The stack as the routes list it.
    pub async fn read(door: &Door) -> Self {
        let all = |kind: Kind| format!("{}?limit=1000", kind.list());
        let (roles, layers) = (door.items(&all(Kind::Role)).await, door.items(&all(Kind::Layer)).await);
        Self { roles, layers, lang: door.lang().to_owned() }
    }

    /// The roles, or the layers.
    pub fn all(&self, kind: Kind) -> &[Value] {
        match kind {
            Kind::Company => &[],
            Kind::Role => &self.roles,
            Kind::Layer => &self.layers,
        }
    }

    /// What a role or a layer is called.
    pub fn name<'a>(&'a self, kind: Kind, id: &'a str) -> &'a str {
        let found = self.all(kind).iter().find(|item| item["id"] == id);
        found.and_then(|item| item["name"].as_str()).unwrap_or(id)
    }

    /// The types that an entity of a kind has: the kind, and for a company its roles.
    pub fn types<'a>(&self, kind: Kind, roles: impl IntoIterator<Item = &'a str>) -> Vec<Type> {
        let finer = roles.into_iter().map(|role| Type::new(role, self.name(Kind::Role, role)));
        std::iter::once(kind.as_type(&self.lang)).chain(finer).collect()
    }

    /// Every type: the kinds, and each role as a type of companies.
    pub fn all_types(&self) -> impl Iterator<Item = Type> {
        let company = Kind::Company.as_type(&self.lang);
        let kinds = Kind::ALL.into_iter().map(|kind| kind.as_type(&self.lang));
        kinds.chain(self.roles.iter().map(move |role| Type {
            description: role["description"].as_str().map(str::to_owned),
            broader: vec![company.clone()],
            ..Type::new(role["id"].as_str().unwrap_or_default(), role["name"].as_str().unwrap_or_default())
        }))
    }
}
