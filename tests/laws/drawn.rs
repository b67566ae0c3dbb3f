//! Random data sets, and random questions about them.

use linchpin::model::{PartialDate, Status};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::{Value, json};

/// Ids whose order is not that of their words.
pub const COMPANIES: [&str; 7] = ["a", "a-b", "a0", "b", "c", "d-1", "e"];
/// Layers, by tier, then id.
pub const LAYERS: [&str; 4] = ["app", "chip", "cloud", "fab"];
const ROLES: [(&str, &str); 5] =
    [("build", "app"), ("run", "cloud"), ("make", "chip"), ("draw", "chip"), ("cast", "fab")];
const KINDS: [Kind; 7] = [
    ("app", None),
    ("chip", None),
    ("chip", Some("cpu")),
    ("chip", Some("gpu")),
    ("cloud", None),
    ("fab", None),
    ("fab", Some("euv")),
];
const SOURCES: [&str; 3] = ["dated", "seen", "undated"];
const DAYS: [&str; 8] = ["2018", "2020", "2021-04", "2021-05-01", "2022-02-09", "2022-02-10", "2023", "2025"];
const DATES: [&str; 5] = ["2019", "2020-06", "2021-01", "2022-02-10", "2024"];

type Kind = (&'static str, Option<&'static str>);

/// When something holds, and who says so.
#[derive(Debug, Clone)]
struct Fact {
    since: Option<&'static str>,
    until: Option<&'static str>,
    sources: Vec<&'static str>,
}

#[derive(Debug, Clone)]
struct Dependency {
    from: usize,
    to: usize,
    kind: Kind,
    critical: Option<bool>,
    status: Option<&'static str>,
    share: Option<f64>,
    fact: Fact,
}

/// A data set.
#[derive(Debug, Clone)]
pub struct Drawn {
    companies: Vec<(Option<&'static str>, Option<&'static str>)>,
    needs: Vec<Vec<&'static str>>,
    roles: Vec<(usize, usize, Fact)>,
    dependencies: Vec<Dependency>,
    made: Vec<(usize, Kind, Fact)>,
    stakes: Vec<(usize, usize, Fact)>,
    plans: Vec<(usize, Fact)>,
    figures: Vec<(usize, Fact)>,
}

/// A day, a source, a status.
#[derive(Debug, Clone)]
pub struct Asked {
    pub day: PartialDate,
    pub source: Option<&'static str>,
    pub status: Option<Status>,
}

/// How far a walk goes, and what it lists.
#[derive(Debug, Clone)]
pub struct Way {
    pub depth: usize,
    pub via: Option<Vec<&'static str>>,
    pub layer: Option<&'static str>,
    pub role: Option<&'static str>,
    pub country: Option<&'static str>,
}

fn rarely<T: Clone + std::fmt::Debug + 'static>(value: impl Strategy<Value = T>) -> impl Strategy<Value = Option<T>> {
    prop::option::weighted(0.25, value)
}

fn fact() -> impl Strategy<Value = Fact> {
    let sources = subsequence(SOURCES.to_vec(), 0..=SOURCES.len());
    (rarely(select(&DATES[..])), rarely(select(&DATES[..])), sources).prop_map(|(since, until, sources)| Fact {
        since,
        until,
        sources,
    })
}

fn company() -> std::ops::Range<usize> {
    0..COMPANIES.len()
}

fn dependency() -> impl Strategy<Value = Dependency> {
    let critical = prop::option::of(any::<bool>());
    let status = rarely(select(&["confirmed", "reported"][..]));
    let share = rarely(select(&[0.0, 0.25, 0.5, 1.0][..]));
    (company(), company(), select(&KINDS[..]), critical, status, share, fact()).prop_map(
        |(from, to, kind, critical, status, share, fact)| Dependency { from, to, kind, critical, status, share, fact },
    )
}

/// Data sets of two to seven companies.
pub fn drawn() -> impl Strategy<Value = Drawn> {
    let one = (rarely(select(&DATES[..])), rarely(select(&["KR", "US"][..])));
    let needs = subsequence(LAYERS.to_vec(), 0..=LAYERS.len());
    (
        prop::collection::vec(one, 2..=COMPANIES.len()),
        prop::collection::vec(needs, ROLES.len()),
        prop::collection::vec((company(), 0..ROLES.len(), fact()), 0..8),
        prop::collection::vec(dependency(), 0..16),
        prop::collection::vec((company(), select(&KINDS[..]), fact()), 0..4),
        prop::collection::vec((company(), company(), fact()), 0..2),
        prop::collection::vec((company(), fact()), 0..2),
        prop::collection::vec((company(), fact()), 0..2),
    )
        .prop_map(|(companies, needs, roles, dependencies, made, stakes, plans, figures)| Drawn {
            companies,
            needs,
            roles,
            dependencies,
            made,
            stakes,
            plans,
            figures,
        })
}

/// Questions.
pub fn asked() -> impl Strategy<Value = Asked> {
    let status = rarely(select(&[Status::Confirmed, Status::Reported][..]));
    (select(&DAYS[..]), rarely(select(&SOURCES[..])), status).prop_map(|(day, source, status)| Asked {
        day: day.parse().unwrap(),
        source,
        status,
    })
}

/// Ways of walking.
pub fn way() -> impl Strategy<Value = Way> {
    let via = subsequence(LAYERS.to_vec(), 1..LAYERS.len());
    let depth = prop_oneof![2 => Just(usize::MAX), 1 => 1_usize..4];
    let role = select(ROLES.map(|(role, _)| role).to_vec());
    (depth, rarely(via), rarely(select(&LAYERS[..])), rarely(role), rarely(select(&["KR", "US"][..])))
        .prop_map(|(depth, via, layer, role, country)| Way { depth, via, layer, role, country })
}

impl Drawn {
    /// The data set as a folder.
    pub fn files(&self) -> Vec<(String, String)> {
        let layer = |(id, tier, inputs): (&str, u16, &[&str])| {
            let inputs: Vec<_> = inputs.iter().map(|id| json!({"id": id, "name": {"en": id}})).collect();
            json!({"id": id, "tier": tier, "name": {"en": id}, "inputs": inputs})
        };
        let layers =
            [("app", 0, &[][..]), ("cloud", 2, &[]), ("chip", 2, &["gpu", "cpu"]), ("fab", 3, &["euv"])].map(layer);
        let roles: Vec<_> = ROLES
            .iter()
            .zip(&self.needs)
            .map(|((id, layer), needs)| {
                // Two years each, together more than all where a role needs three layers.
                let rate = |year| move |of| json!({"layer": of, "low": 0.3, "high": 0.4, "year": year, "sources": []});
                let rates: Vec<_> = needs.iter().map(rate(2022)).chain(needs.iter().map(rate(2019))).collect();
                json!({"id": id, "layer": layer, "needs": needs, "name": {"en": id}, "rates": rates})
            })
            .collect();
        let sources = json!([
            {"id": "dated", "title": "Dated", "published": "2021-05"},
            {"id": "seen", "title": "Seen", "seen": "2022"},
            {"id": "undated", "title": "Undated"},
        ]);
        let all = self.companies.len();
        let figures: Vec<_> = self
            .figures
            .iter()
            .map(|(company, fact)| {
                json!({"subject": format!("company:{}", COMPANIES[company % all]), "measure": "staff", "value": 1,
                       "unit": "people", "year": 2020, "kind": "actual", "sources": fact.sources})
            })
            .collect();
        let manifest = json!({"title": {"en": "Drawn"}, "version": "1", "as_of": "2023",
            "rules": {"fact-without-source": "off", "empty-period": "off"}});
        let mut files = vec![
            ("dataset.json".to_owned(), manifest.to_string()),
            ("layers.json".to_owned(), json!(layers).to_string()),
            ("roles.json".to_owned(), json!(roles).to_string()),
            ("sources.json".to_owned(), sources.to_string()),
            ("figures.json".to_owned(), json!(figures).to_string()),
        ];
        files.extend((0..all).map(|at| (format!("companies/{}.json", COMPANIES[at]), self.company(at).to_string())));
        files
    }

    fn company(&self, at: usize) -> Value {
        let all = self.companies.len();
        let own = |company: usize| company % all == at;
        let dated = |mut value: Value, fact: &Fact| {
            value["since"] = json!(fact.since);
            value["until"] = json!(fact.until);
            value["sources"] = json!(fact.sources);
            value
        };
        let roles: Vec<_> = self.roles.iter().filter(|(company, ..)| own(*company)).collect();
        let roles: Vec<_> = roles.iter().map(|(_, role, fact)| dated(json!({"role": ROLES[*role].0}), fact)).collect();
        let made = self.made.iter().filter(|(company, ..)| own(*company));
        let made: Vec<_> =
            made.map(|(_, (layer, input), fact)| dated(json!({"layer": layer, "input": input}), fact)).collect();
        let mut known = std::collections::HashSet::new();
        let dependencies: Vec<_> = self
            .dependencies
            .iter()
            .filter(|it| own(it.from) && !own(it.to) && known.insert((it.to % all, it.kind, it.fact.since)))
            .map(|it| {
                let (layer, input) = it.kind;
                let value = json!({"on": COMPANIES[it.to % all], "layer": layer, "input": input,
                    "critical": it.critical, "status": it.status, "share": it.share});
                dated(value, &it.fact)
            })
            .collect();
        let stakes = self.stakes.iter().filter(|(company, ..)| own(*company));
        let stakes: Vec<_> = stakes
            .map(|(_, of, fact)| {
                json!({"in": COMPANIES[of % all], "kind": "investment", "date": fact.since, "sources": fact.sources})
            })
            .collect();
        let plans = self.plans.iter().filter(|(company, _)| own(*company));
        let plans: Vec<_> = plans
            .map(|(_, fact)| json!({"text": {"en": "Grow."}, "date": fact.since, "sources": fact.sources}))
            .collect();
        let (founded, country) = self.companies[at];
        json!({"id": COMPANIES[at], "name": {"en": COMPANIES[at]}, "founded": founded, "country": country, "roles": roles,
            "dependencies": dependencies, "self_supply": made, "stakes": stakes, "strategies": plans})
    }
}
