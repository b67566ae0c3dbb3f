//! What is served now, and its replacement.

use std::sync::Arc;

use arc_swap::ArcSwap;

use super::World;

/// A world that can be replaced by another one while requests are under way.
#[derive(Debug)]
pub struct Live(ArcSwap<World>);

impl Live {
    /// Serves this world.
    pub fn new(world: World) -> Self {
        Self(ArcSwap::from_pointee(world))
    }

    /// The world that is served now.
    pub fn world(&self) -> Arc<World> {
        self.0.load_full()
    }

    /// Serves this world from now on. Requests under way end with the one they began with.
    pub fn replace(&self, world: World) {
        self.0.store(Arc::new(world));
    }
}
