//! The rules across files: what is named has to be there, what stands twice must not, facts have their sources.

mod company;
mod desk;
mod names;
mod parents;
mod stack;

use rayon::prelude::*;

use super::finding::Findings;
use super::records::Records;
use desk::Desk;
pub(crate) use names::Names;

/// How many companies are looked at before their findings are joined: bounds the memory that findings take.
const BATCH: usize = 1024;

/// Adds what is wrong between the records, and gives the names by which they know each other.
pub(crate) fn resolve<'a>(records: &'a Records, findings: &mut Findings<'_>) -> Names<'a> {
    let Records { manifest, layers, roles, companies, figures, sources, .. } = records;
    let names = Names::of(records, findings);
    stack::manifest(&manifest.record, &mut Desk::new(manifest, &names, findings));
    stack::layers(&layers.record, &mut Desk::new(layers, &names, findings));
    stack::roles(&roles.record, &mut Desk::new(roles, &names, findings));
    for batch in companies.chunks(BATCH) {
        let parts: Vec<_> = batch
            .par_iter()
            .map(|company| {
                let mut part = findings.fresh();
                company::check(&company.record, &mut Desk::new(company, &names, &mut part));
                part
            })
            .collect();
        parts.into_iter().for_each(|part| findings.append(part));
    }
    parents::check(companies, &names, findings);
    stack::figures(&figures.record, &mut Desk::new(figures, &names, findings));
    stack::sources(records.own_sources(), &mut Desk::new(sources, &names, findings));
    names
}
