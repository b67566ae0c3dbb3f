//! Rows that may hold no term: how many a pattern has at the most. Nothing is copied when they are joined, so nothing is
//! counted.

use std::collections::BTreeSet;

use spargebra::algebra::GraphPattern;
use spargebra::term::{NamedNodePattern, TermPattern, TriplePattern};

/// For as many rows as a pattern may find stands this.
const MANY: f64 = 1e5;

/// The patterns that a pattern joins.
pub fn operands(pattern: &GraphPattern) -> Vec<&GraphPattern> {
    match pattern {
        GraphPattern::Join { left, right } | GraphPattern::Lateral { left, right } => {
            [operands(left), operands(right)].concat()
        }
        other => vec![other],
    }
}

/// At the most, how many rows of a pattern hold no term.
pub fn empty_rows(pattern: &GraphPattern) -> f64 {
    if !certain(pattern).is_empty() {
        return 0.0;
    }
    match pattern {
        GraphPattern::Bgp { .. }
        | GraphPattern::Path { .. }
        | GraphPattern::Group { .. }
        | GraphPattern::Distinct { .. } => 1.0,
        GraphPattern::Values { bindings, .. } => {
            bindings.iter().filter(|row| row.iter().all(Option::is_none)).count() as f64
        }
        GraphPattern::Join { left, right } | GraphPattern::Lateral { left, right } => {
            empty_rows(left) * empty_rows(right)
        }
        GraphPattern::LeftJoin { left, right, .. } => empty_rows(left) * empty_rows(right).max(1.0),
        GraphPattern::Union { left, right } => empty_rows(left) + empty_rows(right),
        GraphPattern::Slice { inner, length, .. } => {
            length.map_or(f64::INFINITY, |length| length as f64).min(empty_rows(inner))
        }
        GraphPattern::Minus { left: inner, .. }
        | GraphPattern::Filter { inner, .. }
        | GraphPattern::Graph { inner, .. }
        | GraphPattern::Extend { inner, .. }
        | GraphPattern::OrderBy { inner, .. }
        | GraphPattern::Reduced { inner }
        | GraphPattern::Service { inner, .. } => empty_rows(inner),
        // What is kept may be what was not found, unless there is one row.
        GraphPattern::Project { inner, .. } if is_single(inner) => 1.0,
        GraphPattern::Project { .. } => MANY,
    }
}

/// Whether a pattern has one row at the most that holds no term, whatever is left out of it.
fn is_single(pattern: &GraphPattern) -> bool {
    match pattern {
        GraphPattern::Extend { inner, .. }
        | GraphPattern::Filter { inner, .. }
        | GraphPattern::OrderBy { inner, .. } => is_single(inner),
        GraphPattern::Group { variables, .. } => variables.is_empty(),
        GraphPattern::Bgp { patterns } => patterns.is_empty(),
        _ => false,
    }
}

/// The variables that have a value in every row.
fn certain(pattern: &GraphPattern) -> BTreeSet<String> {
    match pattern {
        GraphPattern::Bgp { patterns } => patterns.iter().flat_map(of_triple).collect(),
        GraphPattern::Path { subject, object, .. } => [subject, object].into_iter().filter_map(of_term).collect(),
        GraphPattern::Join { left, right } | GraphPattern::Lateral { left, right } => &certain(left) | &certain(right),
        GraphPattern::Union { left, right } => &certain(left) & &certain(right),
        GraphPattern::Values { variables, bindings } => {
            let is_full = |at: usize| bindings.iter().all(|row| row.get(at).is_some_and(Option::is_some));
            let full = variables.iter().enumerate().filter(|(at, _)| is_full(*at));
            full.map(|(_, variable)| variable.to_string()).collect()
        }
        GraphPattern::Project { inner, variables } | GraphPattern::Group { inner, variables, .. } => {
            let kept = variables.iter().map(ToString::to_string).collect();
            &certain(inner) & &kept
        }
        GraphPattern::LeftJoin { left: inner, .. }
        | GraphPattern::Minus { left: inner, .. }
        | GraphPattern::Filter { inner, .. }
        | GraphPattern::Graph { inner, .. }
        | GraphPattern::Extend { inner, .. }
        | GraphPattern::OrderBy { inner, .. }
        | GraphPattern::Distinct { inner }
        | GraphPattern::Reduced { inner }
        | GraphPattern::Slice { inner, .. } => certain(inner),
        GraphPattern::Service { .. } => BTreeSet::new(),
    }
}

fn of_term(term: &TermPattern) -> Option<String> {
    match term {
        TermPattern::Variable(variable) => Some(variable.to_string()),
        TermPattern::BlankNode(node) => Some(node.to_string()),
        _ => None,
    }
}

fn of_triple(triple: &TriplePattern) -> Vec<String> {
    let predicate = match &triple.predicate {
        NamedNodePattern::Variable(variable) => Some(variable.to_string()),
        NamedNodePattern::NamedNode(_) => None,
    };
    [of_term(&triple.subject), predicate, of_term(&triple.object)].into_iter().flatten().collect()
}
