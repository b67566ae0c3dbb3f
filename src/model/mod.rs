//! 1 · Words: the values of the domain. Each has one way in (`FromStr` or `TryFrom`), so that a value that
//! exists is a value that is right.

mod codes;
mod date;
mod id;
mod kinds;
mod quantity;
mod registry;
mod text;

pub use codes::{Country, Lang};
pub use date::{Day, PartialDate, Period};
pub use id::{CompanyId, Id, InputId, LayerId, RoleId, SourceId};
pub use kinds::{FigureKind, StakeKind, Status};
pub use quantity::{Money, Number, Percent, Share};
pub use registry::{Lei, Subject, Wikidata};
pub use text::Text;

/// Why a text is not a value of a domain type: what would be right.
///
/// The message completes the sentence "expected …".
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Invalid(pub String);

impl Invalid {
    pub(crate) fn new(expected: impl Into<String>) -> Self {
        Self(expected.into())
    }
}

/// Gives a type that has `FromStr` and `Display` its place in JSON: a string that is parsed on the way in, and a
/// schema whose `format` is the type's own name, so that a validator can ask the same parser.
macro_rules! json_string {
    ($type:ty, $format:literal, $pattern:literal, $description:literal, $example:literal) => {
        impl $type {
            /// The name under which JSON Schemas ask for this parser.
            pub const FORMAT: &'static str = $format;
        }
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }
        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Visitor;
                impl serde::de::Visitor<'_> for Visitor {
                    type Value = $type;
                    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        f.write_str($description)
                    }
                    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<$type, E> {
                        text.parse().map_err(|error| E::custom(format_args!("expected {error}")))
                    }
                }
                deserializer.deserialize_str(Visitor)
            }
        }
        impl utoipa::PartialSchema for $type {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
                let string = utoipa::openapi::schema::Type::String;
                let schema = utoipa::openapi::ObjectBuilder::new().schema_type(string).pattern(Some($pattern));
                schema.description(Some($description)).examples([$example]).into()
            }
        }
        impl utoipa::ToSchema for $type {}
        impl schemars::JsonSchema for $type {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($type).into()
            }
            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({
                    "type": "string", "format": $format, "pattern": $pattern,
                    "description": $description, "examples": [$example],
                })
            }
        }
    };
}
pub(crate) use json_string;
