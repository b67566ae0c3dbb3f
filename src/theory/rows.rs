//! Compressed rows: for each of so many things, a list of numbers, all in one piece of memory.

use fixedbitset::FixedBitSet;

/// Numbers below `bound`, each once, in order: sorted if they are few, ticked off if they are many.
pub fn distinct(mut numbers: Vec<u32>, bound: usize) -> Vec<u32> {
    if numbers.len() * 16 < bound {
        numbers.sort_unstable();
        numbers.dedup();
        return numbers;
    }
    let ticked: FixedBitSet = numbers.into_iter().map(|number| number as usize).collect();
    ticked.ones().map(|number| number as u32).collect()
}

/// A list of numbers for each row.
#[derive(Debug, Clone)]
pub struct Rows {
    starts: Vec<u32>,
    items: Vec<u32>,
}

impl Default for Rows {
    fn default() -> Self {
        Self { starts: vec![0], items: Vec::new() }
    }
}

impl Rows {
    /// Adds the next row.
    pub fn push(&mut self, row: impl IntoIterator<Item = u32>) {
        self.items.extend(row);
        self.starts.push(self.items.len() as u32);
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// One row.
    #[inline]
    pub fn row(&self, at: u32) -> &[u32] {
        &self.items[self.starts[at as usize] as usize..self.starts[at as usize + 1] as usize]
    }

    /// How long a row is.
    #[inline]
    pub fn width(&self, at: u32) -> u32 {
        self.starts[at as usize + 1] - self.starts[at as usize]
    }

    /// The rows turned round: for each of `columns` numbers, the rows in which it stands, in order.
    pub fn turned(&self, columns: usize) -> Self {
        let mut starts = vec![0_u32; columns + 1];
        self.items.iter().for_each(|&item| starts[item as usize + 1] += 1);
        (0..columns).for_each(|at| starts[at + 1] += starts[at]);
        let mut next = starts.clone();
        let mut items = vec![0; self.items.len()];
        for at in 0..self.len() as u32 {
            for &item in self.row(at) {
                let place = &mut next[item as usize];
                items[*place as usize] = at;
                *place += 1;
            }
        }
        Self { starts, items }
    }

    /// The memory taken, in bytes.
    pub fn bytes(&self) -> usize {
        (self.starts.capacity() + self.items.capacity()) * size_of::<u32>()
    }
}
