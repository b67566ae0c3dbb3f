//! What a query may use up, counted where the evaluator cannot do without: whenever it copies, compares or reads a term.
//!
//! A query that has used up its share is unwound, from wherever it is, to where it was started. It has a thread of its own
//! for as long as it runs, so the count belongs to the thread.

use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// What a query may use up.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// How long it may take.
    pub time: Duration,
    /// How many terms it may hold at once.
    pub terms: i64,
    /// How many bytes of terms its expressions may read in all.
    pub read: u64,
}

/// Why a query was stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    /// It took too long.
    Time,
    /// It held too much in memory.
    Memory,
    /// Nobody waits for it any more.
    Gone,
}

/// The clock is looked at once in so many terms.
const SELDOM: u32 = 64;

struct Meter {
    until: Cell<Option<Instant>>,
    passed: Cell<u32>,
    held: Cell<i64>,
    most_held: Cell<i64>,
    left_to_read: Cell<u64>,
    gone: RefCell<Arc<AtomicBool>>,
}

thread_local! {
    static METER: Meter = Meter {
        until: const { Cell::new(None) },
        passed: const { Cell::new(0) },
        held: const { Cell::new(0) },
        most_held: const { Cell::new(i64::MAX) },
        left_to_read: const { Cell::new(u64::MAX) },
        gone: RefCell::default(),
    };
}

/// Runs something on this thread within limits, and no longer than `gone` says that somebody waits.
///
/// # Errors
/// If it was stopped.
pub fn within<T>(limits: Limits, gone: &Arc<AtomicBool>, run: impl FnOnce() -> T) -> Result<T, Stop> {
    METER.with(|meter| {
        meter.until.set(Instant::now().checked_add(limits.time));
        meter.held.set(0);
        meter.most_held.set(limits.terms);
        meter.left_to_read.set(limits.read);
        meter.gone.replace(Arc::clone(gone));
    });
    // What the evaluator leaves behind is dropped, and never looked at again.
    let done = catch_unwind(AssertUnwindSafe(run));
    METER.with(|meter| {
        meter.until.set(None);
        meter.most_held.set(i64::MAX);
        meter.left_to_read.set(u64::MAX);
    });
    done.map_err(|cause| cause.downcast::<Stop>().map_or_else(|other| resume_unwind(other), |stop| *stop))
}

/// A term has come up.
pub fn pass() {
    METER.with(|meter| {
        let passed = meter.passed.get().wrapping_add(1);
        meter.passed.set(passed);
        if passed.is_multiple_of(SELDOM) {
            look(meter);
        }
    });
}

fn look(meter: &Meter) {
    let Some(until) = meter.until.get() else { return };
    if Instant::now() >= until {
        stop(meter, Stop::Time);
    }
    if meter.gone.borrow().load(Ordering::Relaxed) {
        stop(meter, Stop::Gone);
    }
}

fn stop(meter: &Meter, why: Stop) {
    // From here on terms are only dropped.
    meter.until.set(None);
    meter.most_held.set(i64::MAX);
    resume_unwind(Box::new(why));
}

/// A term is held from now on.
pub fn hold() {
    METER.with(|meter| {
        let held = meter.held.get() + 1;
        meter.held.set(held);
        if held > meter.most_held.get() {
            meter.held.set(held - 1);
            stop(meter, Stop::Memory);
        }
    });
    pass();
}

/// A term is held no longer.
pub fn release() {
    // A thread that ends may drop terms after its meter.
    _ = METER.try_with(|meter| meter.held.set(meter.held.get() - 1));
}

/// An expression reads a term of so many bytes.
pub fn read(bytes: usize) {
    METER.with(|meter| match meter.left_to_read.get().checked_sub(bytes as u64) {
        Some(left) => meter.left_to_read.set(left),
        None => stop(meter, Stop::Memory),
    });
    pass();
}
