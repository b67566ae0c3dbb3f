//! What the document says of formats: lists and what handlers mark can be had in more than JSON.

use std::collections::BTreeMap;

use utoipa::openapi::path::{Operation, Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{Components, Content, OpenApi, Ref, RefOr, Required, Response, Schema};

use crate::export::{Family, Format};

/// The mark of a handler whose answer is a thing or a graph.
const MARK: &str = "x-formats";

/// Adds to each operation the formats of its answers and the parameter that names one, and says which family each path is.
pub fn declare(document: &mut OpenApi) -> BTreeMap<String, Family> {
    let mut families = BTreeMap::new();
    let OpenApi { paths, components, .. } = document;
    for (path, item) in &mut paths.paths {
        let Some(operation) = &mut item.get else { continue };
        let family = family(operation, components.as_ref());
        if let Some(extensions) = &mut operation.extensions {
            extensions.remove(MARK);
        }
        let formats = family.formats();
        if formats.len() > 1 {
            add_contents(operation, formats);
            operation.parameters.get_or_insert_default().push(RefOr::T(parameter(formats)));
        }
        families.insert(path.clone(), family);
    }
    families
}

fn family(operation: &Operation, components: Option<&Components>) -> Family {
    let marked = operation.extensions.as_ref().and_then(|extensions| extensions.get(MARK)?.as_str());
    match marked {
        Some("graph") => Family::Graph,
        Some("drawn") => Family::Drawn,
        Some("thing") => Family::Thing,
        Some("vocabulary") => Family::Vocabulary,
        Some("feed") => Family::Feed,
        Some("events") => Family::Events,
        _ if is_list(operation, components) => Family::List,
        _ => Family::Plain,
    }
}

/// Whether an operation answers with a page of a list.
fn is_list(operation: &Operation, components: Option<&Components>) -> bool {
    let schema = || {
        let RefOr::T(Response { content, .. }) = operation.responses.responses.get("200")? else { return None };
        let RefOr::T(json) = content.get(Format::Json.media_type())? else { return None };
        let Some(RefOr::Ref(Ref { ref_location, .. })) = &json.schema else { return None };
        components?.schemas.get(ref_location.rsplit('/').next()?)
    };
    match schema() {
        Some(RefOr::T(Schema::Object(object))) => {
            ["items", "total", "next"].iter().all(|key| object.properties.contains_key(*key))
        }
        _ => false,
    }
}

fn add_contents(operation: &mut Operation, formats: &[Format]) {
    let Some(RefOr::T(response)) = operation.responses.responses.get_mut("200") else { return };
    for format in formats {
        let kind = if format.media_type().ends_with("json") { Type::Object } else { Type::String };
        let schema = ObjectBuilder::new().schema_type(kind).description(Some(format.meaning())).build();
        response.content.entry(format.media_type().to_owned()).or_insert_with(|| RefOr::T(Content::new(Some(schema))));
    }
}

fn parameter(formats: &[Format]) -> Parameter {
    let names: Vec<_> = formats.iter().map(|format| format.name()).collect();
    let usual = names.first().copied().unwrap_or_default();
    let schema = ObjectBuilder::new().schema_type(Type::String).enum_values(Some(names)).default(Some(usual.into()));
    ParameterBuilder::new()
        .name("format")
        .parameter_in(ParameterIn::Query)
        .required(Required::False)
        .description(Some("The format of the answer. Without it, `Accept` picks."))
        .schema(Some(schema.build()))
        .example(Some(usual.into()))
        .build()
}
