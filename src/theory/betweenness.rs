//! Betweenness: on how many shortest paths between others a node lies.
//!
//! Freeman, "A set of measures of centrality based on betweenness", *Sociometry*, 1977; computed as Brandes, "A faster
//! algorithm for betweenness centrality", *J. Mathematical Sociology*, 2001.

use super::Rows;

/// The betweenness of every node: directed, unweighted, endpoints excluded, not normalised. No edge stands twice.
pub fn betweenness(edges: &Rows) -> Vec<f64> {
    let nodes = edges.len();
    let mut between = vec![0.0; nodes];
    let mut far = vec![u32::MAX; nodes];
    let mut paths = vec![0.0_f64; nodes];
    let mut share = vec![0.0_f64; nodes];
    let mut order: Vec<u32> = Vec::new();
    for start in 0..nodes as u32 {
        order.clear();
        order.push(start);
        (far[start as usize], paths[start as usize]) = (0, 1.0);
        let mut next = 0;
        while next < order.len() {
            let node = order[next];
            next += 1;
            let (onward, ways) = (far[node as usize] + 1, paths[node as usize]);
            for &other in edges.row(node) {
                if far[other as usize] == u32::MAX {
                    far[other as usize] = onward;
                    order.push(other);
                }
                if far[other as usize] == onward {
                    paths[other as usize] += ways;
                }
            }
        }
        for &node in order.iter().rev() {
            let (onward, ways) = (far[node as usize] + 1, paths[node as usize]);
            let through = edges.row(node).iter().filter(|&&other| far[other as usize] == onward);
            let sum: f64 = through.map(|&other| ways / paths[other as usize] * (1.0 + share[other as usize])).sum();
            share[node as usize] = sum;
            if node != start {
                between[node as usize] += sum;
            }
        }
        for &node in &order {
            (far[node as usize], paths[node as usize], share[node as usize]) = (u32::MAX, 0.0, 0.0);
        }
    }
    between
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_ways_of_one_length_share_what_passes() {
        // 0 → 1 → 3, 0 → 2 → 3, 3 → 4.
        let mut edges = Rows::default();
        [vec![1, 2], vec![3], vec![3], vec![4], vec![]].into_iter().for_each(|row| edges.push(row));
        assert_eq!(betweenness(&edges), [0.0, 1.0, 1.0, 3.0, 0.0]);
    }
}
