//! Parameters in paths.

use utoipa::IntoParams;

macro_rules! paths {
    ($($type:ident, $field:ident, $what:literal, $example:literal;)*) => {$(
        #[doc = $what]
        #[derive(IntoParams)]
        #[into_params(parameter_in = Path)]
        #[expect(dead_code, reason = "it declares the parameter; `names` reads it from the path")]
        pub struct $type {
            #[doc = $what]
            #[param(value_type = String, example = $example, min_length = 1)]
            $field: String,
        }
    )*};
}
paths! {
    CompanyPath, id, "The company: its id. Another name of it redirects there.", "openai";
    RolePath, role, "The role: its id. Another name of it redirects there.", "cloud";
    LayerPath, layer, "The layer: its id. Another name of it redirects there.", "chip";
    SourcePath, id, "The source: its id.", "caucasus-2023-02-08";
    DependencyPath, id, "The dependency: its id, as lists give it.", "github.openai.model";
}

/// By what companies are ranked.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
#[expect(dead_code, reason = "it declares the parameter; the handler reads it from the path")]
pub struct MeasurePath {
    /// The measure.
    #[param(inline, example = "pagerank")]
    measure: crate::query::Measure,
}
