//! Atom feeds (RFC 4287).

use std::borrow::Cow;
use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::href::page_href;
use crate::model::{Day, Lang};

/// A feed.
#[derive(Debug)]
pub struct Feed<'a> {
    /// Where addresses begin, such as `http://127.0.0.1:8080`.
    pub origin: &'a str,
    /// What it is known by for ever.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// Who says all this.
    pub author: &'a str,
    /// The licence of its content.
    pub rights: Option<&'a str>,
    /// The day on which it changed last.
    pub updated: Day,
    /// The language of its texts.
    pub lang: Lang,
    /// Its address.
    pub href: String,
    /// The address of the same for programs: JSON.
    pub json: String,
    /// What happened, the newest first.
    pub entries: Vec<Entry<'a>>,
}

/// Something that happened.
#[derive(Debug)]
pub struct Entry<'a> {
    /// What it is known by for ever.
    pub id: String,
    /// What happened, in a few words.
    pub title: String,
    /// When.
    pub updated: Day,
    /// The address of what it happened to.
    pub href: String,
    /// Of what kind it is.
    pub category: &'a str,
    /// More about it.
    pub summary: Option<&'a str>,
    /// Where the sources stand.
    pub sources: Vec<&'a str>,
}

type Xml = Writer<Vec<u8>>;

impl Feed<'_> {
    /// The feed as XML.
    ///
    /// # Errors
    /// Never: it is written to memory.
    pub fn write(&self) -> io::Result<Vec<u8>> {
        let mut xml = Writer::new_with_indent(Vec::with_capacity(512 * (self.entries.len() + 2)), b' ', 1);
        xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
        let root = [("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", self.lang.as_str())];
        xml.create_element("feed").with_attributes(root).write_inner_content(|xml| {
            text(xml, "id", &self.id)?;
            text(xml, "title", &self.title)?;
            text(xml, "updated", &moment(self.updated))?;
            xml.create_element("author").write_inner_content(|xml| text(xml, "name", self.author))?;
            self.rights.map_or(Ok(()), |rights| text(xml, "rights", rights))?;
            text(xml, "generator", "Linchpin")?;
            self.link(xml, "self", "application/atom+xml", &self.href)?;
            self.link(xml, "alternate", "application/json", &self.json)?;
            self.entries.iter().try_for_each(|entry| self.entry(xml, entry))
        })?;
        Ok(xml.into_inner())
    }

    fn entry(&self, xml: &mut Xml, entry: &Entry<'_>) -> io::Result<()> {
        xml.create_element("entry").write_inner_content(|xml| {
            text(xml, "id", &entry.id)?;
            text(xml, "title", &entry.title)?;
            text(xml, "updated", &moment(entry.updated))?;
            // Readers follow the page.
            self.link(xml, "alternate", "text/html", page_href(&entry.href))?;
            self.link(xml, "alternate", "application/json", &entry.href)?;
            for source in &entry.sources {
                xml.create_element("link")
                    .with_attributes([("rel", "via"), ("href", &*legal(source))])
                    .write_empty()?;
            }
            xml.create_element("category").with_attribute(("term", entry.category)).write_empty()?;
            entry.summary.map_or(Ok(()), |summary| text(xml, "summary", summary))
        })?;
        Ok(())
    }

    fn link(&self, xml: &mut Xml, rel: &str, kind: &str, path: &str) -> io::Result<()> {
        let href = format!("{}{path}", self.origin);
        xml.create_element("link")
            .with_attributes([("rel", rel), ("type", kind), ("href", &*legal(&href))])
            .write_empty()?;
        Ok(())
    }
}

fn text(xml: &mut Xml, name: &str, content: &str) -> io::Result<()> {
    xml.create_element(name).write_text_content(BytesText::new(&legal(content)))?;
    Ok(())
}

/// A day as the moment in which it begins: Atom knows no days.
fn moment(day: Day) -> String {
    format!("{day}T00:00:00Z")
}

/// A text without what XML 1.0 has no way to write.
fn legal(text: &str) -> Cow<'_, str> {
    let illegal =
        |c: char| matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}');
    if text.contains(illegal) { text.replace(illegal, "\u{fffd}").into() } else { text.into() }
}
