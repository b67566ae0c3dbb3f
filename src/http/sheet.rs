//! Lists as sheets: a row an item, a column a field. The columns are those of the schema that OpenAPI shows of the list, so
//! an empty list has them, too.

use serde_json::{Map, Value};
use utoipa::ToSchema;

use crate::export::{Sheet, words};

/// Fields of fields of fields, and no further.
const DEEPEST: usize = 3;

/// A page of a list as CSV.
pub fn sheet<T: ToSchema>(page: &Value) -> std::io::Result<Vec<u8>> {
    let columns = columns::<T>();
    let mut bytes = Vec::new();
    let mut sheet = Sheet::new(&mut bytes, columns.iter().map(|path| path.join(".")))?;
    for item in page["items"].as_array().into_iter().flatten() {
        for path in &columns {
            match path.iter().fold(item, |value, name| &value[name]) {
                Value::String(text) => sheet.text(text)?,
                Value::Null => sheet.plain("")?,
                Value::Number(number) => sheet.plain(&number.to_string())?,
                other => sheet.text(&words(other, "; "))?,
            }
        }
        sheet.end_row()?;
    }
    sheet.end()?;
    Ok(bytes)
}

/// The paths of the fields of an item.
fn columns<T: ToSchema>() -> Vec<Vec<String>> {
    let mut named = Vec::new();
    T::schemas(&mut named);
    let value = |schema| serde_json::to_value(schema).unwrap_or_default();
    let named: Map<String, Value> = named.into_iter().map(|(name, schema)| (name, value(schema))).collect();
    let page = value(T::schema());
    let mut columns = Vec::new();
    collect(&named, &page["properties"]["items"]["items"], &mut Vec::new(), &mut columns);
    columns
}

fn collect(named: &Map<String, Value>, schema: &Value, path: &mut Vec<String>, columns: &mut Vec<Vec<String>>) {
    if let Some(reference) = schema["$ref"].as_str() {
        let name = reference.rsplit('/').next().unwrap_or_default();
        return collect(named, &named[name], path, columns);
    }
    let parts = schema.get("allOf").or_else(|| schema.get("oneOf")).and_then(Value::as_array);
    if let Some(parts) = parts {
        let told = parts.iter().filter(|part| part["type"] != "null");
        return told.for_each(|part| collect(named, part, path, columns));
    }
    match schema["properties"].as_object().filter(|_| path.len() < DEEPEST) {
        None => columns.push(path.clone()),
        Some(fields) => {
            for (name, field) in fields.iter().filter(|(name, _)| *name != "href") {
                path.push(name.clone());
                collect(named, field, path, columns);
                path.pop();
            }
        }
    }
}
