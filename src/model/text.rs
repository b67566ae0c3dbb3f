//! A text in one or more languages.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Lang;

/// The same text in one or more languages, by language code: `{"en": "OpenAI", "ko": "오픈AI"}`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(transparent)]
pub struct Text(#[serde(serialize_with = "as_map")] Box<[(Lang, Box<str>)]>);

fn as_map<S: Serializer>(texts: &[(Lang, Box<str>)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(texts.iter().map(|(lang, text)| (lang, text)))
}

impl Text {
    /// The text in `lang`, else in English, else in the first language there is.
    pub fn get(&self, lang: Lang) -> &str {
        let of = |lang| self.0.iter().find(|(other, _)| *other == lang);
        of(lang).or_else(|| of(Lang::EN)).or(self.0.first()).map_or("", |(_, text)| text)
    }

    /// Every language with its text, by language code.
    pub fn iter(&self) -> impl Iterator<Item = (Lang, &str)> {
        self.0.iter().map(|(lang, text)| (*lang, &**text))
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct TextVisitor;
        impl<'de> Visitor<'de> for TextVisitor {
            type Value = Text;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object of texts by language, such as {\"en\": \"…\"}")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Text, A::Error> {
                let mut texts: Vec<(Lang, Box<str>)> = Vec::new();
                while let Some((lang, text)) = map.next_entry::<Lang, Box<str>>()? {
                    if text.trim().is_empty() {
                        return Err(A::Error::custom("expected a text that is not empty"));
                    }
                    if texts.iter().any(|(other, _)| *other == lang) {
                        return Err(A::Error::custom(format_args!("duplicate field `{lang}`")));
                    }
                    texts.push((lang, text));
                }
                if texts.is_empty() {
                    return Err(A::Error::custom("expected a text in at least one language"));
                }
                texts.sort_unstable();
                Ok(Text(texts.into()))
            }
        }
        deserializer.deserialize_map(TextVisitor)
    }
}

impl JsonSchema for Text {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Text".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "object", "minProperties": 1,
            "propertyNames": {"format": Lang::FORMAT},
            "properties": {"en": {"type": "string", "pattern": "\\S"}, "ko": {"type": "string", "pattern": "\\S"}},
            "additionalProperties": {"type": "string", "pattern": "\\S"},
            "description": "A text in one or more languages, by ISO 639-1 code.",
        })
    }
}
