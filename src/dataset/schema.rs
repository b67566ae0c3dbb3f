//! The JSON Schemas of a data folder, generated from the records. What an editor checks by them is what is loaded.

use std::sync::LazyLock;

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use serde_json::Value;

use super::parse::Record;
use super::record::{CompanyRecord, FigureRecord, LayerRecord, Manifest, RoleRecord, SourceRecord};

/// The schemas, by the name of their record.
static SCHEMAS: LazyLock<[(&str, Schema); 6]> = LazyLock::new(|| {
    [
        of::<Manifest>("A data set"),
        of::<Vec<LayerRecord>>("The layers of the stack"),
        of::<Vec<RoleRecord>>("The roles in the stack"),
        of::<CompanyRecord>("A company"),
        of::<Vec<FigureRecord>>("Figures that somebody published"),
        of::<Vec<SourceRecord>>("Sources: who says so"),
    ]
});

fn of<T: JsonSchema + Record>(title: &str) -> (&'static str, Schema) {
    let mut schema = SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<T>();
    schema.insert("title".into(), title.into());
    (T::SCHEMA, schema)
}

/// Every schema as pretty JSON, by the name of its file, such as `company.json`.
pub fn all() -> impl Iterator<Item = (String, String)> {
    SCHEMAS.iter().map(|(name, schema)| (format!("{name}.json"), format!("{:#}\n", schema.as_value())))
}

/// The schema of a record.
pub(crate) fn schema<T: Record>() -> &'static Value {
    let found = SCHEMAS.iter().find(|(name, _)| *name == T::SCHEMA);
    found.map_or(&Value::Null, |(_, schema)| schema.as_value())
}
