//! What is served now, its replacement, and those who want to hear of it.

use std::sync::Arc;

use arc_swap::ArcSwap;
use tokio::sync::watch;

use super::metrics::Metrics;
use super::reloads::Reloads;
use super::{Addresses, World};

/// A world that can be replaced by another one while requests are under way.
#[derive(Debug)]
pub struct Live {
    world: ArcSwap<World>,
    /// What came of the attempts to replace it.
    pub reloads: Reloads,
    /// How the requests go.
    pub metrics: Metrics,
    pulse: watch::Sender<Pulse>,
}

/// What those who follow hear of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pulse {
    /// So many worlds have been replaced.
    Replaced(u64),
    /// The server stops.
    Stopping,
}

impl Live {
    /// Serves this world at these addresses.
    pub fn new(world: World, addresses: &Addresses) -> Self {
        let pulse = watch::Sender::new(Pulse::Replaced(0));
        let (reloads, metrics) = (Reloads::default(), Metrics::new(addresses));
        Self { world: ArcSwap::from_pointee(world), reloads, metrics, pulse }
    }

    /// The world that is served now.
    pub fn world(&self) -> Arc<World> {
        self.world.load_full()
    }

    /// Serves this world from now on. Requests under way end with the one they began with.
    pub fn replace(&self, world: World) {
        self.world.store(Arc::new(world));
        self.pulse.send_modify(|pulse| {
            if let Pulse::Replaced(times) = pulse {
                *times += 1;
            }
        });
    }

    /// Ends what would never end by itself, so that the server can stop.
    pub fn stop(&self) {
        self.pulse.send_replace(Pulse::Stopping);
    }

    /// Hears of every replacement from now on.
    pub fn follow(&self) -> watch::Receiver<Pulse> {
        self.pulse.subscribe()
    }

    /// How many follow.
    pub fn followers(&self) -> usize {
        self.pulse.receiver_count()
    }
}
