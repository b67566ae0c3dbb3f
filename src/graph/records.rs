//! From records to numbers: the one place where both are seen together.

use std::collections::HashMap;

use super::tables::{Tables, Unsorted, kinds};
use super::terms::Interner;
use super::{
    ByCompany, Company, CompanyIx, Dependencies, Figure, Graph, HeldRole, Input, KindIx, Layer, LayerIx, Manifest,
    Profile, Rate, Role, RoleIx, Row, SelfSupply, Source, SourceIx, Stake, Strategy, TermsId, Wording,
};
use crate::dataset::Dataset;
use crate::dataset::record::{
    CompanyRecord, DependencyRecord, FigureRecord, LayerRecord, List, RateRecord, RoleRecord, StrategyRecord,
};
use crate::model::{CompanyId, InputId, Lang, LayerId, PartialDate, Period, RoleId, SourceId, Status};

/// Why a data set makes no graph. One that `dataset::load` gave always does; one made by other means may not.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoGraph {
    /// A record names what the data set does not hold.
    #[error("the data set names `{0}`, which it does not hold")]
    Dangling(String),
    /// Companies are not in the order of ids.
    #[error(transparent)]
    Unsorted(#[from] Unsorted),
}

impl Graph {
    /// The graph of a data set.
    ///
    /// # Errors
    /// If a record names what the data set does not hold.
    pub fn build(dataset: Dataset) -> Result<Self, NoGraph> {
        let layers: Vec<Layer> = dataset.layers.iter().cloned().map(layer).collect();
        let numbers = Numbers::of(&dataset, &layers);
        let Dataset { manifest, roles, companies: records, figures, sources, revision, modified, .. } = dataset;
        let sources: Vec<Source> = sources.into_iter().map(source).collect();
        let mut basis = Basis { numbers: &numbers, sources: &sources, terms: Interner::default() };
        let roles = roles.into_iter().map(|role| basis.role(role)).collect::<Result<Vec<_>, NoGraph>>()?;
        let figures = figures.into_iter().map(|figure| basis.figure(figure)).collect::<Result<Vec<_>, NoGraph>>()?;
        let mut dependencies = Dependencies::default();
        let (mut held, mut made, mut stakes, mut strategies) = (vec![], vec![], vec![], vec![]);
        let mut companies = Vec::with_capacity(records.len());
        for (from, mut record) in records.into_iter().enumerate() {
            held.push(basis.held_roles(&mut record)?);
            made.push(basis.self_supply(&mut record)?);
            stakes.push(basis.stakes(&mut record)?);
            strategies.push(basis.strategies(&mut record)?);
            for (row, wording) in basis.dependencies(from as CompanyIx, std::mem::take(&mut record.dependencies))? {
                let dependency = dependencies.push(row);
                dependencies.describe(dependency, wording);
            }
            companies.push(numbers.company_of(record)?);
        }
        dependencies.finish(companies.len());
        let terms = basis.terms;
        Ok(Self::assemble(Tables {
            manifest: Manifest {
                title: manifest.title,
                version: manifest.version,
                as_of: manifest.as_of.last_day(),
                license: manifest.license,
                languages: if manifest.languages.is_empty() { vec![Lang::EN] } else { manifest.languages.0 },
                revision,
                modified,
            },
            layers,
            roles,
            sources,
            companies,
            terms,
            dependencies,
            held_roles: ByCompany::collect(held),
            self_supply: ByCompany::collect(made),
            stakes: ByCompany::collect(stakes),
            strategies: ByCompany::collect(strategies),
            figures,
        })?)
    }
}

fn layer(record: LayerRecord) -> Layer {
    let mut inputs: Vec<_> = record
        .inputs
        .0
        .into_iter()
        .map(|input| Input { id: input.id, name: input.name, description: input.description })
        .collect();
    inputs.sort_by(|a, b| a.id.cmp(&b.id));
    Layer { id: record.id, tier: record.tier, name: record.name, description: record.description, inputs }
}

fn source(record: crate::dataset::record::SourceRecord) -> Source {
    Source {
        id: record.id,
        title: record.title,
        publisher: record.publisher,
        published: record.published,
        seen: record.seen,
        url: record.url,
        says: record.says,
    }
}

/// The number of every id.
struct Numbers {
    companies: HashMap<CompanyId, CompanyIx>,
    layers: HashMap<LayerId, LayerIx>,
    roles: HashMap<RoleId, RoleIx>,
    sources: HashMap<SourceId, SourceIx>,
    by_kind: HashMap<(LayerIx, Option<InputId>), KindIx>,
}

impl Numbers {
    fn of(dataset: &Dataset, layers: &[Layer]) -> Self {
        fn number<K: Clone + Eq + std::hash::Hash, N: TryFrom<usize>>(ids: impl Iterator<Item = K>) -> HashMap<K, N> {
            ids.enumerate().filter_map(|(at, id)| Some((id, N::try_from(at).ok()?))).collect()
        }
        let by_kind = kinds(layers).into_iter().enumerate().map(|(at, kind)| {
            let input = kind.input.map(|input| layers[kind.layer as usize].inputs[input as usize].id.clone());
            ((kind.layer, input), at as KindIx)
        });
        let by_kind = by_kind.collect();
        Self {
            companies: number(dataset.companies.iter().map(|company| company.id.clone())),
            layers: number(dataset.layers.iter().map(|layer| layer.id.clone())),
            roles: number(dataset.roles.iter().map(|role| role.id.clone())),
            sources: number(dataset.sources.iter().map(|source| source.id.clone())),
            by_kind,
        }
    }

    fn layer(&self, id: &LayerId) -> Result<LayerIx, NoGraph> {
        self.layers.get(id).copied().ok_or_else(|| NoGraph::Dangling(id.to_string()))
    }

    fn company(&self, id: &CompanyId) -> Result<CompanyIx, NoGraph> {
        self.companies.get(id).copied().ok_or_else(|| NoGraph::Dangling(id.to_string()))
    }

    fn kind(&self, layer: &LayerId, input: Option<&InputId>) -> Result<KindIx, NoGraph> {
        let found = self.by_kind.get(&(self.layer(layer)?, input.cloned()));
        found.copied().ok_or_else(|| NoGraph::Dangling(input.map_or_else(String::new, ToString::to_string)))
    }

    fn company_of(&self, record: CompanyRecord) -> Result<Company, NoGraph> {
        let profile = Profile {
            aliases: record.aliases.0,
            products: record.products.0,
            description: record.description,
            website: record.website,
            wikidata: record.wikidata,
            lei: record.lei,
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
    sources: &'a [Source],
    terms: Interner,
}

impl Basis<'_> {
    fn terms(&mut self, period: Period, status: Option<Status>, sources: &[SourceId]) -> Result<TermsId, NoGraph> {
        let numbers = sources
            .iter()
            .map(|id| self.numbers.sources.get(id).copied().ok_or_else(|| NoGraph::Dangling(id.to_string())))
            .collect::<Result<Vec<_>, NoGraph>>()?;
        let set = self.terms.set(numbers, |source| self.sources[source as usize].day());
        Ok(self.terms.terms(period, status, set))
    }

    fn dated(&mut self, date: Option<PartialDate>, sources: &[SourceId]) -> Result<TermsId, NoGraph> {
        self.terms(Period { since: date, until: None }, None, sources)
    }

    fn role(&mut self, role: RoleRecord) -> Result<Role, NoGraph> {
        let mut needs = role.needs.iter().map(|need| self.numbers.layer(need)).collect::<Result<Vec<_>, NoGraph>>()?;
        needs.sort_unstable();
        needs.dedup();
        Ok(Role {
            layer: self.numbers.layer(&role.layer)?,
            rates: role.rates.0.into_iter().map(|rate| self.rate(rate)).collect::<Result<_, _>>()?,
            id: role.id,
            number: role.number,
            needs,
            name: role.name,
            description: role.description,
        })
    }

    fn figure(&mut self, figure: FigureRecord) -> Result<Figure, NoGraph> {
        Ok(Figure {
            company: figure.subject.company().map(|id| self.numbers.company(&id)).transpose()?,
            terms: self.terms(Period::default(), None, &figure.sources)?,
            subject: figure.subject,
            measure: figure.measure,
            value: figure.value.get(),
            unit: figure.unit,
            year: figure.year,
            kind: figure.kind,
            note: figure.note,
        })
    }

    fn rate(&mut self, rate: RateRecord) -> Result<Rate, NoGraph> {
        Ok(Rate {
            layer: self.numbers.layer(&rate.layer)?,
            low: rate.low.get(),
            high: rate.high.get(),
            year: rate.year,
            terms: self.terms(Period::default(), None, &rate.sources)?,
            note: rate.note,
        })
    }

    fn held_roles(&mut self, company: &mut CompanyRecord) -> Result<Vec<HeldRole>, NoGraph> {
        let mut rows = std::mem::take(&mut company.roles.0)
            .into_iter()
            .map(|held| {
                let role = self
                    .numbers
                    .roles
                    .get(&held.role)
                    .copied()
                    .ok_or_else(|| NoGraph::Dangling(held.role.to_string()))?;
                let terms = self.terms(held.period(), None, &held.sources)?;
                Ok((held.since.map(PartialDate::first_day), HeldRole { role, terms, note: held.note }))
            })
            .collect::<Result<Vec<_>, NoGraph>>()?;
        rows.sort_by_key(|(since, held)| (held.role, *since));
        Ok(rows.into_iter().map(|(_, held)| held).collect())
    }

    fn self_supply(&mut self, company: &mut CompanyRecord) -> Result<Vec<SelfSupply>, NoGraph> {
        let mut rows = std::mem::take(&mut company.self_supply.0)
            .into_iter()
            .map(|made| {
                let kind = self.numbers.kind(&made.layer, made.input.as_ref())?;
                let terms = self.terms(made.period(), None, &made.sources)?;
                let wording = Wording { what: made.what, note: made.note };
                Ok((made.since.map(PartialDate::first_day), SelfSupply { kind, terms, wording }))
            })
            .collect::<Result<Vec<_>, NoGraph>>()?;
        rows.sort_by_key(|(since, made)| (made.kind, *since));
        Ok(rows.into_iter().map(|(_, made)| made).collect())
    }

    fn stakes(&mut self, company: &mut CompanyRecord) -> Result<Vec<Stake>, NoGraph> {
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
            .collect::<Result<Vec<_>, NoGraph>>()?;
        // Amounts are not negative, so their bits order as they do.
        rows.sort_by_key(|(date, stake)| {
            let (amount, percent) = (stake.amount_usd.map(f64::to_bits), stake.percent.map(f64::to_bits));
            (stake.of, *date, stake.kind as u8, amount, percent)
        });
        Ok(rows.into_iter().map(|(_, stake)| stake).collect())
    }

    fn strategies(&mut self, company: &mut CompanyRecord) -> Result<Vec<Strategy>, NoGraph> {
        let mut records = std::mem::take(&mut company.strategies.0);
        records.sort_by(|a, b| {
            let key = |strategy: &StrategyRecord| strategy.date.map(PartialDate::first_day);
            key(a).cmp(&key(b)).then_with(|| a.text.get(Lang::EN).cmp(b.text.get(Lang::EN)))
        });
        records
            .into_iter()
            .map(|strategy| Ok(Strategy { terms: self.dated(strategy.date, &strategy.sources)?, text: strategy.text }))
            .collect()
    }

    fn dependencies(
        &mut self,
        from: CompanyIx,
        records: List<DependencyRecord>,
    ) -> Result<Vec<(Row, Wording)>, NoGraph> {
        let mut rows = records
            .0
            .into_iter()
            .map(|record| {
                let row = Row {
                    from,
                    to: self.numbers.company(&record.on)?,
                    kind: self.numbers.kind(&record.layer, record.input.as_ref())?,
                    terms: self.terms(record.period(), Some(record.status.unwrap_or_default()), &record.sources)?,
                    critical: record.critical.unwrap_or(true),
                    share: record.share.map(|share| share.get()),
                };
                Ok((record.since.map(PartialDate::first_day), row, Wording { what: record.what, note: record.note }))
            })
            .collect::<Result<Vec<_>, NoGraph>>()?;
        rows.sort_by_key(|(since, row, _)| (row.to, row.kind, *since));
        Ok(rows.into_iter().map(|(_, row, wording)| (row, wording)).collect())
    }
}
