//! The graph at full size beside plain compressed rows: building it, and walking all of it against the edges, with and
//! without a day. Run with `cargo bench --bench graph`; `LINCHPIN_BENCH_COMPANIES` makes it smaller. The rounds
//! alternate, so compare the ratios of one run.

use std::time::{Duration, Instant};

use linchpin::graph::{
    ByCompany, Company, CompanyIx, Dependencies, Filter, Graph, HeldRole, Input, Interner, Layer, Manifest, Role, Row,
    Tables, View,
};
use linchpin::model::{Day, Period, Status, Text};
use linchpin::query::{AllNeeds, Direction, Kept, Walk, impact};

const PER_COMPANY: usize = 10;
const ROUNDS: usize = 9;
const INPUTS: usize = 8;

fn main() {
    let companies = std::env::var("LINCHPIN_BENCH_COMPANIES").ok().and_then(|n| n.parse().ok()).unwrap_or(1_000_000);
    let mut random = Random(42);
    let tables = || tables(companies, &mut Random(7));
    let (rows, interner) = rows(companies, &mut random);
    println!("{companies} companies, {} dependencies", rows.len());

    let mut build = Vec::new();
    let mut made = None;
    for _ in 0..3 {
        let (tables, rows, interner) = (tables(), rows.clone(), interner.clone());
        let before = resident();
        let started = Instant::now();
        let dependencies = Dependencies::from_sorted(companies, rows.iter().copied());
        let graph = Graph::assemble(Tables { dependencies, terms: interner, ..tables }).expect("the rows are in order");
        build.push(started.elapsed());
        drop(rows);
        println!(
            "resident after building: {} MiB more than with the rows alone",
            (resident().saturating_sub(before)) >> 20
        );
        made = Some(graph);
    }
    let graph = made.expect("it was built");
    println!("building the graph from sorted rows: {:?} (median of {})", median(build), 3);
    println!("bytes a dependency: {:.1}", graph.bytes_of_dependencies() as f64 / rows.len() as f64);

    let rows_of = PlainRows::reverse(companies, &rows);
    let plain = &rows_of;
    let ever = View::new(&graph, Filter { day: Day::LAST, source: None, status: None });
    let day: linchpin::model::PartialDate = "2020-06-30".parse().expect("a date");
    let today = View::new(&graph, Filter { day: day.last_day(), source: None, status: None });
    let hub = 0;
    let found = plain.reach(hub);
    let walk = |view: &View| Walk::new(&graph, view, hub, Direction::Downstream, usize::MAX, None);
    println!(
        "found: plain {found}, all {}, of the day {}",
        walk(&ever).list(&graph, &ever, &Kept::default()).len(),
        walk(&today).list(&graph, &today, &Kept::default()).len()
    );
    let mut times = [vec![], vec![], vec![], vec![]];
    for _ in 0..ROUNDS {
        times[0].push(timed(|| plain.reach(hub)));
        times[1].push(timed(|| walk(&ever)));
        times[2].push(timed(|| walk(&today)));
        times[3].push(timed(|| View::new(&graph, today.filter)));
    }
    let [plain, all, of_the_day, view] = times.map(median);
    let ratio = |time: Duration| time.as_secs_f64() / plain.as_secs_f64();
    println!(
        "full reverse reach, median of {ROUNDS}: plain rows {plain:?}, walk {all:?} ({:.2} ×), with as_of {of_the_day:?} ({:.2} ×); making a view {view:?}",
        ratio(all),
        ratio(of_the_day)
    );

    let started = Instant::now();
    let needs = AllNeeds::of(&graph, &ever);
    println!("the needs of all companies: {:?}, {} MiB", started.elapsed(), needs.bytes() >> 20);
    let down = || graph.activities.of(hub).collect();
    let failed = impact(&graph, &ever, &needs, down()).failed;
    let mut reached = fixedbitset::FixedBitSet::with_capacity(companies);
    reached.extend(failed.iter().map(|failure| failure.node as usize));
    let mut times = [vec![], vec![]];
    for _ in 0..ROUNDS {
        times[0].push(timed(|| rows_of.reach_within(hub, &reached)));
        times[1].push(timed(|| impact(&graph, &ever, &needs, down())));
    }
    let [reach, fall] = times.map(median);
    println!(
        "impact of one that is down, {} fail, median of {ROUNDS}: plain rows over the same {reach:?}, impact {fall:?} ({:.2} ×)",
        failed.len(),
        fall.as_secs_f64() / reach.as_secs_f64()
    );
}

fn timed<T>(work: impl FnOnce() -> T) -> Duration {
    let started = Instant::now();
    std::hint::black_box(work());
    started.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

/// Resident memory of this process in bytes, where the system tells.
fn resident() -> usize {
    let status = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    status.split(' ').nth(1).and_then(|pages| pages.parse::<usize>().ok()).unwrap_or(0) * 4096
}

/// Plain compressed rows and a bitset: the floor.
struct PlainRows {
    starts: Vec<u32>,
    ends: Vec<u32>,
}

impl PlainRows {
    fn reverse(companies: usize, rows: &[Row]) -> Self {
        let mut starts = vec![0; companies + 1];
        let mut pairs: Vec<(u32, u32)> = rows.iter().map(|row| (row.to, row.from)).collect();
        pairs.sort_unstable();
        pairs.dedup();
        pairs.iter().for_each(|(to, _)| starts[*to as usize + 1] += 1);
        (0..companies).for_each(|at| starts[at + 1] += starts[at]);
        Self { starts, ends: pairs.into_iter().map(|(_, from)| from).collect() }
    }

    fn reach(&self, start: u32) -> usize {
        self.reach_unless(start, fixedbitset::FixedBitSet::with_capacity(self.starts.len()))
    }

    /// The same, entering nothing but these.
    fn reach_within(&self, start: u32, within: &fixedbitset::FixedBitSet) -> usize {
        let mut others = within.clone();
        others.toggle_range(..);
        self.reach_unless(start, others)
    }

    fn reach_unless(&self, start: u32, mut seen: fixedbitset::FixedBitSet) -> usize {
        let mut order = vec![start];
        seen.insert(start as usize);
        let mut next = 0;
        while next < order.len() {
            let node = order[next] as usize;
            next += 1;
            for &end in &self.ends[self.starts[node] as usize..self.starts[node + 1] as usize] {
                if !seen.put(end as usize) {
                    order.push(end);
                }
            }
        }
        order.len() - 1
    }
}

/// xorshift64*: the same numbers on every machine (Vigna, ACM TOMS 2016).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound as u64) as usize
    }
}

/// Dependencies in order: most on anybody, a fifth on the first hundredth, a third with a period, a tenth with a share.
fn rows(companies: usize, random: &mut Random) -> (Vec<Row>, Interner) {
    let mut interner = Interner::default();
    let set = interner.set(vec![], |_| None);
    let mut rows = Vec::with_capacity(companies * PER_COMPANY);
    for from in 0..companies as CompanyIx {
        for _ in 0..PER_COMPANY {
            let bound = if random.below(5) == 0 { companies / 100 } else { companies };
            let to = random.below(bound) as CompanyIx;
            let month = |random: &mut Random, low: usize, span: usize| {
                let month = low * 12 + random.below(span * 12);
                format!("{:04}-{:02}", month / 12, month % 12 + 1).parse().ok()
            };
            let dated = random.below(3) == 0;
            let since = if dated { month(random, 2008, 19) } else { None };
            let until = if dated && random.below(5) < 2 { month(random, 2009, 20) } else { None };
            let terms = interner.terms(Period { since, until }, Some(Status::Confirmed), set);
            let share = (random.below(10) == 0).then(|| random.below(30) as f64 / 100.0);
            let kind = 1 + random.below(INPUTS) as u16;
            if to != from {
                rows.push(Row { from, to, kind, terms, critical: random.below(2) == 0, share });
            }
        }
        let own = rows.partition_point(|row| row.from < from);
        rows[own..].sort_by_key(|row| (row.to, row.kind));
    }
    (rows, interner)
}

/// What suppliers are no alternatives in.
fn inputs(name: &Text) -> Vec<Input> {
    let input = |at| Input { id: format!("i{at}").parse().expect("an id"), name: name.clone(), description: None };
    (0..INPUTS).map(input).collect()
}

/// Everything but dependencies: one layer, one role, and companies that hold it.
fn tables(companies: usize, _: &mut Random) -> Tables {
    let text: Text = serde_json::from_str(r#"{"en": "x"}"#).expect("a text");
    let layer = Layer {
        id: "x".parse().expect("an id"),
        tier: 0,
        name: text.clone(),
        description: None,
        inputs: inputs(&text),
    };
    let role = Role {
        id: "x".parse().expect("an id"),
        number: None,
        layer: 0,
        needs: vec![],
        name: text.clone(),
        description: None,
        rates: vec![],
    };
    let mut interner = Interner::default();
    let set = interner.set(vec![], |_| None);
    let terms = interner.terms(Period::default(), None, set);
    let company = |at: usize| Company {
        id: format!("c{at:07}").parse().expect("an id"),
        name: serde_json::from_str(&format!(r#"{{"en": "Company {at}"}}"#)).expect("a text"),
        country: None,
        founded: None,
        parent: None,
        profile: None,
    };
    Tables {
        manifest: Manifest {
            title: text,
            version: "1".into(),
            as_of: Day::LAST,
            license: None,
            languages: vec![],
            revision: 0,
            modified: None,
        },
        layers: vec![layer],
        roles: vec![role],
        sources: vec![],
        companies: (0..companies).map(company).collect(),
        terms: interner,
        dependencies: Dependencies::default(),
        held_roles: ByCompany::collect((0..companies).map(|_| vec![HeldRole { role: 0, terms, note: None }])),
        self_supply: ByCompany::collect((0..companies).map(|_| vec![])),
        stakes: ByCompany::collect((0..companies).map(|_| vec![])),
        strategies: ByCompany::collect((0..companies).map(|_| vec![])),
        figures: vec![],
    }
}
