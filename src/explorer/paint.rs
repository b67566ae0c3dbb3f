//! Drawings in pixels: PNG, for where no SVG is shown, such as the cards of links in chats.

use std::io;
use std::sync::{Arc, LazyLock};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::fontdb::{Database, Source};
use resvg::usvg::{Options, Tree};

/// The one font, so that words look the same on every machine: Pretendard, of Latin, Greek, Cyrillic, Hangul and Kana.
const FONT: &[u8] = include_bytes!("assets/fonts/Pretendard-Regular.otf");

static OPTIONS: LazyLock<Options<'static>> = LazyLock::new(|| {
    let family = "Pretendard".to_owned();
    let mut fonts = Database::new();
    fonts.load_font_source(Source::Binary(Arc::new(FONT)));
    // What words are set in where they name no font of ours.
    fonts.set_serif_family(&family);
    Options { font_family: family, fontdb: Arc::new(fonts), ..Options::default() }
});

/// A drawing as a PNG, pixel for pixel.
///
/// # Errors
/// If it is none.
pub fn paint(drawing: &str) -> io::Result<Vec<u8>> {
    let tree = Tree::from_str(drawing, &OPTIONS).map_err(io::Error::other)?;
    let size = tree.size().to_int_size();
    let pixels = Pixmap::new(size.width(), size.height());
    let mut pixels = pixels.ok_or_else(|| io::Error::other("the drawing has no size"))?;
    resvg::render(&tree, Transform::identity(), &mut pixels.as_mut());
    pixels.encode_png().map_err(io::Error::other)
}
