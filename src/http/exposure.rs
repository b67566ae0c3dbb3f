//! Exposure: what a list of vendors rests on in common.

use std::collections::BTreeMap;

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, post, web};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::ask::Ask;
use super::body::{body_type, read_body};
use super::parameters::ViewQuery;
use super::problem::{Bodied, Problem, ProblemKind, Refusal};
use super::views::{ConcentrationOfLayer, OwnedReference, Reference, layer_id};
use crate::graph::{CompanyIx, NameKind};
use crate::model::{Country, Day};
use crate::query::{self, Part, Resolved, Support, Vendors, heavier};

/// A body is no larger than this, in bytes.
const LARGEST: usize = 4 << 20;
/// A list has no more vendors than this.
const MOST_VENDORS: usize = 10_000;
/// A weight is no larger than this.
const HEAVIEST: f64 = 1e12;
/// How many suggestions an unclear name gets.
const SUGGESTIONS: usize = 5;

/// A list of vendors.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"vendors": [{"name": "Microsoft Azure", "weight": 3}, {"name": "OpenAI, Inc."}, {"name": "엔비디어"}]}))]
pub struct VendorList {
    /// The vendors, at most 10,000.
    #[schema(min_items = 1, max_items = 10000)]
    vendors: Vec<Vendor>,
}

/// A vendor, as its customer calls it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Vendor {
    /// Its name: company, legal name, former name or product, in any spelling.
    #[schema(example = "Microsoft Azure", min_length = 1, pattern = r"\S")]
    name: String,
    /// How much it counts, such as what is spent on it; 1 without it.
    #[schema(minimum = 0, maximum = 1e12, example = 3)]
    weight: Option<f64>,
}

/// A vendor whose name stands for a company.
#[derive(Debug, Serialize, ToSchema)]
pub struct ResolvedVendor<'a> {
    /// The name as it was given.
    #[schema(example = "Microsoft Azure")]
    name: &'a str,
    /// How much it counts.
    #[schema(minimum = 0, example = 3)]
    weight: f64,
    /// The company that is meant.
    company: Reference<'a>,
    /// The name on record that fits.
    #[schema(example = "Azure")]
    matched: &'a str,
    /// What kind of name that is.
    matched_as: NameKind,
    /// How alike the two are, 0–1; 1 where they are the same but for case, accents, spaces and the legal form.
    #[schema(minimum = 0, maximum = 1, example = 1)]
    score: f64,
}

/// A vendor whose name stands for no company, or for none in particular.
#[derive(Debug, Serialize, ToSchema)]
pub struct UnresolvedVendor<'a> {
    /// The name as it was given.
    #[schema(example = "Acme")]
    name: &'a str,
    /// How much it counts.
    #[schema(minimum = 0, example = 1)]
    weight: f64,
    /// Companies that may be meant, the likeliest first.
    suggestions: Vec<OwnedReference>,
}

/// Some of the vendors.
#[derive(Debug, Serialize, ToSchema)]
pub struct VendorsCounted {
    /// How many vendors.
    #[schema(example = 2)]
    vendors: usize,
    /// Their weight in all.
    #[schema(minimum = 0, example = 4)]
    weight: f64,
}

impl From<Part> for VendorsCounted {
    fn from(part: Part) -> Self {
        Self { vendors: part.vendors, weight: part.weight }
    }
}

/// A company on which several vendors rest.
#[derive(Debug, Serialize, ToSchema)]
pub struct SharedSupplier<'a> {
    /// The company.
    company: Reference<'a>,
    /// How many vendors rest on it, at any depth.
    #[schema(minimum = 2, example = 2)]
    vendors: usize,
    /// The sum of their weights.
    #[schema(minimum = 0, example = 4)]
    weight: f64,
    /// The vendors of which an activity fails if it is down.
    fails: VendorsCounted,
}

/// A company that alone makes vendors fail.
#[derive(Debug, Serialize, ToSchema)]
pub struct SinglePoint<'a> {
    /// The company.
    company: Reference<'a>,
    /// Of how many vendors an activity fails if it is down.
    #[schema(minimum = 1, example = 2)]
    vendors: usize,
    /// The sum of their weights.
    #[schema(minimum = 0, example = 4)]
    weight: f64,
    /// Whether these are all vendors that were recognised, itself aside.
    all: bool,
}

/// A country on whose companies vendors rest.
#[derive(Debug, Serialize, ToSchema)]
pub struct CountryShare {
    /// The country: ISO 3166-1 alpha-2; null for companies of which it is not on record.
    country: Option<Country>,
    /// How many companies there vendors rest on.
    #[schema(minimum = 1, example = 12)]
    companies: usize,
    /// How many vendors rest on one of them, at any depth.
    #[schema(minimum = 1, example = 2)]
    vendors: usize,
    /// The sum of their weights.
    #[schema(minimum = 0, example = 4)]
    weight: f64,
}

/// A vendor with gaps.
#[derive(Debug, Serialize, ToSchema)]
pub struct VendorGaps<'a> {
    /// The vendor.
    company: Reference<'a>,
    /// The ids of the layers it uses, with no supplier on record.
    #[schema(example = json!(["power"]))]
    gaps: Vec<&'a str>,
}

/// What the data do not know of the vendors.
#[derive(Debug, Serialize, ToSchema)]
pub struct UnknownOfVendors<'a> {
    /// Vendors of which no supplier is on record.
    without_suppliers: Vec<Reference<'a>>,
    /// Vendors that use layers for which no supplier is on record.
    with_gaps: Vec<VendorGaps<'a>>,
    /// How many dependencies the vendors themselves have.
    #[schema(example = 12)]
    dependencies: usize,
    /// How many of these rest on one voice: one publisher, or sources that only report it.
    #[schema(example = 4)]
    weak: usize,
}

/// What a list of vendors rests on in common.
#[derive(Debug, Serialize, ToSchema)]
pub struct Exposure<'a> {
    /// The vendors that were recognised, in the order of the list.
    vendors: Vec<ResolvedVendor<'a>>,
    /// Those that were not.
    unresolved: Vec<UnresolvedVendor<'a>>,
    /// How many companies the recognised ones are, each counted once, and their weight in all.
    recognised: VendorsCounted,
    /// Every company on which two vendors or more rest, at any depth: the one with most weight first, then by how many
    /// vendors, then by id.
    shared: Vec<SharedSupplier<'a>>,
    /// Every company that alone makes a vendor fail, the one that makes most weight fail first.
    single_points: Vec<SinglePoint<'a>>,
    /// How concentrated what the vendors buy is, directly: as for all companies, with the weights of the vendors as votes.
    concentration: Vec<ConcentrationOfLayer<'a>>,
    /// In which countries the companies are on which the vendors rest, at any depth.
    countries: Vec<CountryShare>,
    /// What the data do not know.
    unknown: UnknownOfVendors<'a>,
    /// The day asked about.
    #[schema(value_type = String, format = Date, example = "2026-11-26")]
    as_of: Day,
}

/// Ask what a list of vendors rests on
///
/// Up to 10,000 vendors by any name, with weights, as JSON or as CSV (a column of names, and one of weights if there is
/// one; a first row `name,weight` is taken as heading). Names are recognised by id, name, alias or product, without their
/// legal form, and if need be by likeness; what is not clear comes back with suggestions. Then: the suppliers that vendors
/// have in common at any depth, what fails if each of them fails, concentration, countries, and what is not known.
#[utoipa::path(
    operation_id = "showExposure", tag = "risk", extensions(("x-command" = json!("exposure"))),
    params(ViewQuery),
    request_body(description = "The vendors.", content((VendorList = "application/json"), (String = "text/csv", example = "name,weight\nMicrosoft Azure,3\nOpenAI,1\n"))),
    responses((status = 200, description = "What they rest on.", body = Exposure), Bodied),
)]
#[post("/exposure")]
pub async fn show_exposure(ask: Ask, request: HttpRequest, payload: web::Payload) -> Result<HttpResponse, Refusal> {
    let vendors = vendors(&request, &read_body(payload, LARGEST).await?)?;
    let (graph, view, lang) = (ask.graph(), &*ask.view, ask.lang);
    let reference = |company: CompanyIx| Reference::company(graph, lang, company);
    let (mut resolved, mut unresolved, mut known) = (Vec::new(), Vec::new(), Vendors::new());
    let mut asked: BTreeMap<&str, Resolved<'_>> = BTreeMap::new();
    for Vendor { name, weight } in &vendors {
        let weight = weight.unwrap_or(1.0);
        match asked.entry(name).or_insert_with(|| query::resolve(graph, name)) {
            Resolved::Company(hit) => {
                *known.entry(hit.company).or_default() += weight;
                let (company, matched, matched_as, score) = (reference(hit.company), hit.matched, hit.kind, hit.score);
                resolved.push(ResolvedVendor { name, weight, company, matched, matched_as, score });
            }
            Resolved::Unclear(likely) => {
                let likely = likely.iter().take(SUGGESTIONS);
                let suggestions = likely.map(|&company| OwnedReference::company(graph, company)).collect();
                unresolved.push(UnresolvedVendor { name, weight, suggestions });
            }
        }
    }
    let study = ask.world.snapshot.study(view);
    let found = query::exposure(graph, view, &study.needs, &known)?;
    let shared = found.supports.iter().filter(|support| support.resting.vendors >= 2);
    let mut points: Vec<&Support> = found.supports.iter().filter(|support| support.failing.vendors > 0).collect();
    points.sort_by(|a, b| heavier(a.failing, b.failing).then(a.company.cmp(&b.company)));
    let others = |company| known.len() - usize::from(known.contains_key(&company));
    let answer = Exposure {
        recognised: VendorsCounted {
            vendors: known.len(),
            weight: known.values().fold(0.0, |sum, weight| sum + weight),
        },
        vendors: resolved,
        unresolved,
        shared: shared
            .map(|support| SharedSupplier {
                company: reference(support.company),
                vendors: support.resting.vendors,
                weight: support.resting.weight,
                fails: support.failing.into(),
            })
            .collect(),
        single_points: points
            .into_iter()
            .map(|support| SinglePoint {
                company: reference(support.company),
                vendors: support.failing.vendors,
                weight: support.failing.weight,
                all: support.failing.vendors == others(support.company),
            })
            .collect(),
        concentration: found
            .concentration
            .iter()
            .map(|row| ConcentrationOfLayer::new(graph, lang, view.filter.day, row))
            .collect(),
        countries: found
            .countries
            .into_iter()
            .map(|part| CountryShare {
                country: part.country,
                companies: part.companies,
                vendors: part.resting.vendors,
                weight: part.resting.weight,
            })
            .collect(),
        unknown: UnknownOfVendors {
            without_suppliers: found.unknown.without_suppliers.into_iter().map(reference).collect(),
            with_gaps: found
                .unknown
                .with_gaps
                .into_iter()
                .map(|(company, gaps)| VendorGaps {
                    company: reference(company),
                    gaps: gaps.into_iter().map(|layer| layer_id(graph, layer)).collect(),
                })
                .collect(),
            dependencies: found.unknown.dependencies,
            weak: found.unknown.weak,
        },
        as_of: view.filter.day,
    };
    // The answer to a body is not remembered, neither here nor on the way: it may be confidential.
    Ok(HttpResponse::Ok().insert_header((header::CACHE_CONTROL, "no-store")).json(answer))
}

fn invalid(detail: String) -> Problem {
    let takes = r#"`{"vendors": [{"name": "…", "weight": 1}]}`, or CSV with a column of names and one of weights"#;
    Problem::new(ProblemKind::InvalidBody, detail).taking(takes)
}

/// The vendors that a body lists.
fn vendors(request: &HttpRequest, body: &[u8]) -> Result<Vec<Vendor>, Problem> {
    let kind = body_type(request);
    let vendors = match kind.as_str() {
        "application/json" => {
            let list: VendorList = serde_json::from_slice(body)
                .map_err(|error| invalid(format!("the body is not as it should be: {error}")))?;
            list.vendors
        }
        "text/csv" => rows(body)?,
        _ => {
            let takes = "`application/json`, `text/csv`";
            let detail = format!("the body is given as `{kind}`; the route takes {takes}");
            return Err(Problem::new(ProblemKind::UnsupportedMediaType, detail).taking(takes));
        }
    };
    if vendors.is_empty() {
        return Err(invalid("the list has no vendors".to_owned()));
    }
    if vendors.len() > MOST_VENDORS {
        return Err(invalid(format!("the list has {} vendors; it may have {MOST_VENDORS}", vendors.len())));
    }
    for (at, Vendor { name, weight }) in (1..).zip(&vendors) {
        if name.trim().is_empty() {
            return Err(invalid(format!("vendor {at} has no name")));
        }
        if weight.is_some_and(|weight| !(0.0..=HEAVIEST).contains(&weight)) {
            return Err(invalid(format!("vendor {at} has a weight that is no number from 0 to {HEAVIEST:e}")));
        }
    }
    Ok(vendors)
}

/// The vendors of a table: the columns `name` and `weight`, or without headings the first two.
fn rows(body: &[u8]) -> Result<Vec<Vendor>, Problem> {
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    let first = body.split(|&b| b == b'\n').next().unwrap_or_default();
    // Spreadsheets write semicolons where a comma is the decimal mark.
    let delimiter = if first.contains(&b';') && !first.contains(&b',') { b';' } else { b',' };
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .trim(csv::Trim::All)
        .from_reader(body);
    let (mut name, mut weight) = (0, Some(1));
    let mut vendors = Vec::new();
    for (at, record) in reader.records().enumerate() {
        let record = record.map_err(|error| invalid(format!("the table cannot be read: {error}")))?;
        let column = |heading: &str| record.iter().position(|cell| cell.eq_ignore_ascii_case(heading));
        if let (0, Some(found)) = (at, column("name")) {
            (name, weight) = (found, column("weight"));
            continue;
        }
        let line = record.position().map_or(at as u64 + 1, csv::Position::line);
        let given = weight.and_then(|weight| record.get(weight)).filter(|text| !text.is_empty());
        let given = given.map(|text| {
            let number = if delimiter == b';' { text.replace(',', ".") } else { text.to_owned() };
            number.parse().map_err(|_| invalid(format!("line {line}: `{text}` is no weight")))
        });
        let name = record.get(name).unwrap_or_default();
        if name.is_empty() {
            return Err(invalid(format!("line {line} has no name")));
        }
        vendors.push(Vendor { name: name.to_owned(), weight: given.transpose()? });
    }
    Ok(vendors)
}
