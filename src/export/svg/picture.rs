//! How a picture is drawn: boxes in columns, lines between them, what the lines mean, and notes in the corner.

use std::collections::BTreeMap;
use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::events::BytesText;

use super::layout::{Box, Layout, width_of};
use crate::export::is_harmless;
use crate::export::xml::xml_text;
use crate::model::Lang;

type Xml<'a> = Writer<&'a mut dyn Write>;

/// What is drawn.
pub struct Picture {
    /// What it shows.
    pub title: String,
    /// The same in a sentence, for who cannot see it.
    pub summary: String,
    /// The language of its words.
    pub lang: Lang,
    /// What stands above each column.
    pub heads: BTreeMap<u16, String>,
    /// The boxes.
    pub items: Vec<Item>,
    /// The lines.
    pub lines: Vec<Line>,
    /// What each class of lines means.
    pub legend: Vec<(&'static str, &'static str)>,
    /// What stands below.
    pub notes: Vec<String>,
}

/// A box.
pub struct Item {
    /// The id of the company.
    pub id: String,
    /// What stands in it.
    pub label: String,
    /// What is told of it besides.
    pub hint: String,
    /// Its column.
    pub column: u16,
    /// How it is set off from others: `focus`, `down`, or empty.
    pub class: &'static str,
}

/// A line from a dependent to a supplier.
pub struct Line {
    /// The places of both in the list of boxes.
    pub ends: (usize, usize),
    /// How it looks.
    pub class: String,
    /// What is told of it.
    pub hint: String,
}

/// How a drawing looks, by day and by night. It stands in the drawing, so that it looks the same wherever it is shown.
const STYLE: &str = "\
svg{font:13px system-ui,'Apple SD Gothic Neo','Noto Sans KR',sans-serif;background:#fff;fill:#1d2430}\
.tier{font-size:12px;font-weight:600;fill:#5b6675}.box{fill:#f3f6fa;stroke:#b9c4d2}\
.focus .box{fill:#1f5fd0;stroke:#1f5fd0}.down .box{fill:#b3372b;stroke:#b3372b}.focus text,.down text{fill:#fff;font-weight:600}\
.edge{fill:none;stroke:#8593a6;stroke-width:1.2;opacity:.55}.optional{stroke-dasharray:5 4}.reported{stroke-dasharray:1.5 4}\
.near{stroke:#1f5fd0;opacity:.7}.far{opacity:.22}.note{font-size:12px;fill:#5b6675}\
@media(prefers-color-scheme:dark){svg{background:#12161d;fill:#e6ebf2}.tier,.note{fill:#9aa7b8}\
.box{fill:#1d2531;stroke:#3a475a}.edge{stroke:#7f8da1}.near{stroke:#6ea0ff}.focus .box{fill:#6ea0ff;stroke:#6ea0ff}\
.down .box{fill:#ff8a7a;stroke:#ff8a7a}.focus text,.down text{fill:#0d1420}}";

/// Below the boxes: the legend, and a line for each note.
const CORNER: f64 = 36.0;
const NOTE: f64 = 20.0;

impl Picture {
    /// Draws it.
    pub fn draw(&self, out: &mut dyn Write) -> io::Result<()> {
        let labels: Vec<String> = self.items.iter().map(|item| short(&item.label)).collect();
        let columns: Vec<u16> = self.items.iter().map(|item| item.column).collect();
        let ends: Vec<(usize, usize)> = self.lines.iter().map(|line| line.ends).collect();
        let layout =
            Layout::of(&labels, &columns, &ends, |column| self.heads.get(&column).map_or(0.0, |head| width_of(head)));
        let (width, height) = (layout.width.max(760.0), layout.height + CORNER + NOTE * self.notes.len() as f64);
        let [width, height] = [width, height].map(|side| format!("{side:.0}"));
        let view_box = format!("0 0 {width} {height}");
        let mut xml = Writer::new(out);
        let root = xml.create_element("svg").with_attributes([
            ("xmlns", "http://www.w3.org/2000/svg"),
            ("viewBox", view_box.as_str()),
            ("width", width.as_str()),
            ("height", height.as_str()),
            ("role", "img"),
            ("aria-labelledby", "title desc"),
            ("lang", self.lang.as_str()),
        ]);
        root.write_inner_content(|xml| {
            text(xml, "title", &[("id", "title")], &self.title)?;
            text(xml, "desc", &[("id", "desc")], &self.summary)?;
            text(xml, "style", &[], STYLE)?;
            for (column, x) in &layout.columns {
                let head = self.heads.get(column).map(String::as_str).unwrap_or_default();
                text(xml, "text", &[("class", "tier"), ("x", &format!("{x:.1}")), ("y", "30")], head)?;
            }
            self.lines
                .iter()
                .try_for_each(|line| line.draw(xml, layout.boxes[line.ends.0], layout.boxes[line.ends.1]))?;
            let mut boxes = self.items.iter().zip(&layout.boxes).zip(&labels);
            boxes.try_for_each(|((item, place), label)| item.draw(xml, *place, label))?;
            self.corner(xml, layout.height)
        })?;
        Ok(())
    }

    fn corner(&self, xml: &mut Xml<'_>, top: f64) -> io::Result<()> {
        let (mut x, mut y) = (20.0, top + 16.0);
        for (class, meaning) in &self.legend {
            let path = format!("M{x:.0} {y:.0}h34");
            xml.create_element("path").with_attributes([("class", *class), ("d", path.as_str())]).write_empty()?;
            let (at_x, at_y) = (format!("{:.0}", x + 42.0), format!("{:.0}", y + 4.0));
            text(xml, "text", &[("class", "note"), ("x", &at_x), ("y", &at_y)], meaning)?;
            x += 62.0 + width_of(meaning);
        }
        y += 8.0;
        for note in &self.notes {
            y += NOTE;
            text(xml, "text", &[("class", "note"), ("x", "20"), ("y", &format!("{y:.0}"))], note)?;
        }
        Ok(())
    }
}

impl Item {
    fn draw(&self, xml: &mut Xml<'_>, place: Box, label: &str) -> io::Result<()> {
        let [x, y, width, height] = [place.x, place.y, place.width, place.height].map(|it| format!("{it:.1}"));
        let (at_x, at_y) = (format!("{:.1}", place.x + 9.0), format!("{:.1}", place.y + 16.5));
        let link = xml.create_element("a").with_attribute(("href", format!("/companies/{}", self.id).as_str()));
        let link = if self.class.is_empty() { link } else { link.with_attribute(("class", self.class)) };
        link.write_inner_content(|xml| {
            text(xml, "title", &[], &self.hint)?;
            let rect = [("class", "box"), ("x", &x), ("y", &y), ("width", &width), ("height", &height), ("rx", "5")];
            xml.create_element("rect").with_attributes(rect).write_empty()?;
            text(xml, "text", &[("x", &at_x), ("y", &at_y)], label)
        })?;
        Ok(())
    }
}

impl Line {
    /// Between boxes of one column it goes round on the right.
    fn draw(&self, xml: &mut Xml<'_>, from: Box, to: Box) -> io::Result<()> {
        let (y1, y2) = (from.y + from.height / 2.0, to.y + to.height / 2.0);
        let path = if (from.x - to.x).abs() < 1.0 {
            let round = from.x + from.width.max(to.width) + 26.0 + (y2 - y1).abs().min(240.0) / 8.0;
            let (x1, x2) = (from.x + from.width, to.x + to.width);
            format!("M{x1:.1} {y1:.1}C{round:.1} {y1:.1} {round:.1} {y2:.1} {x2:.1} {y2:.1}")
        } else {
            let (x1, x2) = if from.x < to.x { (from.x + from.width, to.x) } else { (from.x, to.x + to.width) };
            let half = (x2 - x1) / 2.0;
            format!("M{x1:.1} {y1:.1}C{:.1} {y1:.1} {:.1} {y2:.1} {x2:.1} {y2:.1}", x1 + half, x2 - half)
        };
        let drawn = xml.create_element("path").with_attributes([("class", self.class.as_str()), ("d", path.as_str())]);
        drawn.write_inner_content(|xml| text(xml, "title", &[], &self.hint)).map(drop)
    }
}

/// A name that fits into a box and does nothing but show itself.
fn short(name: &str) -> String {
    let harmless: String = name.chars().map(|c| if is_harmless(c) { c } else { ' ' }).collect();
    match harmless.char_indices().nth(30) {
        Some((end, _)) => format!("{}…", &harmless[..end]),
        None => harmless,
    }
}

fn text(xml: &mut Xml<'_>, name: &str, attributes: &[(&str, &str)], content: &str) -> io::Result<()> {
    let element = xml.create_element(name).with_attributes(attributes.iter().copied());
    element.write_text_content(BytesText::new(&xml_text(content))).map(drop)
}
