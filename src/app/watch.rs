//! When the folder is to be loaded anew: when something in it changes, when it is another folder by now, when a signal asks.
//!
//! A change is waited out: editors and deployments change several things in a row. What changes while it is read is read
//! again. The folder itself is looked up twice a second, since a link that leads elsewhere, or a folder that went and came
//! back, tells nobody who watches the one before.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode};
use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::Stop;
use super::log::{Level, say};
use super::reload::Reloader;

/// A change counts as over when nothing changed for so long …
const QUIET: Duration = Duration::from_millis(100);

/// … and at the latest after so long.
const LONGEST: Duration = Duration::from_secs(2);

/// How often the folder itself is looked up.
const LOOK: Duration = Duration::from_millis(500);

/// How often what changes while it is read is read again.
const AGAIN: usize = 5;

/// Why the folder is to be loaded anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cause {
    /// Something in it changed.
    Changed,
    /// A signal asked.
    Asked,
}

impl Cause {
    fn as_str(self) -> &'static str {
        match self {
            Self::Changed => "change",
            Self::Asked => "signal",
        }
    }
}

/// Where causes come from, and where they are heard. What changes from now on is not missed.
pub(super) struct Causes {
    /// Tells of a cause.
    pub tell: Sender<Cause>,
    hear: Receiver<Cause>,
    watched: Option<Watched>,
}

impl Causes {
    /// Listens, and watches a folder if there is one to be watched.
    ///
    /// # Errors
    /// If it cannot be watched.
    pub fn new(watch: Option<&Path>) -> Result<Self, Stop> {
        let (tell, hear) = channel();
        let watched = watch.map(|path| Watched::new(path.to_path_buf(), tell.clone())).transpose()?;
        Ok(Self { tell, hear, watched })
    }

    /// Loads the folder anew whenever there is a cause to, on a thread of its own.
    ///
    /// # Errors
    /// If there can be no such thread.
    pub fn serve(self, reloader: Reloader) -> Result<(), Stop> {
        let thread = std::thread::Builder::new().name("reload".into());
        let Self { hear, watched, .. } = self;
        let run = move || Loop { reloader, causes: hear, watched }.run();
        thread.spawn(run).map_err(|error| Stop::Io("cannot start a thread".into(), error))?;
        Ok(())
    }
}

/// A folder that is watched.
struct Watched {
    path: PathBuf,
    watcher: RecommendedWatcher,
    /// What the path led to when it was watched last.
    place: Option<PathBuf>,
    identity: Option<Identity>,
}

/// What tells two folders apart that stand at the same place.
type Identity = (u64, u64);

impl Watched {
    fn new(path: PathBuf, ask: Sender<Cause>) -> Result<Self, Stop> {
        let handler = move |event: notify::Result<notify::Event>| {
            if event.is_ok_and(|event| is_change(event.kind)) {
                // Nobody listens any more when the program ends.
                _ = ask.send(Cause::Changed);
            }
        };
        let refused = |error: notify::Error| Stop::Refused(format!("the folder cannot be watched: {error}"));
        let watcher = notify::recommended_watcher(handler).map_err(refused)?;
        let mut watched = Self { path, watcher, place: None, identity: None };
        watched.watch().map_err(refused)?;
        Ok(watched)
    }

    /// Watches what the path leads to now, and all links in it.
    fn watch(&mut self) -> notify::Result<()> {
        if let Some(place) = self.place.take() {
            // It may be gone, and that is fine.
            _ = self.watcher.unwatch(&place);
        }
        let place = fs::canonicalize(&self.path);
        self.place = place.as_ref().ok().cloned();
        self.identity = self.place.as_deref().and_then(identity);
        self.watcher.watch(&place?, RecursiveMode::Recursive)
    }

    /// Whether the path leads elsewhere by now.
    fn has_moved(&self) -> bool {
        let place = fs::canonicalize(&self.path).ok();
        place != self.place || place.as_deref().and_then(identity) != self.identity
    }
}

/// Whether an event may change what is read: looking does not, though it is told.
fn is_change(kind: EventKind) -> bool {
    !matches!(kind, EventKind::Access(access) if access != AccessKind::Close(AccessMode::Write))
}

#[cfg(unix)]
fn identity(place: &Path) -> Option<Identity> {
    use std::os::unix::fs::MetadataExt;
    fs::metadata(place).ok().map(|about| (about.dev(), about.ino()))
}

#[cfg(not(unix))]
fn identity(place: &Path) -> Option<Identity> {
    let made = fs::metadata(place).ok()?.created().ok()?;
    let since = made.duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    Some((since.as_secs(), since.subsec_nanos().into()))
}

struct Loop {
    reloader: Reloader,
    causes: Receiver<Cause>,
    watched: Option<Watched>,
}

impl Loop {
    fn run(mut self) {
        while let Some(cause) = self.cause() {
            // A fault of the program ends one attempt, and not all to come.
            if catch_unwind(AssertUnwindSafe(|| self.reload(cause))).is_err() {
                self.reloader.break_off(cause.as_str());
            }
        }
    }

    /// Waits for the next cause; `None` when there will be none.
    fn cause(&mut self) -> Option<Cause> {
        loop {
            let heard = match &self.watched {
                None => self.causes.recv().map_err(|_| RecvTimeoutError::Disconnected),
                Some(_) => self.causes.recv_timeout(LOOK),
            };
            match heard {
                Ok(cause) => return Some(cause),
                Err(RecvTimeoutError::Disconnected) => return None,
                Err(RecvTimeoutError::Timeout) if self.watched.as_ref().is_some_and(Watched::has_moved) => {
                    return Some(Cause::Changed);
                }
                Err(RecvTimeoutError::Timeout) => {}
            }
        }
    }

    /// Loads the folder as it is once it is still.
    fn reload(&mut self, cause: Cause) {
        let mut left = AGAIN;
        loop {
            if cause == Cause::Changed || left < AGAIN {
                self.wait_until_quiet();
            }
            // Watched before it is read: nothing that changes in between is missed.
            self.watch_anew();
            let (begun, found) = (Instant::now(), self.reloader.look());
            left -= 1;
            if left == 0 || !self.has_changed() {
                return self.reloader.settle(found, cause.as_str(), begun);
            }
        }
    }

    fn wait_until_quiet(&self) {
        let begun = Instant::now();
        while self.causes.recv_timeout(QUIET).is_ok() && begun.elapsed() < LONGEST {}
    }

    fn watch_anew(&mut self) {
        let Some(watched) = &mut self.watched else { return };
        if let Err(error) = watched.watch() {
            say(Level::Error, "watch", &[("path", &watched.path.display()), ("error", &error)], "");
        }
    }

    /// Whether something changed while the folder was read.
    fn has_changed(&self) -> bool {
        self.causes.try_iter().count() > 0 || self.watched.as_ref().is_some_and(Watched::has_moved)
    }
}
