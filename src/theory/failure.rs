//! Failures that spread where needs have alternatives: the least fixpoint of an AND–OR graph.
//!
//! A node has needs and fails when it loses one; a need has suppliers and is lost when all of them have fallen. In the
//! terms of fault trees, a node is an OR gate over its needs and a need an AND gate over its suppliers (Vesely et al.,
//! *Fault Tree Handbook*, NUREG-0492, 1981); finding what falls is unit propagation in Horn formulas (Dowling and Gallier,
//! "Linear-time algorithms for testing the satisfiability of propositional Horn formulae", *J. Logic Programming*, 1984):
//! every supply is looked at once.

use super::{Rows, distinct};

/// Who needs what: the suppliers of each need, and the nodes that have it.
#[derive(Debug, Clone, Default)]
pub struct Requirements {
    suppliers: Rows,
    users: Rows,
    supplied: Rows,
    widths: Vec<u32>,
}

impl Requirements {
    /// The requirements of `nodes` nodes. A need has each supplier once.
    pub fn new(nodes: usize, suppliers: Rows, users: Rows) -> Self {
        let supplied = suppliers.turned(nodes);
        let widths = (0..suppliers.len() as u32).map(|need| suppliers.width(need)).collect();
        Self { suppliers, users, supplied, widths }
    }

    /// How many needs there are.
    pub fn len(&self) -> usize {
        self.suppliers.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.suppliers.is_empty()
    }

    /// The nodes that meet a need: any one is enough.
    pub fn suppliers(&self, need: u32) -> &[u32] {
        self.suppliers.row(need)
    }

    /// The nodes that have a need.
    pub fn users(&self, need: u32) -> &[u32] {
        self.users.row(need)
    }

    /// The memory taken, in bytes.
    pub fn bytes(&self) -> usize {
        let widths = self.widths.capacity() * size_of::<u32>();
        self.suppliers.bytes() + self.users.bytes() + self.supplied.bytes() + widths
    }
}

/// A state of the nodes: which have fallen, in which wave.
#[derive(Debug)]
pub struct Cascade<'a> {
    requirements: &'a Requirements,
    wave: Vec<u32>,
    left: Vec<u32>,
    fallen: Vec<u32>,
    hit: Vec<u32>,
}

/// A state to which a cascade can be taken back.
#[derive(Debug, Clone, Copy)]
pub struct Mark {
    fallen: usize,
    hit: usize,
}

/// A node that stands.
const STANDING: u32 = u32::MAX;

impl<'a> Cascade<'a> {
    /// The state in which everything stands.
    pub const START: Mark = Mark { fallen: 0, hit: 0 };

    /// Everything stands, among `nodes` nodes.
    pub fn new(nodes: usize, requirements: &'a Requirements) -> Self {
        Self {
            requirements,
            wave: vec![STANDING; nodes],
            left: requirements.widths.clone(),
            fallen: Vec::new(),
            hit: Vec::new(),
        }
    }

    /// Takes nodes down, in wave 0, and lets fall what falls by it, wave by wave.
    pub fn take_down(&mut self, down: impl IntoIterator<Item = u32>) {
        let mut next = self.fallen.len();
        for node in down {
            if self.wave[node as usize] == STANDING {
                self.wave[node as usize] = 0;
                self.fallen.push(node);
            }
        }
        let requirements = self.requirements;
        while next < self.fallen.len() {
            let node = self.fallen[next];
            let wave = self.wave[node as usize] + 1;
            next += 1;
            for &need in requirements.supplied.row(node) {
                let left = &mut self.left[need as usize];
                *left -= 1;
                self.hit.push(need);
                if *left == 0 {
                    for &user in requirements.users.row(need) {
                        if self.wave[user as usize] == STANDING {
                            self.wave[user as usize] = wave;
                            self.fallen.push(user);
                        }
                    }
                }
            }
        }
    }

    /// The state as it is now.
    pub fn mark(&self) -> Mark {
        Mark { fallen: self.fallen.len(), hit: self.hit.len() }
    }

    /// Takes the cascade back to a state that it was in.
    pub fn take_back(&mut self, mark: Mark) {
        self.fallen.drain(mark.fallen..).for_each(|node| self.wave[node as usize] = STANDING);
        self.hit.drain(mark.hit..).for_each(|need| self.left[need as usize] += 1);
    }

    /// The wave in which a node fell, 0 for those taken down.
    pub fn wave(&self, node: u32) -> Option<u32> {
        Some(self.wave[node as usize]).filter(|&wave| wave != STANDING)
    }

    /// The nodes that fell in each wave, in order; from wave 1 on.
    pub fn waves(&self) -> impl Iterator<Item = (u32, Vec<u32>)> {
        let same = |a: &u32, b: &u32| self.wave[*a as usize] == self.wave[*b as usize];
        self.fallen.chunk_by(same).filter_map(|nodes| {
            let wave = self.wave[*nodes.first()? as usize];
            (wave > 0).then(|| (wave, distinct(nodes.to_vec(), self.wave.len())))
        })
    }

    /// The nodes that have fallen, by wave.
    pub fn fallen(&self) -> &[u32] {
        &self.fallen
    }

    /// How many supplies have been looked at.
    pub fn work(&self) -> usize {
        self.hit.len()
    }

    /// The needs that have lost some of their suppliers, but not all; in order.
    pub fn weakened(&self) -> Vec<u32> {
        let widths = &self.requirements.widths;
        let is_weakened = |need: &u32| (1..widths[*need as usize]).contains(&self.left[*need as usize]);
        if self.hit.len() > widths.len() / 8 {
            // To look at all in turn is quicker than at many here and there.
            return (0..widths.len() as u32).filter(is_weakened).collect();
        }
        distinct(self.hit.iter().copied().filter(is_weakened).collect(), widths.len())
    }

    /// The wave after which a need is lost: that of the last of its suppliers to fall, if all have.
    pub fn lost_after(&self, need: u32) -> Option<u32> {
        self.requirements
            .suppliers(need)
            .iter()
            .map(|&node| self.wave(node))
            .try_fold(0, |last, wave| Some(last.max(wave?)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NODES: u32 = 10;

    /// The definition, round by round.
    fn by_rounds(needs: &[(Vec<u32>, Vec<u32>)], down: &[u32]) -> Vec<Option<u32>> {
        let mut wave: Vec<Option<u32>> = (0..NODES).map(|node| down.contains(&node).then_some(0)).collect();
        for round in 1.. {
            let lost = |suppliers: &[u32]| {
                !suppliers.is_empty() && suppliers.iter().all(|&node| wave[node as usize].is_some())
            };
            let failing: Vec<u32> =
                needs.iter().filter(|(suppliers, _)| lost(suppliers)).flat_map(|(_, users)| users.clone()).collect();
            let new: Vec<u32> = failing.into_iter().filter(|&node| wave[node as usize].is_none()).collect();
            if new.is_empty() {
                break;
            }
            new.into_iter().for_each(|node| wave[node as usize] = Some(round));
        }
        wave
    }

    fn nodes() -> impl Strategy<Value = Vec<u32>> {
        prop::collection::btree_set(0..NODES, 1..4).prop_map(|set| set.into_iter().collect())
    }

    proptest! {
        #[test]
        fn waves_are_those_of_the_definition_and_can_be_taken_back(
            needs in prop::collection::vec((nodes(), nodes()), 0..16),
            down in nodes(),
            more in nodes(),
        ) {
            let (mut suppliers, mut users) = (Rows::default(), Rows::default());
            for (by, of) in &needs {
                suppliers.push(by.iter().copied());
                users.push(of.iter().copied());
            }
            let requirements = Requirements::new(NODES as usize, suppliers, users);
            let mut cascade = Cascade::new(NODES as usize, &requirements);
            let waves = |cascade: &Cascade<'_>| (0..NODES).map(|node| cascade.wave(node)).collect::<Vec<_>>();
            cascade.take_down(down.iter().copied());
            prop_assert_eq!(waves(&cascade), by_rounds(&needs, &down));
            let mark = cascade.mark();
            cascade.take_down(more.iter().copied());
            let both: Vec<u32> = down.iter().chain(&more).copied().collect();
            let stands = |waves: &[Option<u32>]| waves.iter().map(Option::is_none).collect::<Vec<_>>();
            prop_assert_eq!(stands(&waves(&cascade)), stands(&by_rounds(&needs, &both)), "more down, asked on top");
            cascade.take_back(mark);
            prop_assert_eq!(waves(&cascade), by_rounds(&needs, &down));
        }
    }
}
