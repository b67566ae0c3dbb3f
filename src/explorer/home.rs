//! The first page: search, the stack as a picture, and who holds it up.

use actix_web::get;
use askama::Template;

use super::answers::{Concentration, Layer, List, Ranked, Share};
use super::drawing;
use super::facts::Layers;
use super::frame::{Frame, Meta};
use super::visit::{Page, Visit};

/// How many suppliers of a layer are named.
const NAMED: usize = 3;

/// A layer with its largest suppliers.
struct Block {
    layer: Layer,
    suppliers: usize,
    largest: Vec<Share>,
}

#[derive(Template)]
#[template(path = "home.html")]
struct Home<'a> {
    frame: &'a Frame,
    meta: Meta,
    tiers: Vec<(u32, Vec<Block>)>,
    linchpins: Vec<Ranked>,
    needed: Vec<Ranked>,
}

/// The first page.
#[get("/")]
pub async fn show(visit: Visit) -> Page {
    let layers = Layers::of(&visit).await?;
    let concentration: List<Concentration> = visit.get("/v1/concentration", &[("limit", "1000")]).await?;
    let top = |measure: &'static str| ranking(&visit, measure);
    let (linchpins, needed) = (top("impact").await, top("dependents").await);
    let frame = &visit.frame;
    let meta = Meta::of(frame.w.tagline, frame.w.home_lead).json(frame, "/v1", &[]);
    let meta = Meta { image: Some(drawing::card(frame)), ..meta };
    visit.page(&Home { frame, meta, tiers: tiers(layers, concentration.items), linchpins, needed })
}

/// The head of a ranking; nothing where the graph is too large for it.
pub async fn ranking(visit: &Visit, measure: &str) -> Vec<Ranked> {
    let list: Option<List<Ranked>> = visit.try_get(&format!("/v1/rankings/{measure}"), &[("limit", "8")]).await;
    list.map_or(Vec::new(), |list| list.items.into_iter().filter(|row| row.score > 0.0).collect())
}

/// The columns of the stack.
fn tiers(layers: Layers, mut rows: Vec<Concentration>) -> Vec<(u32, Vec<Block>)> {
    let mut tiers: Vec<(u32, Vec<Block>)> = Vec::new();
    rows.retain(|row| row.input.is_none());
    for layer in layers.0 {
        let row = rows.iter().position(|row| row.layer == layer.id).map(|at| rows.swap_remove(at));
        let (suppliers, mut largest) = row.map_or((0, Vec::new()), |row| (row.suppliers, row.shares));
        largest.truncate(NAMED);
        let (tier, block) = (layer.tier, Block { layer, suppliers, largest });
        match tiers.last_mut() {
            Some((last, blocks)) if *last == tier => blocks.push(block),
            _ => tiers.push((tier, vec![block])),
        }
    }
    tiers
}
