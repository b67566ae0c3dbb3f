//! What came of the attempts to replace the data: what operators see at `/health/ready` and `/metrics`.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use arc_swap::ArcSwapOption;
use jiff::Timestamp;
use serde::{Serialize, Serializer};
use utoipa::ToSchema;

/// What came of an attempt to load the data anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Other data are served now.
    Replaced,
    /// The data were found as they are served.
    Unchanged,
    /// The data have an error: those before are still served.
    Failed,
}

impl Outcome {
    /// Every outcome.
    pub const ALL: [Self; 3] = [Self::Replaced, Self::Unchanged, Self::Failed];

    /// Its name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Replaced => "replaced",
            Self::Unchanged => "unchanged",
            Self::Failed => "failed",
        }
    }
}

/// An error that keeps data from being served.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Fault {
    /// The rule that is broken.
    #[schema(example = "unknown-company")]
    pub rule: String,
    /// The file, from the data folder on.
    #[schema(example = "companies/openai.json")]
    pub file: String,
    /// The line, from 1, where the error is in one.
    #[schema(example = 12)]
    pub line: Option<usize>,
    /// The column in characters, from 1.
    #[schema(example = 7)]
    pub column: Option<usize>,
    /// What is wrong.
    #[schema(example = "there is no company `asmll`")]
    pub message: String,
}

/// The last attempt to load the data anew.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Reload {
    /// When it ended.
    #[serde(serialize_with = "to_the_millisecond")]
    #[schema(value_type = String, format = DateTime, example = "2026-11-26T09:30:00.125Z")]
    pub at: Timestamp,
    /// What came of it.
    pub outcome: Outcome,
    /// How many errors the data have.
    pub errors: u64,
    /// The first of the errors.
    pub faults: Vec<Fault>,
}

fn to_the_millisecond<S: Serializer>(at: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&format_args!("{at:.3}"))
}

impl Reload {
    /// An attempt that ends now, without an error.
    pub fn now(outcome: Outcome) -> Self {
        Self { at: Timestamp::now(), outcome, errors: 0, faults: Vec::new() }
    }

    /// A failure that ends now: so many errors, and the first of them.
    pub fn failed(errors: u64, faults: Vec<Fault>) -> Self {
        Self { errors, faults, ..Self::now(Outcome::Failed) }
    }
}

/// The attempts so far.
#[derive(Debug, Default)]
pub struct Reloads {
    last: ArcSwapOption<Reload>,
    counts: [AtomicU64; Outcome::ALL.len()],
}

impl Reloads {
    /// Notes an attempt.
    pub fn note(&self, reload: Reload) {
        self.counts[reload.outcome as usize].fetch_add(1, Ordering::Relaxed);
        self.last.store(Some(Arc::new(reload)));
    }

    /// The last attempt, if there was one.
    pub fn last(&self) -> Option<Arc<Reload>> {
        self.last.load_full()
    }

    /// How many attempts had this outcome.
    pub fn count(&self, outcome: Outcome) -> u64 {
        self.counts[outcome as usize].load(Ordering::Relaxed)
    }
}
