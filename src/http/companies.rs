//! Companies: the list, and one in full.

use std::collections::BTreeSet;

use actix_web::get;
use serde::Serialize;
use serde_json::value::RawValue;
use utoipa::ToSchema;

use super::answer::Answer;
use super::ask::Ask;
use super::page::key;
use super::parameters::{CompaniesQuery, CompanyPath, PageQuery, Sort, ViewQuery};
use super::problem::{NotFound, Problem, Problems};
use super::views::{
    Citation, CompanyList, CompanyStrategy, CompanySummary, OwnSupply, PublishedFigure, Reference, Role, RoleHeldList,
    StakeHeld, layer_and_input, layer_id,
};
use crate::export::{About, Format, Href};
use crate::graph::{CompanyIx, HeldRole, RoleIx, SourceIx, TermsId, fold};
use crate::model::{Country, Day, Lei, PartialDate, Text, Wikidata};
use crate::query;

/// One company, all of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct Company<'a> {
    /// Its id.
    #[schema(example = "openai")]
    id: &'a str,
    /// What it is called in the language asked for.
    #[schema(example = "OpenAI")]
    name: &'a str,
    /// What it is called in every language.
    #[schema(value_type = std::collections::BTreeMap<String, String>)]
    names: &'a Text,
    /// Its address.
    #[schema(value_type = String, example = "/v1/companies/openai")]
    href: Href<'a>,
    /// Former and other names.
    #[schema(value_type = Vec<String>)]
    aliases: &'a [Box<str>],
    /// Names of its products.
    #[schema(value_type = Vec<String>)]
    products: &'a [Box<str>],
    /// What it does, in a sentence.
    description: Option<&'a str>,
    /// Where its headquarters are: ISO 3166-1 alpha-2.
    country: Option<Country>,
    /// When it was founded.
    founded: Option<PartialDate>,
    /// Its web address.
    website: Option<&'a str>,
    /// Its item in Wikidata.
    wikidata: Option<&'a Wikidata>,
    /// Its Legal Entity Identifier: ISO 17442.
    lei: Option<&'a Lei>,
    /// Exchange and symbol.
    #[schema(example = "NASDAQ:NVDA")]
    ticker: Option<&'a str>,
    /// The company that it belongs to.
    parent: Option<Reference<'a>>,
    /// The companies that belong to it.
    subsidiaries: Vec<Reference<'a>>,
    /// Whether it is in the graph of the day: founded by then and, with `source`, named by one of the source's facts.
    present: bool,
    /// The roles it has on the day.
    roles: Vec<Role<'a>>,
    /// Where it acts, on any day: the nodes of the graph.
    activities: Vec<Activity<'a>>,
    /// What it cannot do without on the day. The suppliers of a need are alternatives: any one keeps it met.
    needs: Vec<Need<'a>>,
    /// What it makes for itself on the day.
    self_supply: Vec<OwnSupply<'a>>,
    /// How many suppliers and dependents it has, directly.
    counts: Counts,
    /// What it holds of others, and others of it.
    stakes: Vec<StakeHeld<'a>>,
    /// Published numbers about it.
    figures: Vec<PublishedFigure<'a>>,
    /// What it is after.
    strategies: Vec<CompanyStrategy<'a>>,
    /// The ids of layers it uses, with no supplier on record.
    #[schema(example = json!(["power"]))]
    gaps: Vec<&'a str>,
    /// Everything that says so: the sources of what is answered here and of its dependencies.
    #[schema(value_type = Vec<Citation>)]
    sources: Vec<&'a RawValue>,
    /// The day asked about.
    #[schema(value_type = String, format = Date, example = "2026-11-26")]
    as_of: Day,
}

/// A company acting in a layer.
#[derive(Debug, Serialize, ToSchema)]
pub struct Activity<'a> {
    /// The id of the layer; null if the company acts in none.
    #[schema(example = "model")]
    layer: Option<&'a str>,
    /// The ids of the layers it uses.
    #[schema(example = json!(["cloud", "data"]))]
    uses: Vec<&'a str>,
}

/// Something a company cannot do without.
#[derive(Debug, Serialize, ToSchema)]
pub struct Need<'a> {
    /// The id of the layer.
    #[schema(example = "cloud")]
    layer: &'a str,
    /// The id of the input, the finer kind within the layer.
    input: Option<&'a str>,
    /// The other companies that supply it.
    suppliers: Vec<Reference<'a>>,
    /// Whether the company makes it itself, too.
    self_supplied: bool,
}

/// How many suppliers and dependents a company has: the totals of the lists.
#[derive(Debug, Serialize, ToSchema)]
pub struct Counts {
    /// How many companies it gets something from, directly.
    #[schema(example = 3)]
    dependencies: usize,
    /// Where they are listed.
    #[schema(example = "/v1/companies/openai/dependencies")]
    dependencies_href: String,
    /// How many companies get something from it, directly.
    #[schema(example = 40)]
    dependents: usize,
    /// Where they are listed.
    #[schema(example = "/v1/companies/openai/dependents")]
    dependents_href: String,
}

/// List the companies
///
/// The companies in the graph of the day, by id unless `sort` says otherwise. Filters add up.
#[utoipa::path(
    operation_id = "listCompanies", tag = "companies", extensions(("x-command" = json!("companies"))),
    params(ViewQuery, PageQuery, CompaniesQuery),
    responses((status = 200, description = "A page of companies.", body = CompanyList), Problems),
)]
#[get("/companies")]
pub async fn list_companies(ask: Ask<(PageQuery, CompaniesQuery)>) -> Answer {
    let (graph, view) = (ask.graph(), &*ask.view);
    let mut rows = kept(&ask)?;
    let name = |company: CompanyIx| fold(graph.companies[company as usize].name.get(ask.lang));
    let founded = |company: CompanyIx| graph.companies[company as usize].founded.map(PartialDate::first_day);
    let id = |company: CompanyIx| graph.companies[company as usize].id.as_str();
    let sort = ask.query.1.sort.unwrap_or(Sort::Id);
    let day = |day: Option<Day>| day.map_or_else(|| "~".to_owned(), |day| day.to_string());
    let order = |company: &CompanyIx| match sort {
        Sort::Id | Sort::IdDown => id(*company).to_owned(),
        Sort::Name | Sort::NameDown => key(&[&name(*company), id(*company)]),
        Sort::Founded | Sort::FoundedDown => key(&[&day(founded(*company)), id(*company)]),
    };
    let page = match sort {
        Sort::Id => ask.page(&ask.query.0, "", &rows, order)?,
        Sort::Name | Sort::Founded => {
            rows.sort_by_cached_key(order);
            ask.page(&ask.query.0, &format!("{sort:?}"), &rows, order)?
        }
        Sort::IdDown | Sort::NameDown | Sort::FoundedDown => {
            rows.sort_by_cached_key(|company| std::cmp::Reverse(order(company)));
            ask.page(&ask.query.0, &format!("{sort:?}"), &rows, |company| super::page::downward(&order(company)))?
        }
    };
    let items = page.rows.iter().map(|&company| CompanySummary::new(graph, view, ask.lang, company)).collect();
    ask.list(&CompanyList::new(items, &page, view.filter.day))
}

fn kept(ask: &Ask<(PageQuery, CompaniesQuery)>) -> Result<Vec<CompanyIx>, Problem> {
    let (graph, view, query) = (ask.graph(), &*ask.view, &ask.query.1);
    let role = query.role.as_ref().map(|name| ask.role("role", name)).transpose()?;
    let layer = query.layer.as_ref().map(|name| ask.layer("layer", name)).transpose()?;
    let only = query.id.as_ref().map(|names| ask.companies("id", names)).transpose()?;
    let hits = query
        .q
        .as_ref()
        .map(|text| query::search(graph, Some(view), &text.0).iter().map(|hit| hit.company).collect::<BTreeSet<_>>());
    let has = |company: CompanyIx, wanted: &dyn Fn(RoleIx) -> bool| {
        graph.held_roles.of(company).iter().any(|held| view.keeps(held.terms) && wanted(held.role))
    };
    Ok(view
        .companies()
        .filter(|&company| {
            query.country.is_none_or(|country| graph.companies[company as usize].country == Some(country.0))
        })
        .filter(|&company| role.is_none_or(|role| has(company, &|held| held == role)))
        .filter(|&company| layer.is_none_or(|layer| has(company, &|held| graph.roles[held as usize].layer == layer)))
        .filter(|company| only.as_ref().is_none_or(|only| only.contains(company)))
        .filter(|company| hits.as_ref().is_none_or(|hits| hits.contains(company)))
        .filter(|&company| {
            let profile = graph.companies[company as usize].profile.as_deref();
            query.identifier.as_ref().is_none_or(|text| profile.is_some_and(|profile| is_identified(profile, &text.0)))
        })
        .collect())
}

/// Whether a company is known elsewhere by this identifier.
fn is_identified(profile: &crate::graph::Profile, text: &str) -> bool {
    let text = text.trim();
    let ticker = profile.ticker.as_deref().unwrap_or_default();
    let symbol = ticker.split_once(':').map_or(ticker, |(_, symbol)| symbol);
    let whole = [profile.wikidata.as_deref(), profile.lei.as_deref()];
    whole.into_iter().flatten().chain([ticker, symbol]).any(|own| own.eq_ignore_ascii_case(text))
        || profile.website.as_deref().is_some_and(|own| host(own).eq_ignore_ascii_case(host(text)))
}

/// The host of a web address, which may be written without its scheme.
fn host(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    host.strip_prefix("www.").unwrap_or(host)
}

/// Show a company
///
/// All that is known of one company on the day: names and identifiers, roles, activities and what they use, needs and who
/// meets them, stakes, figures, strategies, gaps and sources. Its suppliers and dependents have lists of their own; RDF holds
/// the dependencies at which it stands, on either side.
#[utoipa::path(
    operation_id = "showCompany", tag = "companies", extensions(("x-command" = json!("company")), ("x-formats" = json!("thing"))),
    params(CompanyPath, ViewQuery),
    responses((status = 200, description = "The company.", body = Company), Problems, NotFound),
)]
#[get("/companies/{id}")]
pub async fn show_company(ask: Ask) -> Answer {
    let company = ask.company_in_path()?;
    if ask.format != Format::Json {
        return ask.rdf(About::Company(company));
    }
    let (graph, view, lang) = (ask.graph(), &*ask.view, ask.lang);
    let record = &graph.companies[company as usize];
    let profile = record.profile.as_deref();
    let reference = |company: CompanyIx| Reference::company(graph, lang, company);
    let layers = |layers: &[_]| layers.iter().map(|&layer| layer_id(graph, layer)).collect::<Vec<_>>();
    let href = Href::company(graph, company);

    let mut resting: Vec<TermsId> = Vec::new();
    let mut keeps = |terms: TermsId| {
        view.keeps(terms) && {
            resting.push(terms);
            true
        }
    };
    let roles: Vec<_> = graph.held_roles.of(company).iter().filter(|held| keeps(held.terms)).collect();
    let self_supply: Vec<_> = graph.self_supply.of(company).iter().filter(|made| keeps(made.terms)).collect();
    let stakes: Vec<_> = graph.stakes_of(company).filter(|(_, stake)| keeps(stake.terms)).collect();
    let figures: Vec<_> = graph.figures_of(company).filter(|figure| keeps(figure.terms)).collect();
    let strategies: Vec<_> = graph.strategies.of(company).iter().filter(|plan| keeps(plan.terms)).collect();
    let suppliers = graph.dependencies.of(company).filter(|&at| view.holds(graph, at));
    resting.extend(suppliers.map(|at| graph.dependencies.terms(at)));
    let mut sources: Vec<SourceIx> = resting.iter().flat_map(|&terms| graph.terms.sources(terms)).copied().collect();
    sources.sort_unstable();
    sources.dedup();

    ask.json(&Company {
        id: record.id.as_str(),
        name: record.name.get(lang),
        names: &record.name,
        href,
        aliases: profile.map_or(&[][..], |profile| &profile.aliases),
        products: profile.map_or(&[][..], |profile| &profile.products),
        description: profile.and_then(|profile| profile.description.as_ref()).map(|text| text.get(lang)),
        country: record.country,
        founded: record.founded,
        website: profile.and_then(|profile| profile.website.as_deref()),
        wikidata: profile.and_then(|profile| profile.wikidata.as_ref()),
        lei: profile.and_then(|profile| profile.lei.as_ref()),
        ticker: profile.and_then(|profile| profile.ticker.as_deref()),
        parent: record.parent.map(reference),
        subsidiaries: graph.subsidiaries.of(company).iter().map(|&company| reference(company)).collect(),
        present: view.has(company),
        roles: roles.into_iter().map(|held| Role::new(graph, lang, held)).collect(),
        activities: graph
            .activities
            .of(company)
            .map(|node| Activity {
                layer: graph.activities.layer(node).map(|layer| layer_id(graph, layer)),
                uses: layers(graph.activities.uses(node)),
            })
            .collect(),
        needs: query::needs(graph, view, company)
            .into_iter()
            .map(|need| {
                let (layer, input) = layer_and_input(graph, need.kind);
                let suppliers = need.suppliers.into_iter().map(reference).collect();
                Need { layer, input, suppliers, self_supplied: need.self_supplied }
            })
            .collect(),
        self_supply: self_supply.into_iter().map(|made| OwnSupply::new(graph, lang, company, made)).collect(),
        counts: Counts {
            dependencies: query::suppliers_count(graph, view, company),
            dependencies_href: format!("{href}/dependencies"),
            dependents: query::dependents_count(graph, view, company),
            dependents_href: format!("{href}/dependents"),
        },
        stakes: stakes.into_iter().map(|(holder, stake)| StakeHeld::new(graph, lang, holder, stake)).collect(),
        figures: figures.into_iter().map(|figure| PublishedFigure::new(graph, lang, figure)).collect(),
        strategies: strategies.into_iter().map(|plan| CompanyStrategy::new(graph, lang, company, plan)).collect(),
        gaps: layers(&query::gaps(graph, view, company)),
        sources: sources.into_iter().map(|source| ask.world.citations.get(source)).collect(),
        as_of: view.filter.day,
    })
}

/// List the roles of a company
///
/// The roles that it has on the day, by number, then by when they began.
#[utoipa::path(
    operation_id = "listRolesOfCompany", tag = "companies", extensions(("x-command" = json!("roles-of"))),
    params(CompanyPath, ViewQuery, PageQuery),
    responses((status = 200, description = "Its roles.", body = RoleHeldList), Problems, NotFound),
)]
#[get("/companies/{id}/roles")]
pub async fn list_roles_of_company(ask: Ask<(PageQuery,)>) -> Answer {
    let company = ask.company_in_path()?;
    let (graph, view) = (ask.graph(), &*ask.view);
    let rows: Vec<&HeldRole> = graph.held_roles.of(company).iter().filter(|held| view.keeps(held.terms)).collect();
    let order = |held: &&HeldRole| {
        let since = graph.terms.get(held.terms).period.since;
        let since = since.map(|since| since.first_day().to_string()).unwrap_or_default();
        key(&[&super::stack::role_order(graph, held.role), &since])
    };
    let page = ask.page(&ask.query.0, "", &rows, order)?;
    let items = page.rows.iter().map(|held| Role::new(graph, ask.lang, held)).collect();
    ask.list(&RoleHeldList::new(items, &page, view.filter.day))
}
