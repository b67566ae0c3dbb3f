//! What was taken out of a record because it was wrong, so that what is left is judged rightly and found again.

use std::collections::{BTreeMap, BTreeSet};

use super::way::Way;

/// What a record lacks of its file, by the pointers in the file.
#[derive(Debug, Default)]
pub(crate) struct Cuts {
    /// Lists of which items are gone, with the places in the file of those left.
    lists: BTreeMap<String, Vec<usize>>,
    /// Fields that are gone.
    fields: BTreeSet<String>,
}

impl Cuts {
    /// Notes which items of a list are left.
    pub(crate) fn list(&mut self, list: &Way<'_>, left: Vec<usize>) {
        self.lists.insert(list.to_string(), left);
    }

    /// Notes a field that is gone.
    pub(crate) fn field(&mut self, field: &Way<'_>) {
        self.fields.insert(field.to_string());
    }

    /// Whether a field of the record is as the file has it.
    pub(crate) fn spared(&self, field: &Way<'_>) -> bool {
        let none = self.lists.is_empty() && self.fields.is_empty();
        none || {
            let pointer = self.in_file(&field.to_string());
            !self.lists.contains_key(&pointer) && !self.fields.contains(&pointer)
        }
    }

    /// The pointer in the file to what has this pointer in the record.
    pub(crate) fn in_file(&self, pointer: &str) -> String {
        let mut whole = String::new();
        for step in pointer.split('/').skip(1) {
            let moved = self.lists.get(&whole).zip(step.parse().ok());
            let moved = moved.and_then(|(left, at): (_, usize)| left.get(at));
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
        let mut cuts = Cuts::default();
        cuts.list(&Way::ROOT, vec![1, 3]);
        cuts.list(&Way::ROOT.index(3).key("inputs"), vec![2]);
        assert_eq!(cuts.in_file("/1/inputs/0/id"), "/3/inputs/2/id");
        assert_eq!(cuts.in_file("/0/inputs/0/id"), "/1/inputs/0/id");
    }
}
