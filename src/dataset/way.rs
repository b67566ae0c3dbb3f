//! The way to a value in a file: kept as steps, written as a JSON pointer only if something is wrong there.

use std::collections::BTreeMap;
use std::fmt;

/// The way from the root of a file to a value.
#[derive(Clone, Copy)]
pub(crate) struct Way<'a> {
    before: Option<&'a Way<'a>>,
    step: Step<'a>,
}

#[derive(Clone, Copy)]
enum Step<'a> {
    Root,
    Key(&'a str),
    Index(usize),
}

impl<'a> Way<'a> {
    pub(crate) const ROOT: Self = Self {
        before: None,
        step: Step::Root,
    };

    pub(crate) fn key(&'a self, key: &'a str) -> Self {
        Self {
            before: Some(self),
            step: Step::Key(key),
        }
    }

    pub(crate) fn is_root(self) -> bool {
        self.before.is_none()
    }

    pub(crate) fn index(&'a self, index: usize) -> Self {
        Self {
            before: Some(self),
            step: Step::Index(index),
        }
    }
}

impl fmt::Display for Way<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(before) = self.before {
            before.fmt(f)?;
        }
        match self.step {
            Step::Root => Ok(()),
            Step::Key(key) => write!(f, "/{}", key.replace('~', "~0").replace('/', "~1")),
            Step::Index(index) => write!(f, "/{index}"),
        }
    }
}

/// Which items of the lists in a file are left, by the list's pointer, where some were wrong and taken out.
#[derive(Debug, Default)]
pub(crate) struct Shifts(BTreeMap<String, Vec<usize>>);

impl Shifts {
    /// Notes the places in the file of the items that are left.
    pub(crate) fn note(&mut self, list: &Way<'_>, left: Vec<usize>) {
        self.0.insert(list.to_string(), left);
    }

    /// The pointer in the file to what has this pointer in the record.
    pub(crate) fn in_file(&self, pointer: &str) -> String {
        let mut whole = String::new();
        for step in pointer.split('/').skip(1) {
            let moved = self
                .0
                .get(&whole)
                .zip(step.parse().ok())
                .and_then(|(left, at): (_, usize)| left.get(at));
            whole.push('/');
            match moved {
                Some(index) => whole += &index.to_string(),
                None => whole += step,
            }
        }
        whole
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_index_in_a_record_is_turned_into_the_one_in_the_file() {
        let mut shifts = Shifts::default();
        shifts.note(&Way::ROOT, vec![1, 3]);
        shifts.note(&Way::ROOT.index(3).key("inputs"), vec![2]);
        assert_eq!(shifts.in_file("/1/inputs/0/id"), "/3/inputs/2/id");
        assert_eq!(shifts.in_file("/0/inputs/0/id"), "/1/inputs/0/id");
    }
}
