//! What no query may look like: what would outgrow the parser, the planner or the counting of terms.

use super::rows::{empty_rows, operands};
use spargebra::Query;
use spargebra::algebra::{AggregateExpression, Expression, Function, GraphPattern, OrderExpression};

/// Brackets stand in no more brackets than this: planning takes twice as long for each.
const DEEPEST: usize = 16;
/// A query has no more patterns than this: planning takes their number to the fourth power.
const MOST_PATTERNS: usize = 60;
/// So many expressions it may have.
const MOST_EXPRESSIONS: usize = 5000;
/// What of a query may multiply without a term that is counted, at the most.
const MOST_UNCOUNTED: f64 = 1e7;

/// Looks at the text, before it is parsed.
///
/// # Errors
/// If it is too deep.
pub fn check_text(text: &str) -> Result<(), String> {
    let mut depth = 0_usize;
    for c in text.bytes() {
        match c {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEEPEST {
            return Err(format!("`query` has brackets in more than {DEEPEST} brackets"));
        }
    }
    // An escape may stand for a bracket.
    let lower = text.to_ascii_lowercase();
    let escaped = ["28", "5b", "7b"]
        .iter()
        .any(|code| lower.contains(&format!("\\u00{code}")) || lower.contains(&format!("\\u000000{code}")));
    if escaped { Err("`query` has brackets that are escaped".to_owned()) } else { Ok(()) }
}

/// Looks at a query.
///
/// # Errors
/// If it is too large, or would multiply what cannot be counted.
pub fn check(query: &Query) -> Result<(), String> {
    let (Query::Select { pattern, .. }
    | Query::Construct { pattern, .. }
    | Query::Describe { pattern, .. }
    | Query::Ask { pattern, .. }) = query;
    let mut found = Found::default();
    found.pattern(pattern);
    if found.patterns > MOST_PATTERNS {
        return Err(format!("`query` has {} patterns; it may have {MOST_PATTERNS}", found.patterns));
    }
    if found.expressions > MOST_EXPRESSIONS {
        return Err(format!("`query` has {} expressions; it may have {MOST_EXPRESSIONS}", found.expressions));
    }
    if found.service {
        return Err("SERVICE is not offered: nothing is fetched from elsewhere".to_owned());
    }
    if found.nested_replace {
        return Err("`query` has REPLACE within a function of texts; bind it to a variable first".to_owned());
    }
    if found.uncounted > MOST_UNCOUNTED {
        return Err("`query` joins patterns that share no variable and may be empty; it would not end".to_owned());
    }
    Ok(())
}

#[derive(Default)]
struct Found {
    patterns: usize,
    expressions: usize,
    service: bool,
    nested_replace: bool,
    /// The product of what patterns multiply whose rows need not hold a term.
    uncounted: f64,
}

impl Found {
    fn pattern(&mut self, pattern: &GraphPattern) {
        self.patterns += 1;
        match pattern {
            GraphPattern::Bgp { patterns } => self.patterns += patterns.len(),
            GraphPattern::Path { .. } | GraphPattern::Values { .. } => {}
            GraphPattern::Join { left, right }
            | GraphPattern::Lateral { left, right }
            | GraphPattern::Minus { left, right } => {
                self.joined(&[left, right]);
            }
            GraphPattern::Union { left, right } => {
                self.pattern(left);
                self.pattern(right);
            }
            GraphPattern::LeftJoin { left, right, expression } => {
                expression.iter().for_each(|expression| self.expression(expression, false));
                self.joined(&[left, right]);
            }
            GraphPattern::Filter { expr, inner } | GraphPattern::Extend { expression: expr, inner, .. } => {
                self.expression(expr, false);
                self.pattern(inner);
            }
            GraphPattern::OrderBy { inner, expression } => {
                for OrderExpression::Asc(by) | OrderExpression::Desc(by) in expression {
                    self.expression(by, false);
                }
                self.pattern(inner);
            }
            GraphPattern::Group { inner, aggregates, .. } => {
                for (_, aggregate) in aggregates {
                    if let AggregateExpression::FunctionCall { expr, .. } = aggregate {
                        self.expression(expr, false);
                    }
                }
                self.pattern(inner);
            }
            GraphPattern::Service { .. } => self.service = true,
            GraphPattern::Graph { inner, .. }
            | GraphPattern::Project { inner, .. }
            | GraphPattern::Distinct { inner }
            | GraphPattern::Reduced { inner }
            | GraphPattern::Slice { inner, .. } => self.pattern(inner),
        }
    }

    fn joined(&mut self, sides: &[&GraphPattern]) {
        // The planner may join any of what is joined first.
        let uncounted = sides.iter().flat_map(|side| operands(side)).map(|side| empty_rows(side).max(1.0)).product();
        self.uncounted = self.uncounted.max(uncounted);
        sides.iter().for_each(|side| self.pattern(side));
    }

    fn expression(&mut self, expression: &Expression, in_text: bool) {
        self.expressions += 1;
        match expression {
            Expression::NamedNode(_) | Expression::Literal(_) | Expression::Variable(_) | Expression::Bound(_) => {}
            Expression::Or(a, b)
            | Expression::And(a, b)
            | Expression::Equal(a, b)
            | Expression::SameTerm(a, b)
            | Expression::Greater(a, b)
            | Expression::GreaterOrEqual(a, b)
            | Expression::Less(a, b)
            | Expression::LessOrEqual(a, b)
            | Expression::Add(a, b)
            | Expression::Subtract(a, b)
            | Expression::Multiply(a, b)
            | Expression::Divide(a, b) => {
                self.expression(a, in_text);
                self.expression(b, in_text);
            }
            Expression::In(a, several) => {
                self.expression(a, in_text);
                several.iter().for_each(|one| self.expression(one, in_text));
            }
            Expression::UnaryPlus(a) | Expression::UnaryMinus(a) | Expression::Not(a) => self.expression(a, in_text),
            Expression::Exists(pattern) => self.pattern(pattern),
            Expression::If(a, b, c) => [a, b, c].into_iter().for_each(|one| self.expression(one, in_text)),
            Expression::Coalesce(several) => several.iter().for_each(|one| self.expression(one, in_text)),
            Expression::FunctionCall(function, several) => {
                let replace = *function == Function::Replace;
                self.nested_replace |= in_text && replace;
                let in_text = in_text || replace || matches!(function, Function::Concat | Function::EncodeForUri);
                several.iter().for_each(|one| self.expression(one, in_text));
            }
        }
    }
}
