//! How much findings weigh: by the table of rules, and as `dataset.json` sees it.

use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value, json};

use super::rules::{Rule, TABLE};

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Nothing is said.
    Off,
    /// It is said, and the data are served.
    Warning,
    /// Nothing is served.
    Error,
}

impl Severity {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// The severities that a data set gives to rules, by the rule's name.
#[derive(Debug, Clone, Default)]
pub struct Severities(BTreeMap<Box<str>, Severity>);

impl Severities {
    /// How much a rule weighs here: as given, if it may be changed, else as the table says.
    pub fn of(&self, rule: Rule) -> Severity {
        let row = rule.row();
        if row.lowers { self.0.get(row.name).copied().unwrap_or(row.severity) } else { row.severity }
    }

    /// What is given, by the rule's name, known or not.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Severity)> {
        self.0.iter().map(|(name, severity)| (&**name, *severity))
    }
}

impl<'de> Deserialize<'de> for Severities {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Given;
        impl<'de> Visitor<'de> for Given {
            type Value = Severities;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object of severities by rule, such as {\"fact-without-source\": \"warning\"}")
            }
            fn visit_unit<E>(self) -> Result<Severities, E> {
                Ok(Severities::default())
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Severities, A::Error> {
                let mut given = BTreeMap::new();
                while let Some((rule, severity)) = map.next_entry::<Box<str>, Severity>()? {
                    if given.insert(rule, severity).is_some() {
                        return Err(A::Error::custom("a rule stands twice"));
                    }
                }
                Ok(Severities(given))
            }
        }
        deserializer.deserialize_any(Given)
    }
}

impl JsonSchema for Severities {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Severities".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let severity = generator.subschema_for::<Severity>();
        let rule = |name: &str, means: &str| {
            let mut schema = severity.clone();
            schema.insert("description".into(), json!(format!("{means}.")));
            (name.to_owned(), schema.into())
        };
        let rules: Map<String, Value> =
            TABLE.iter().filter(|row| row.lowers).map(|row| rule(row.name, row.means)).collect();
        json_schema!({"type": ["object", "null"], "properties": rules, "additionalProperties": severity})
    }
}
