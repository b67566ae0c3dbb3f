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
    let names = Names::of(records, findings);
    stack::manifest(
        &records.manifest.record,
        &mut Desk::new(&records.manifest, &names, findings),
    );
    stack::layers(
        &records.layers.record,
        &mut Desk::new(&records.layers, &names, findings),
    );
    stack::roles(&records.roles.record, &mut Desk::new(&records.roles, &names, findings));
    for batch in records.companies.chunks(BATCH) {
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
    parents::check(&records.companies, &names, findings);
    stack::figures(
        &records.figures.record,
        &mut Desk::new(&records.figures, &names, findings),
    );
    stack::sources(
        &records.sources.record,
        &mut Desk::new(&records.sources, &names, findings),
    );
    names
}
