//! Where everything stands: columns, and in each the order that makes the fewest crossings by the barycentre
//! heuristic.

use std::collections::BTreeMap;

use unicode_width::UnicodeWidthStr;

/// How often the columns are ordered by their neighbours.
const SWEEPS: usize = 8;
const TOP: f64 = 46.0;
const LEFT: f64 = 20.0;
const ROW: f64 = 30.0;
const GAP: f64 = 96.0;

/// A box with a company.
#[derive(Debug, Clone, Copy, Default)]
pub struct Box {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
}

/// Where everything stands.
pub struct Layout {
    /// The box of each company.
    pub boxes: Vec<Box>,
    /// The number and the left edge of each column.
    pub columns: Vec<(u16, f64)>,
    pub width: f64,
    pub height: f64,
}

impl Layout {
    /// Of boxes with these labels and columns, lines between them, and the width of the head of each column.
    pub fn of(labels: &[String], places: &[u16], lines: &[(usize, usize)], head: impl Fn(u16) -> f64) -> Self {
        let mut columns: BTreeMap<u16, Vec<usize>> = BTreeMap::new();
        for (at, &column) in places.iter().enumerate() {
            columns.entry(column).or_default().push(at);
        }
        let tallest = columns.values().map(Vec::len).max().unwrap_or_default();
        let mut layout = Self { boxes: vec![Box::default(); labels.len()], columns: vec![], width: LEFT, height: 0.0 };
        let mut order: Vec<Vec<usize>> = columns.values().cloned().collect();
        sort(&mut order, labels.len(), lines);
        for (&number, column) in columns.keys().zip(&order) {
            let widest = column.iter().map(|&at| width_of(&labels[at])).fold(40.0, f64::max) + 24.0;
            let above = (tallest - column.len()) as f64 * ROW / 2.0;
            for (row, &at) in column.iter().enumerate() {
                layout.boxes[at] =
                    Box { x: layout.width, y: TOP + above + row as f64 * ROW, width: widest, height: ROW - 6.0 };
            }
            layout.columns.push((number, layout.width));
            layout.width += widest.max(head(number) - GAP / 2.0) + GAP;
        }
        layout.width += LEFT - GAP / 2.0;
        layout.height = TOP + tallest as f64 * ROW + 10.0;
        layout
    }
}

/// Orders the columns, to and fro, by the mean place of what each company is joined to.
fn sort(columns: &mut [Vec<usize>], companies: usize, lines: &[(usize, usize)]) {
    let mut joined: Vec<Vec<usize>> = vec![Vec::new(); companies];
    for &(from, to) in lines {
        joined[from].push(to);
        joined[to].push(from);
    }
    let mut place = vec![0.0; companies];
    for sweep in 0..SWEEPS {
        for at in 0..columns.len() {
            let column = if sweep % 2 == 0 { at } else { columns.len() - 1 - at };
            let own = &mut columns[column];
            let mean = |company: usize| {
                let all = &joined[company];
                let sum: f64 = all.iter().map(|&other| place[other]).sum();
                if all.is_empty() { f64::MAX } else { sum / all.len() as f64 }
            };
            let mut keyed: Vec<(f64, usize)> = own.iter().map(|&company| (mean(company), company)).collect();
            if sweep > 0 || at > 0 {
                keyed.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
            }
            *own = keyed.into_iter().map(|(_, company)| company).collect();
            // Places are measured from the middle of each column, as it is drawn.
            let middle = (own.len() as f64 - 1.0) / 2.0;
            own.iter().enumerate().for_each(|(row, &company)| place[company] = row as f64 - middle);
        }
    }
}

/// How wide a text is, nearly: wide characters take two columns.
pub fn width_of(text: &str) -> f64 {
    text.width() as f64 * 7.3
}
