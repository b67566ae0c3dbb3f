//! From records to numbers: the one place where both are seen together.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use fixedbitset::FixedBitSet;

use super::terms::{Guards, Interner};
use super::{
    Activities, ByCompany, Company, CompanyIx, Dependencies, DependencyIx, Figure, Graph, GuardId, HeldRole, Input,
    Kind, KindIx, Layer, LayerIx, Manifest, Names, NodeIx, Profile, Rate, Role, RoleIx, Row, SelfSupply, Source,
    SourceIx, Stake, Strategy, Structure, TermsId, Wording,
};
use crate::dataset::Dataset;
use crate::dataset::record::{CompanyRecord, DependencyRecord, List, RateRecord};
use crate::model::{CompanyId, InputId, Lang, LayerId, PartialDate, Period, RoleId, SourceId, Status};

/// A record that names what the data set does not hold.
///
/// A [`Dataset`] that `dataset::load` gave has none; one made by other means may.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the data set names `{0}`, which it does not hold")]
pub struct Dangling(String);

impl Graph {
    /// The graph of a data set.
    ///
    /// # Errors
    /// If a record names what the data set does not hold.
    pub fn build(dataset: Dataset) -> Result<Self, Dangling> {
        let numbers = Numbers::of(&dataset);
        let mut interner = Interner::default();
        let Dataset {
            manifest,
            layers,
            roles,
            companies: records,
            figures,
            sources,
            revision,
            modified,
        } = dataset;
        let mut basis = Basis {
            numbers: &numbers,
            sources: &sources,
            interner: &mut interner,
        };

        let roles = roles
            .into_iter()
            .map(|role| {
                let mut needs: Vec<_> = role
                    .needs
                    .iter()
                    .map(|need| numbers.layer(need))
                    .collect::<Result<_, _>>()?;
                needs.sort_unstable();
                needs.dedup();
                Ok(Role {
                    layer: numbers.layer(&role.layer)?,
                    rates: role
                        .rates
                        .0
                        .into_iter()
                        .map(|rate| basis.rate(rate))
                        .collect::<Result<_, _>>()?,
                    id: role.id,
                    number: role.number,
                    needs,
                    name: role.name,
                    description: role.description,
                })
            })
            .collect::<Result<Vec<_>, _>>()?;

        let mut rows = Vec::new();
        let mut wordings = Vec::new();
        let (mut held, mut made, mut stakes, mut strategies) = (vec![], vec![], vec![], vec![]);
        let mut companies = Vec::with_capacity(records.len());
        for (from, mut record) in records.into_iter().enumerate() {
            held.push(basis.held_roles(&mut record)?);
            made.push(basis.self_supply(&mut record)?);
            stakes.push(basis.stakes(&mut record)?);
            strategies.push(basis.strategies(&mut record)?);
            for (row, wording) in basis.dependencies(from as CompanyIx, std::mem::take(&mut record.dependencies))? {
                rows.push(row);
                wordings.push(wording);
            }
            companies.push(numbers.company_of(record)?);
        }
        let figures = figures
            .into_iter()
            .map(|figure| {
                let company = figure.subject.company().map(|id| numbers.company(&id)).transpose()?;
                Ok(Figure {
                    company,
                    terms: basis.terms(Period::default(), None, &figure.sources)?,
                    subject: figure.subject.into(),
                    measure: figure.measure,
                    value: figure.value.get(),
                    unit: figure.unit,
                    year: figure.year,
                    kind: figure.kind,
                    note: figure.note,
                })
            })
            .collect::<Result<Vec<_>, _>>()?;

        let mut dependencies = Dependencies::from_sorted(companies.len(), rows);
        for (dependency, wording) in wordings.into_iter().enumerate() {
            dependencies.describe(dependency as DependencyIx, wording);
        }
        let held_roles = ByCompany::collect(held);
        let self_supply = ByCompany::collect(made);
        let stakes = ByCompany::collect(stakes);
        let all = companies.len();
        let parents = companies
            .iter()
            .enumerate()
            .filter_map(|(at, company)| Some((company.parent?, at as CompanyIx)));
        let subsidiaries = ByCompany::group(all, parents);
        let subjects = figures
            .iter()
            .enumerate()
            .filter_map(|(at, figure)| Some((figure.company?, at as u32)));
        let figures_about = ByCompany::group(all, subjects);
        let holders = (0..all as CompanyIx).flat_map(|holder| {
            let own: &[Stake] = stakes.of(holder);
            own.iter()
                .enumerate()
                .map(move |(at, stake)| (stake.of, (holder, at as u32)))
        });
        let held_in = ByCompany::group(all, holders);
        let kinds = numbers.kinds.clone();
        let activities = activities(&roles, &kinds, &held_roles, &dependencies, &self_supply);
        let mut makers = FixedBitSet::with_capacity(activities.len());
        for (company, _) in self_supply.iter() {
            activities.of(company).for_each(|node| makers.insert(node as usize));
        }
        let mut guards = interner.finish();
        let edges = edges(&activities, &kinds, &dependencies, &self_supply, &mut guards);
        let structure =
            Structure::from_sorted(activities.len(), edges).map_err(|_| Dangling("an edge twice".into()))?;
        Ok(Self {
            manifest: Manifest {
                title: manifest.title,
                version: manifest.version,
                as_of: manifest.as_of.last_day(),
                license: manifest.license,
                languages: if manifest.languages.is_empty() {
                    vec![Lang::EN]
                } else {
                    manifest.languages.0
                },
                revision,
                modified,
            },
            layers: layers
                .into_iter()
                .map(|layer| Layer {
                    id: layer.id,
                    tier: layer.tier,
                    name: layer.name,
                    description: layer.description,
                    inputs: sorted_inputs(layer.inputs.0),
                })
                .collect(),
            kinds,
            roles,
            sources: sources
                .into_iter()
                .map(|source| Source {
                    id: source.id,
                    title: source.title,
                    publisher: source.publisher,
                    published: source.published,
                    seen: source.seen,
                    url: source.url,
                    says: source.says,
                })
                .collect(),
            names: Names::of(&companies),
            companies,
            activities,
            terms: guards.finish(),
            dependencies,
            self_supply,
            makers,
            held_roles,
            held_in,
            stakes,
            figures_about,
            subsidiaries,
            strategies: ByCompany::collect(strategies),
            figures,
            structure,
        })
    }
}

fn sorted_inputs(records: Vec<crate::dataset::record::InputRecord>) -> Vec<Input> {
    let mut inputs: Vec<_> = records
        .into_iter()
        .map(|input| Input {
            id: input.id,
            name: input.name,
            description: input.description,
        })
        .collect();
    inputs.sort_by(|a, b| a.id.cmp(&b.id));
    inputs
}

/// The number of every id.
struct Numbers {
    companies: HashMap<CompanyId, CompanyIx>,
    layers: HashMap<LayerId, LayerIx>,
    roles: HashMap<RoleId, RoleIx>,
    sources: HashMap<SourceId, SourceIx>,
    kinds: Vec<Kind>,
    by_kind: HashMap<(LayerIx, Option<InputId>), KindIx>,
}

impl Numbers {
    fn of(dataset: &Dataset) -> Self {
        fn number<K: Clone + Eq + std::hash::Hash, N: TryFrom<usize>>(ids: impl Iterator<Item = K>) -> HashMap<K, N> {
            ids.enumerate()
                .filter_map(|(at, id)| Some((id, N::try_from(at).ok()?)))
                .collect()
        }
        let mut kinds = Vec::new();
        let mut by_kind = HashMap::new();
        for (layer, record) in dataset.layers.iter().enumerate() {
            let mut inputs: Vec<_> = record.inputs.iter().map(|input| &input.id).collect();
            inputs.sort_unstable();
            let layer = layer as LayerIx;
            let all = std::iter::once((None, None)).chain(
                inputs
                    .iter()
                    .enumerate()
                    .map(|(at, id)| (Some(at as u16), Some((*id).clone()))),
            );
            for (input, id) in all {
                by_kind.insert((layer, id), kinds.len() as KindIx);
                kinds.push(Kind { layer, input });
            }
        }
        Self {
            companies: number(dataset.companies.iter().map(|company| company.id.clone())),
            layers: number(dataset.layers.iter().map(|layer| layer.id.clone())),
            roles: number(dataset.roles.iter().map(|role| role.id.clone())),
            sources: number(dataset.sources.iter().map(|source| source.id.clone())),
            kinds,
            by_kind,
        }
    }

    fn layer(&self, id: &LayerId) -> Result<LayerIx, Dangling> {
        self.layers.get(id).copied().ok_or_else(|| Dangling(id.to_string()))
    }

    fn company(&self, id: &CompanyId) -> Result<CompanyIx, Dangling> {
        self.companies.get(id).copied().ok_or_else(|| Dangling(id.to_string()))
    }

    fn kind(&self, layer: &LayerId, input: Option<&InputId>) -> Result<KindIx, Dangling> {
        let found = self.by_kind.get(&(self.layer(layer)?, input.cloned()));
        found
            .copied()
            .ok_or_else(|| Dangling(input.map_or_else(String::new, ToString::to_string)))
    }

    fn company_of(&self, record: CompanyRecord) -> Result<Company, Dangling> {
        let profile = Profile {
            aliases: record.aliases.0,
            products: record.products.0,
            description: record.description,
            website: record.website,
            wikidata: record.wikidata.map(Into::into),
            lei: record.lei.map(Into::into),
            ticker: record.ticker,
        };
        Ok(Company {
            parent: record.parent.as_ref().map(|parent| self.company(parent)).transpose()?,
            id: record.id,
            name: record.name,
            country: record.country,
            founded: record.founded,
            profile: (profile != Profile::default()).then(|| Box::new(profile)),
        })
    }
}

/// Turns the facts of records into rows.
struct Basis<'a> {
    numbers: &'a Numbers,
    sources: &'a [crate::dataset::record::SourceRecord],
    interner: &'a mut Interner,
}

impl Basis<'_> {
    fn terms(&mut self, period: Period, status: Option<Status>, sources: &[SourceId]) -> Result<TermsId, Dangling> {
        let numbers = sources
            .iter()
            .map(|id| {
                self.numbers
                    .sources
                    .get(id)
                    .copied()
                    .ok_or_else(|| Dangling(id.to_string()))
            })
            .collect::<Result<Vec<_>, _>>()?;
        let set = self.interner.set(numbers, |source| {
            let record = &self.sources[source as usize];
            record.published.or(record.seen).map(PartialDate::first_day)
        });
        Ok(self.interner.terms(period, status, set))
    }

    fn dated(&mut self, date: Option<PartialDate>, sources: &[SourceId]) -> Result<TermsId, Dangling> {
        self.terms(
            Period {
                since: date,
                until: None,
            },
            None,
            sources,
        )
    }

    fn rate(&mut self, rate: RateRecord) -> Result<Rate, Dangling> {
        Ok(Rate {
            layer: self.numbers.layer(&rate.layer)?,
            low: rate.low.get(),
            high: rate.high.get(),
            year: rate.year,
            terms: self.terms(Period::default(), None, &rate.sources)?,
            note: rate.note,
        })
    }

    fn held_roles(&mut self, company: &mut CompanyRecord) -> Result<Vec<HeldRole>, Dangling> {
        let mut rows = std::mem::take(&mut company.roles.0)
            .into_iter()
            .map(|held| {
                let role = self
                    .numbers
                    .roles
                    .get(&held.role)
                    .copied()
                    .ok_or_else(|| Dangling(held.role.to_string()))?;
                let terms = self.terms(held.period(), None, &held.sources)?;
                Ok((
                    held.since.map(PartialDate::first_day),
                    HeldRole {
                        role,
                        terms,
                        note: held.note,
                    },
                ))
            })
            .collect::<Result<Vec<_>, _>>()?;
        rows.sort_by_key(|(since, held)| (held.role, *since));
        Ok(rows.into_iter().map(|(_, held)| held).collect())
    }

    fn self_supply(&mut self, company: &mut CompanyRecord) -> Result<Vec<SelfSupply>, Dangling> {
        let mut rows = std::mem::take(&mut company.self_supply.0)
            .into_iter()
            .map(|made| {
                let kind = self.numbers.kind(&made.layer, made.input.as_ref())?;
                let terms = self.terms(made.period(), None, &made.sources)?;
                let wording = Wording {
                    what: made.what,
                    note: made.note,
                };
                Ok((
                    made.since.map(PartialDate::first_day),
                    SelfSupply { kind, terms, wording },
                ))
            })
            .collect::<Result<Vec<_>, _>>()?;
        rows.sort_by_key(|(since, made)| (made.kind, *since));
        Ok(rows.into_iter().map(|(_, made)| made).collect())
    }

    fn stakes(&mut self, company: &mut CompanyRecord) -> Result<Vec<Stake>, Dangling> {
        let mut rows = std::mem::take(&mut company.stakes.0)
            .into_iter()
            .map(|stake| {
                Ok((
                    stake.date.map(PartialDate::first_day),
                    Stake {
                        of: self.numbers.company(&stake.of)?,
                        kind: stake.kind,
                        amount_usd: stake.amount_usd.map(|amount| amount.get()),
                        percent: stake.percent.map(|percent| percent.get()),
                        terms: self.dated(stake.date, &stake.sources)?,
                        note: stake.note,
                    },
                ))
            })
            .collect::<Result<Vec<_>, _>>()?;
        rows.sort_by_key(|(date, stake)| (stake.of, *date));
        Ok(rows.into_iter().map(|(_, stake)| stake).collect())
    }

    fn strategies(&mut self, company: &mut CompanyRecord) -> Result<Vec<Strategy>, Dangling> {
        std::mem::take(&mut company.strategies.0)
            .into_iter()
            .map(|strategy| {
                Ok(Strategy {
                    terms: self.dated(strategy.date, &strategy.sources)?,
                    text: strategy.text,
                })
            })
            .collect()
    }

    fn dependencies(
        &mut self,
        from: CompanyIx,
        records: List<DependencyRecord>,
    ) -> Result<Vec<(Row, Wording)>, Dangling> {
        let mut rows = records
            .0
            .into_iter()
            .map(|record| {
                let row = Row {
                    from,
                    to: self.numbers.company(&record.on)?,
                    kind: self.numbers.kind(&record.layer, record.input.as_ref())?,
                    terms: self.terms(
                        record.period(),
                        Some(record.status.unwrap_or_default()),
                        &record.sources,
                    )?,
                    critical: record.critical.unwrap_or(true),
                    share: record.share.map(|share| share.get()),
                };
                Ok((
                    record.since.map(PartialDate::first_day),
                    row,
                    Wording {
                        what: record.what,
                        note: record.note,
                    },
                ))
            })
            .collect::<Result<Vec<_>, Dangling>>()?;
        rows.sort_by_key(|(since, row, _)| (row.to, row.kind, *since));
        Ok(rows.into_iter().map(|(_, row, wording)| (row, wording)).collect())
    }
}

/// The activities of every company and what each of them uses.
fn activities(
    roles: &[Role],
    kinds: &[Kind],
    held: &ByCompany<HeldRole>,
    dependencies: &Dependencies,
    made: &ByCompany<SelfSupply>,
) -> Activities {
    let layer_of = |kind: KindIx| kinds[kind as usize].layer;
    let companies = held.companies();
    let mut supplied = vec![BTreeSet::new(); companies];
    for dependency in 0..dependencies.len() as DependencyIx {
        supplied[dependencies.to(dependency) as usize].insert(layer_of(dependencies.kind(dependency)));
    }
    let mut needs_of_layer: BTreeMap<LayerIx, BTreeSet<LayerIx>> = BTreeMap::new();
    for role in roles {
        needs_of_layer.entry(role.layer).or_default().extend(&role.needs);
    }
    let mut activities = Activities::default();
    for (company, mut layers) in supplied.into_iter().enumerate() {
        let company = company as CompanyIx;
        let roles: Vec<&Role> = held.of(company).iter().map(|held| &roles[held.role as usize]).collect();
        let makes = made.of(company).iter().map(|made| layer_of(made.kind));
        layers.extend(roles.iter().map(|role| role.layer).chain(makes.clone()));
        if layers.is_empty() {
            layers.insert(Activities::NO_LAYER);
        }
        let mut all: Vec<(LayerIx, BTreeSet<LayerIx>)> = layers
            .into_iter()
            .map(|layer| {
                let mut here = roles.iter().filter(|role| role.layer == layer).peekable();
                let uses = match here.peek() {
                    Some(_) => here.flat_map(|role| &role.needs).copied().collect(),
                    None => needs_of_layer.get(&layer).cloned().unwrap_or_default(),
                };
                (layer, uses)
            })
            .collect();
        let mut taken: BTreeSet<LayerIx> = dependencies
            .of(company)
            .map(|at| layer_of(dependencies.kind(at)))
            .collect();
        taken.extend(makes);
        for layer in taken {
            if !all.iter().any(|(_, uses)| uses.contains(&layer)) {
                all.iter_mut().for_each(|(_, uses)| _ = uses.insert(layer));
            }
        }
        activities.push(all.into_iter().map(|(layer, uses)| (layer, uses.into_iter().collect())));
    }
    activities
}

/// The edges between activities, strictly increasing by dependent, then supplier.
fn edges(
    activities: &Activities,
    kinds: &[Kind],
    dependencies: &Dependencies,
    made: &ByCompany<SelfSupply>,
    guards: &mut Guards,
) -> Vec<(NodeIx, NodeIx, GuardId)> {
    let layer_of = |kind: KindIx| kinds[kind as usize].layer;
    let mut edges = Vec::with_capacity(dependencies.len());
    let mut supplies: Vec<(CompanyIx, LayerIx, TermsId)> = Vec::new();
    for company in 0..made.companies() as CompanyIx {
        supplies.clear();
        supplies.extend(dependencies.of(company).map(|at| {
            (
                dependencies.to(at),
                layer_of(dependencies.kind(at)),
                dependencies.terms(at),
            )
        }));
        supplies.extend(
            made.of(company)
                .iter()
                .map(|made| (company, layer_of(made.kind), made.terms)),
        );
        supplies.sort_by_key(|&(to, layer, _)| (to, layer));
        let ends: Vec<(LayerIx, NodeIx, GuardId)> = supplies
            .chunk_by(|a, b| (a.0, a.1) == (b.0, b.1))
            .filter_map(|run| {
                let terms: Vec<TermsId> = run.iter().map(|&(_, _, terms)| terms).collect();
                let (to, layer, _) = run[0];
                Some((layer, activities.find(to, layer)?, guards.any(&terms)))
            })
            .collect();
        for node in activities.of(company) {
            let uses = activities.uses(node);
            let used = ends.iter().filter(|(layer, ..)| uses.binary_search(layer).is_ok());
            edges.extend(used.map(|&(_, end, guard)| (node, end, guard)));
        }
    }
    edges
}
