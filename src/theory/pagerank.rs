//! PageRank: how much a random walker along the edges is where.
//!
//! Brin and Page, "The anatomy of a large-scale hypertextual Web search engine", 1998; solved by power iteration.

use super::Rows;

/// How likely the walker follows an edge rather than jumping anywhere.
pub const DAMPING: f64 = 0.85;
/// The iteration ends when the ranks change by less than this in all.
const CLOSE: f64 = 1e-12;
/// It closes by the damping at least each time, so that this is never reached.
const ROUNDS: usize = 1000;

/// The rank of every node; all of them sum to 1. What arrives at a node without edges is spread evenly.
pub fn pagerank(edges: &Rows) -> Vec<f64> {
    let nodes = edges.len();
    let into = edges.turned(nodes);
    let even = 1.0 / nodes as f64;
    let mut rank = vec![even; nodes];
    let mut given = vec![0.0; nodes];
    for _ in 0..ROUNDS {
        let mut dangling = 0.0;
        for (node, &rank) in rank.iter().enumerate() {
            match edges.width(node as u32) {
                0 => dangling += rank,
                width => given[node] = rank / f64::from(width),
            }
        }
        let base = (1.0 - DAMPING + DAMPING * dangling) * even;
        let mut change = 0.0;
        for (node, rank) in rank.iter_mut().enumerate() {
            let arriving: f64 = into.row(node as u32).iter().map(|&from| given[from as usize]).sum();
            let new = base + DAMPING * arriving;
            change += (new - *rank).abs();
            *rank = new;
        }
        if change < CLOSE {
            break;
        }
    }
    let sum: f64 = rank.iter().sum();
    rank.iter_mut().for_each(|rank| *rank /= sum);
    rank
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_of_a_star_ranks_first_and_all_sum_to_one() {
        let mut edges = Rows::default();
        [vec![3], vec![3], vec![3], vec![]].into_iter().for_each(|row| edges.push(row));
        let rank = pagerank(&edges);
        assert!((rank.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        // By hand: a leaf has x = (0.15 + 0.85 m) / 4, the middle m = x + 0.85 · 3x, and 3x + m = 1.
        assert!((rank[0] - 1.0 / 6.55).abs() < 1e-10 && (rank[3] - 3.55 / 6.55).abs() < 1e-10, "{rank:?}");
    }

    #[test]
    fn nothing_has_no_ranks() {
        assert!(pagerank(&Rows::default()).is_empty());
    }
}
