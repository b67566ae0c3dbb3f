//! Pages of lists, cut by key: a page begins after the key of the last item of the page before, so that a chain of pages
//! repeats and skips nothing, whatever happens to the list meanwhile. Keys are made of what the items say, never of where
//! they stand; items that say the same are told apart by counting them.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::ask::Ask;
use super::parameters::{PageQuery, Words};
use super::problem::{Problem, ProblemKind};

/// One page of a list.
#[derive(Debug)]
pub struct Page<'a, T> {
    /// What is on it.
    pub rows: &'a [T],
    /// How many items the whole list has.
    pub total: usize,
    /// The address of the next page.
    pub next: Option<String>,
}

/// Parts of a sort key, joined so that the whole orders as the parts do.
pub fn key(parts: &[&str]) -> String {
    parts.join("\u{1}")
}

/// The same key, ordering the other way round.
pub fn downward(key: &str) -> String {
    let turned = key.chars().map(|c| char::from_u32(0x0010_FFFF - u32::from(c)));
    // What has no counterpart is a surrogate; private-use characters stand in, in order.
    turned.map(|c| c.unwrap_or('\u{e000}')).chain(['\u{10ffff}']).collect()
}

impl<Q> Ask<Q> {
    /// Cuts the page that is asked for out of a list that is sorted by `key`; `order` tells orders of one list apart.
    ///
    /// # Errors
    /// If the cursor is none of this list.
    pub fn page<'a, T>(
        &self,
        page: &PageQuery,
        order: &str,
        rows: &'a [T],
        key: impl Fn(&T) -> String,
    ) -> Result<Page<'a, T>, Problem> {
        let list = format!("{}\u{2}{order}", self.request.path());
        let start = match &page.after {
            None => 0,
            Some(cursor) => {
                let (after, shown) = decode(&list, cursor)?;
                let first = rows.partition_point(|row| key(row) < after);
                first + rows[first..].iter().take(shown).take_while(|row| key(row) == after).count()
            }
        };
        let end = rows.len().min(start + page.limit.0);
        let last = rows[start..end].last().filter(|_| end < rows.len());
        let next = last.map(|row| {
            let last = key(row);
            let shown = rows[..end].iter().rev().take_while(|row| key(row) == last).count();
            self.address_after(&encode(&list, &format!("{last}\u{2}{shown}")))
        });
        Ok(Page { rows: &rows[start..end], total: rows.len(), next })
    }

    /// The address of this request, from another place in the list.
    fn address_after(&self, cursor: &str) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        let pairs = form_urlencoded::parse(self.request.query_string().as_bytes()).filter(|(name, _)| name != "after");
        query.extend_pairs(pairs).append_pair("after", cursor);
        format!("{}?{}", self.request.path(), query.finish())
    }
}

/// A cursor: a place, with a check that it belongs to this list and is whole. The place is the key of the last item and
/// how many items with this key have been shown.
fn encode(list: &str, place: &str) -> String {
    URL_SAFE_NO_PAD.encode([&check(list, place)[..], place.as_bytes()].concat())
}

fn check(list: &str, place: &str) -> [u8; 4] {
    let hash = twox_hash::XxHash3_64::oneshot(format!("{list}\u{2}{place}").as_bytes());
    (hash as u32).to_be_bytes()
}

fn decode(list: &str, cursor: &Words) -> Result<(String, usize), Problem> {
    let place = || {
        let bytes = URL_SAFE_NO_PAD.decode(&cursor.0).ok()?;
        let (stated, place) = bytes.split_first_chunk()?;
        let place = std::str::from_utf8(place).ok()?;
        let (key, shown) = place.rsplit_once('\u{2}')?;
        Some((key.to_owned(), shown.parse().ok()?)).filter(|_| check(list, place) == *stated)
    };
    place().ok_or_else(|| {
        let takes = "the cursor that `next` of this list gave, unchanged";
        Problem::with_parameter(ProblemKind::InvalidCursor, "after", Some(&cursor.0), takes)
    })
}
