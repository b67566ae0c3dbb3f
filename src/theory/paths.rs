//! Simple sequences of groups from one to another, shortest first, within a budget of work.
//!
//! Iterative deepening (Korf, "Depth-first iterative-deepening", Artificial Intelligence 1985) with an exact lower bound
//! for every step, so that a branch is entered only where the goal is near enough.

/// How a search goes on. A group is what a sequence may pass through once; a state is where in its group it stands.
pub trait Steps {
    /// Where in its group a sequence stands.
    type State;

    /// The groups that can follow, in the order in which sequences are wanted, each with where it is entered; only such
    /// from which the goal is at most `left` more steps away. `work` counts what was looked at.
    fn next(&self, state: &Self::State, left: usize, work: &mut usize) -> Vec<(u32, Self::State)>;
}

/// What a search found.
#[derive(Debug, PartialEq, Eq)]
pub struct Found {
    /// Sequences of groups from start to goal, by length, then by the order of groups.
    pub sequences: Vec<Vec<u32>>,
    /// Whether there may be more than are listed.
    pub truncated: bool,
}

/// A search for simple sequences.
#[derive(Debug)]
pub struct Sequences {
    /// How many are wanted.
    pub limit: usize,
    /// The fewest steps there can be.
    pub shortest: usize,
    /// The most steps there may be.
    pub longest: usize,
    /// How much may be looked at.
    pub budget: usize,
}

impl Sequences {
    /// All simple sequences from `start` to `goal` within the bounds.
    pub fn find<S: Steps>(&self, steps: &S, start: u32, state: S::State, goal: u32) -> Found {
        let mut search =
            Search { steps, goal, wanted: self.limit, left: self.budget, on_the_way: vec![start], found: vec![] };
        let mut truncated = false;
        for length in self.shortest..=self.longest {
            if search.deepen(&state, length) == Outcome::Stopped {
                truncated = true;
                break;
            }
        }
        search.found.truncate(self.limit);
        Found { sequences: search.found, truncated }
    }
}

struct Search<'a, S> {
    steps: &'a S,
    goal: u32,
    wanted: usize,
    left: usize,
    on_the_way: Vec<u32>,
    found: Vec<Vec<u32>>,
}

#[derive(PartialEq, Eq)]
enum Outcome {
    Exhausted,
    Stopped,
}

impl<S: Steps> Search<'_, S> {
    /// Finds the sequences of exactly `length` more steps.
    fn deepen(&mut self, state: &S::State, length: usize) -> Outcome {
        if length == 0 {
            return Outcome::Exhausted;
        }
        let mut work = 1;
        let next = self.steps.next(state, length - 1, &mut work);
        if work > self.left {
            return Outcome::Stopped;
        }
        self.left -= work;
        for (group, state) in next {
            if group == self.goal {
                if length > 1 {
                    continue;
                }
                if self.found.len() == self.wanted {
                    // One more than is wanted: enough to know that there are more.
                    return Outcome::Stopped;
                }
                self.found.push(self.on_the_way.iter().copied().chain([group]).collect());
            } else if length > 1 && !self.on_the_way.contains(&group) {
                self.on_the_way.push(group);
                let outcome = self.deepen(&state, length - 1);
                self.on_the_way.pop();
                if outcome == Outcome::Stopped {
                    return outcome;
                }
            }
        }
        Outcome::Exhausted
    }
}
