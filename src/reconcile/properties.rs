//! The one table of properties: what can be asked of an entity, where it stands, and what it tells about a name.

use serde::Serialize;
use serde_json::{Value, json};

use super::compare::Likeness;
use super::entity::{Entity, Kind, Stack};

/// What a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A text.
    Text,
    /// A number.
    Number,
    /// An entity of a kind.
    Entity(Kind),
}

/// Where values stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// In what stands at the entity's own address, at this JSON pointer.
    Own(&'static str),
    /// In a list below the entity's address, at this key of its items.
    List(&'static str, &'static str),
}

/// A property that entities have.
#[derive(Debug)]
pub struct Property {
    /// Its id.
    pub id: &'static str,
    /// What it is called, in English and Korean.
    names: [&'static str; 2],
    /// What it is.
    about: &'static str,
    /// What has it.
    pub of: &'static [Kind],
    /// Where its values stand.
    pub place: Place,
    /// What they are.
    pub shape: Shape,
    /// How its values are compared in a query, and how much it tells, 0–1, if one agrees. Nothing from 0.6 on is shared
    /// by several companies.
    pub tells: Option<(Likeness, f64)>,
}

/// What tells as much is had by one company alone.
pub const IDENTIFYING: f64 = 0.6;

const COMPANY: &[Kind] = &[Kind::Company];
const ROLE: &[Kind] = &[Kind::Role];
const LAYER: &[Kind] = &[Kind::Layer];
const STACK: &[Kind] = &[Kind::Role, Kind::Layer];
const TEXT: Shape = Shape::Text;
const COMPANIES: Shape = Shape::Entity(Kind::Company);
const ROLES: Shape = Shape::Entity(Kind::Role);
const LAYERS: Shape = Shape::Entity(Kind::Layer);

macro_rules! properties {
    ($($id:literal, $english:literal, $korean:literal, $of:expr, $place:expr, $shape:expr, $tells:expr, $about:literal;)*) => {
        /// Every property, in the order in which they are proposed.
        pub const ALL: &[Property] = &[$(Property {
            id: $id, names: [$english, $korean], about: $about, of: $of, place: $place, shape: $shape, tells: $tells,
        }),*];
    };
}

use Place::{List, Own};

properties! {
    "name", "Name", "이름", &Kind::ALL, Own("/name"), TEXT, Some((Likeness::Name, 0.5)), "What it is called in the language asked for";
    "description", "Description", "설명", &Kind::ALL, Own("/description"), TEXT, None, "What it is, in a sentence";
    "aliases", "Other names", "다른 이름", COMPANY, Own("/aliases"), TEXT, Some((Likeness::Name, 0.5)), "Former and other names";
    "products", "Products", "제품", COMPANY, Own("/products"), TEXT, Some((Likeness::Name, 0.3)), "Names of its products";
    "country", "Country", "국가", COMPANY, Own("/country"), TEXT, Some((Likeness::Country, 0.3)), "Where its headquarters are: ISO 3166-1 alpha-2";
    "founded", "Founded", "설립", COMPANY, Own("/founded"), TEXT, Some((Likeness::Day, 0.3)), "When it was founded: a year, a month or a day";
    "website", "Website", "웹사이트", COMPANY, Own("/website"), TEXT, Some((Likeness::Site, 0.8)), "Its web address";
    "wikidata", "Wikidata item", "위키데이터 항목", COMPANY, Own("/wikidata"), TEXT, Some((Likeness::Identifier, 0.9)), "Its item in Wikidata, such as Q21708200";
    "lei", "LEI", "법인식별기호(LEI)", COMPANY, Own("/lei"), TEXT, Some((Likeness::Identifier, 0.9)), "Its Legal Entity Identifier: ISO 17442";
    "ticker", "Ticker", "종목 코드", COMPANY, Own("/ticker"), TEXT, Some((Likeness::Symbol, 0.8)), "Exchange and symbol, such as NASDAQ:NVDA";
    "parent", "Parent", "모회사", COMPANY, Own("/parent"), COMPANIES, Some((Likeness::Name, 0.3)), "The company that it belongs to";
    "subsidiaries", "Subsidiaries", "자회사", COMPANY, Own("/subsidiaries"), COMPANIES, None, "The companies that belong to it";
    "roles", "Roles", "역할", &[Kind::Company, Kind::Layer], Own("/roles"), ROLES, Some((Likeness::Name, 0.3)), "What it is in the stack; of a layer, who supplies in it";
    "layers", "Layers", "계층", COMPANY, Own("/activities"), LAYERS, Some((Likeness::Name, 0.3)), "Where it acts in the stack";
    "suppliers", "Suppliers", "공급사", COMPANY, List("dependencies", "company"), COMPANIES, None, "The companies that it depends on directly";
    "dependents", "Dependents", "의존하는 기업", COMPANY, List("dependents", "company"), COMPANIES, None, "The companies that depend on it directly";
    "suppliers_count", "Number of suppliers", "공급사 수", COMPANY, Own("/counts/dependencies"), Shape::Number, None, "How many companies it depends on directly";
    "dependents_count", "Number of dependents", "의존하는 기업 수", COMPANY, Own("/counts/dependents"), Shape::Number, None, "How many companies depend on it directly";
    "number", "Number", "번호", ROLE, Own("/number"), Shape::Number, None, "Its number";
    "layer", "Layer", "계층", ROLE, Own("/layer"), LAYERS, None, "The layer in which it supplies";
    "needs", "Needs", "필요한 계층", &[Kind::Company, Kind::Role], Own("/needs"), LAYERS, None, "The layers without which it cannot go on";
    "tier", "Tier", "단", STACK, Own("/tier"), Shape::Number, None, "Its column in the stack, 0 next to the end user";
    "companies", "Companies", "기업", STACK, Own("/companies"), COMPANIES, None, "The companies that have it, or supply in it";
    "inputs", "Inputs", "세부 품목", LAYER, Own("/inputs"), TEXT, None, "Finer kinds within it, whose suppliers are no alternatives to each other";
}

/// A property as it is proposed.
#[derive(Debug, Serialize)]
pub struct Proposal {
    id: &'static str,
    name: &'static str,
    description: &'static str,
}

/// The property of an id, if there is one.
pub fn find(id: &str) -> Option<&'static Property> {
    ALL.iter().find(|property| property.id == id)
}

/// The property of a kind of entities by its id, which may be in the singular.
pub fn of(kind: Kind, id: &str) -> Option<&'static Property> {
    let singular = |property: &&Property| property.id.strip_suffix('s') == Some(id);
    let own = || ALL.iter().filter(|property| property.of.contains(&kind));
    own().find(|property| property.id == id).or_else(|| own().find(singular))
}

impl Property {
    /// What it is called.
    pub fn name(&self, lang: &str) -> &'static str {
        self.names[usize::from(lang == "ko")]
    }

    /// The property as it is proposed.
    pub fn propose(&self, lang: &str) -> Proposal {
        Proposal { id: self.id, name: self.name(lang), description: self.about }
    }

    /// Whether its id or a name of it holds a text.
    pub fn answers(&self, text: &str) -> bool {
        let text = text.trim().to_lowercase();
        self.names.iter().chain([&self.id]).any(|name| name.to_lowercase().contains(&text))
    }

    /// Its values, out of what stands at the pointer: each once, as a client takes them.
    pub fn values(&self, found: Option<&Value>, stack: &Stack) -> Vec<Value> {
        let found = match found {
            None | Some(Value::Null) => &[][..],
            Some(Value::Array(several)) => several,
            Some(one) => std::slice::from_ref(one),
        };
        let mut values: Vec<Value> = Vec::with_capacity(found.len());
        for value in found.iter().filter_map(|value| self.value(value, stack)) {
            if !values.contains(&value) {
                values.push(value);
            }
        }
        values
    }

    fn value(&self, found: &Value, stack: &Stack) -> Option<Value> {
        match self.shape {
            Shape::Text => Some(json!({"str": found.as_str().or_else(|| found["name"].as_str())?})),
            Shape::Number => Some(match found.as_i64() {
                Some(whole) => json!({"int": whole}),
                None => json!({"float": found.as_f64()?}),
            }),
            Shape::Entity(Kind::Company) => Some(json!({"id": found["id"].as_str()?, "name": found["name"].as_str()?})),
            Shape::Entity(kind) => {
                let id = found.as_str().or_else(|| found[kind.id()].as_str())?;
                Some(json!({"id": Entity::new(kind, id).to_string(), "name": stack.name(kind, id)}))
            }
        }
    }
}
