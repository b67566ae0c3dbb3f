//! The manifest: what the service offers, and where.

use serde_json::{Value, json};

use super::door::Door;
use super::entity::Kind;

/// A batch has as many queries as a client that asks for more at once may send without being told off.
const BATCH: usize = 100;

/// The manifest for a client, in the language of `door`; addresses keep `lang` if it was asked for.
/// `origin` is where they begin.
pub fn manifest(origin: &str, door: &Door, lang: Option<&str>) -> Value {
    let lang = lang.map(|lang| format!("&lang={lang}")).unwrap_or_default();
    let title = door.overview["title"].as_str().unwrap_or_default();
    let suggest = |what: &str| json!({"service_url": origin, "service_path": format!("/reconcile/suggest/{what}")});
    let preview = format!("{origin}/reconcile/preview?id={{{{id}}}}{lang}");
    json!({
        "versions": ["0.1", "0.2"],
        "name": title,
        "identifierSpace": format!("{origin}/v1/companies/"),
        "schemaSpace": "https://schema.org/Organization",
        "documentation": format!("{origin}/docs/"),
        "serviceVersion": env!("CARGO_PKG_VERSION"),
        "defaultTypes": [Kind::Company.as_type(door.lang())],
        "batchSize": BATCH,
        "view": {"url": format!("{origin}/reconcile/view?id={{{{id}}}}")},
        "preview": {"url": preview, "width": 420, "height": 220},
        "suggest": {"entity": suggest("entity"), "property": suggest("property"), "type": suggest("type")},
        "extend": {
            "propose_properties": {"service_url": origin, "service_path": "/reconcile/properties"},
            "property_settings": [
                {"name": "limit", "label": "Limit", "type": "number", "default": 0,
                 "help_text": "How many values at the most (0 for all)"},
                {"name": "as_of", "label": "As of", "type": "text", "default": "",
                 "help_text": "The day asked about, such as 2023-02; the day of the data without it"},
            ],
        },
    })
}
