//! Parents must not lead in a circle.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use crate::dataset::finding::Findings;
use crate::dataset::parse::Parsed;
use crate::dataset::record::CompanyRecord;
use crate::dataset::rules::Rule;
use crate::dataset::way::Way;

use super::{Desk, Names};

type Company = Parsed<CompanyRecord>;

/// Finds each circle once, at the first of its companies.
pub(crate) fn check(companies: &[Company], names: &Names<'_>, findings: &mut Findings<'_>) {
    let mut walks = HashMap::new();
    for (walk, company) in companies.iter().enumerate() {
        let mut next = company.record.parent.is_some().then_some(company);
        while let Some(member) = next {
            match walks.entry(&member.file) {
                Entry::Vacant(place) => drop(place.insert(walk)),
                Entry::Occupied(place) => {
                    if *place.get() == walk {
                        report(member, names, findings);
                    }
                    break;
                }
            }
            next = parent(member, names);
        }
    }
}

fn parent<'a>(company: &Company, names: &Names<'a>) -> Option<&'a Company> {
    names.company(company.record.parent.as_ref()?)
}

fn report(member: &Company, names: &Names<'_>, findings: &mut Findings<'_>) {
    let after = |company: &&Company| parent(company, names).filter(|next| next.file != member.file);
    let circle: Vec<_> = std::iter::successors(Some(member), after).collect();
    let Some(start) = (0..circle.len()).min_by_key(|at| &circle[*at].file) else {
        return;
    };
    let ids = circle[start..].iter().chain(&circle[..=start]).map(|company| company.record.id.as_str());
    let message = || {
        let ids: Vec<_> = ids.take(SHOWN).collect();
        format!("the parents lead in a circle: {}{}", ids.join(" → "), if circle.len() < SHOWN { "" } else { " → …" })
    };
    Desk::new(circle[start], names, findings).add(Rule::ParentCycle, Way::ROOT.key("parent"), message);
}

/// How many companies of a circle are named.
const SHOWN: usize = 8;
