//! The graph as a drawing: companies in columns by tier, from the end user on the left to materials on the right.
//!
//! A layered drawing (Sugiyama, Tagawa and Toda, 1981): the layers are the tiers; within a column companies are ordered by
//! the barycentre heuristic, so that lines cross less. The same graph is always drawn the same way.

mod layout;

use std::collections::BTreeMap;
use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::events::BytesText;

use super::xml::xml_text;
use super::{Edge, Node, Subgraph, is_harmless};
use crate::model::{Lang, Status};
use layout::{Box, Layout};

type Xml<'a> = Writer<&'a mut dyn Write>;

/// How a drawing looks, by day and by night. It stands in the drawing, so that it looks the same wherever it is shown.
const STYLE: &str = "\
svg{font:13px system-ui,'Apple SD Gothic Neo','Noto Sans KR',sans-serif;background:#fff;fill:#1d2430}\
.tier{font-size:12px;font-weight:600;fill:#5b6675}\
.box{fill:#f3f6fa;stroke:#b9c4d2}.focus .box{fill:#1f5fd0;stroke:#1f5fd0}.focus text{fill:#fff;font-weight:600}\
.edge{fill:none;stroke:#8593a6;stroke-width:1.2;opacity:.55}.optional{stroke-dasharray:5 4}.reported{stroke-dasharray:1.5 4}\
.near{stroke:#1f5fd0;opacity:.7}.far{opacity:.22}\
.note{font-size:12px;fill:#5b6675}.head{font-size:16px;font-weight:600}\
@media(prefers-color-scheme:dark){svg{background:#12161d;fill:#e6ebf2}.tier,.note{fill:#9aa7b8}\
.box{fill:#1d2531;stroke:#3a475a}.edge{stroke:#7f8da1}.near{stroke:#6ea0ff}.focus .box{fill:#6ea0ff;stroke:#6ea0ff}.focus text{fill:#0d1420}}";

/// Words of the drawing, in English and Korean.
struct Words {
    legend: [&'static str; 3],
    as_of: &'static str,
    counts: fn(usize, usize) -> String,
    sources: &'static str,
    more: fn(usize) -> String,
}

const ENGLISH: Words = Words {
    legend: ["cannot do without", "one of several, or not critical", "reported only"],
    as_of: "As of",
    counts: |companies, dependencies| format!("{companies} companies, {dependencies} dependencies"),
    sources: "Sources",
    more: |more| format!("and {more} more"),
};
const KOREAN: Words = Words {
    legend: ["없으면 안 되는 공급", "대체할 수 있거나 필수가 아닌 공급", "보도된 내용"],
    as_of: "기준일",
    counts: |companies, dependencies| format!("기업 {companies}곳, 의존 관계 {dependencies}건"),
    sources: "출처",
    more: |more| format!("외 {more}건"),
};

/// How many publishers the corner names.
const NAMED: usize = 4;

/// Dependencies of one company on another, drawn as one line.
struct Line {
    class: &'static str,
    what: Vec<String>,
}

/// Writes the drawing.
pub fn write(part: Subgraph<'_>, out: &mut dyn Write) -> io::Result<()> {
    let nodes: Vec<Node<'_>> = part.nodes().collect();
    let mut lines: BTreeMap<(usize, usize), Line> = BTreeMap::new();
    let mut dependencies = 0;
    for edge in part.edges() {
        dependencies += 1;
        let place = |id: &str| nodes.binary_search_by(|node| node.id.cmp(id)).unwrap_or_default();
        let line =
            lines.entry((place(edge.from), place(edge.to))).or_insert(Line { class: class(&edge), what: vec![] });
        if class(&edge) == "edge" {
            line.class = "edge";
        }
        line.what.push(edge.what.unwrap_or(edge.input.unwrap_or(edge.layer)).to_owned());
    }
    let labels: Vec<String> = nodes.iter().map(|node| label(node.name)).collect();
    let tiers = tiers(part, &nodes);
    let ends: Vec<(usize, usize)> = lines.keys().copied().collect();
    let heads = |tier| layout::width_of(&tier_name(part, tier));
    let layout = Layout::of(&labels, &tiers, &ends, heads);

    let words = if part.lang == Lang::KO { &KOREAN } else { &ENGLISH };
    let (width, height) = (layout.width.max(760.0), layout.height + 84.0);
    let title = format!("{}, {}", part.graph.manifest.title.get(part.lang), part.view.filter.day);
    let view_box = format!("0 0 {width:.0} {height:.0}");
    let size = [format!("{width:.0}"), format!("{height:.0}")];
    let mut xml = Writer::new(out);
    let root = xml.create_element("svg").with_attributes([
        ("xmlns", "http://www.w3.org/2000/svg"),
        ("viewBox", view_box.as_str()),
        ("width", size[0].as_str()),
        ("height", size[1].as_str()),
        ("role", "img"),
        ("aria-labelledby", "title desc"),
        ("lang", part.lang.as_str()),
    ]);
    root.write_inner_content(|xml| {
        text(xml, "title", &[("id", "title")], &title)?;
        text(xml, "desc", &[("id", "desc")], &(words.counts)(nodes.len(), dependencies))?;
        text(xml, "style", &[], STYLE)?;
        for (tier, x) in &layout.columns {
            let x = format!("{x:.1}");
            text(xml, "text", &[("class", "tier"), ("x", &x), ("y", "30")], &tier_name(part, *tier))?;
        }
        let focus = part.scope.focus.and_then(|focus| part.companies().position(|company| company == focus));
        for ((from, to), line) in &lines {
            let near = focus.map(|focus| focus == *from || focus == *to);
            curve(xml, layout.boxes[*from], layout.boxes[*to], line, near, [nodes[*from].name, nodes[*to].name])?;
        }
        for (at, node) in nodes.iter().enumerate() {
            company(xml, layout.boxes[at], node, &labels[at], focus == Some(at))?;
        }
        corner(xml, part, words, layout.height, (nodes.len(), dependencies))
    })?;
    Ok(())
}

/// The tier in which each company is drawn: that in which it supplies most of the part, else the lowest in which it acts.
fn tiers(part: Subgraph<'_>, nodes: &[Node<'_>]) -> Vec<Option<u16>> {
    let tier = |id: &str| part.graph.layer(id).map(|layer| part.graph.layers[layer as usize].tier);
    let mut supplied: Vec<BTreeMap<u16, usize>> = vec![BTreeMap::new(); nodes.len()];
    for edge in part.edges() {
        if let (Ok(at), Some(tier)) = (nodes.binary_search_by(|node| node.id.cmp(edge.to)), tier(edge.layer)) {
            *supplied[at].entry(tier).or_default() += 1;
        }
    }
    let most = |counted: &BTreeMap<u16, usize>| {
        counted.iter().max_by_key(|(tier, count)| (**count, std::cmp::Reverse(**tier))).map(|(tier, _)| *tier)
    };
    let lowest = |node: &Node<'_>| node.activities.iter().filter_map(|id| tier(id)).min();
    nodes.iter().zip(&supplied).map(|(node, counted)| most(counted).or_else(|| lowest(node))).collect()
}

/// The names of the layers of a tier.
fn tier_name(part: Subgraph<'_>, tier: Option<u16>) -> String {
    let of_tier = part.graph.layers.iter().filter(|layer| Some(layer.tier) == tier);
    let names: Vec<_> = of_tier.map(|layer| layer.name.get(part.lang)).collect();
    match names.len() {
        0..=2 => names.join(" · "),
        more => format!("{} +{}", names[..2].join(" · "), more - 2),
    }
}

fn class(edge: &Edge<'_>) -> &'static str {
    match (edge.status, edge.critical) {
        (Status::Reported, _) => "edge reported",
        (_, true) => "edge",
        (_, false) => "edge optional",
    }
}

/// A name that fits into a box and does nothing but show itself.
fn label(name: &str) -> String {
    let harmless: String = name.chars().map(|c| if is_harmless(c) { c } else { ' ' }).collect();
    match harmless.char_indices().nth(26) {
        Some((end, _)) => format!("{}…", &harmless[..end]),
        None => harmless,
    }
}

fn text(xml: &mut Xml<'_>, name: &str, attributes: &[(&str, &str)], content: &str) -> io::Result<()> {
    let element = xml.create_element(name).with_attributes(attributes.iter().copied());
    element.write_text_content(BytesText::new(&xml_text(content))).map(drop)
}

fn company(xml: &mut Xml<'_>, place: Box, node: &Node<'_>, label: &str, focus: bool) -> io::Result<()> {
    let [x, y, width, height] = [place.x, place.y, place.width, place.height].map(|it| format!("{it:.1}"));
    let (at_x, at_y) = (format!("{:.1}", place.x + 9.0), format!("{:.1}", place.y + 16.5));
    let link = xml.create_element("a").with_attribute(("href", format!("/companies/{}", node.id).as_str()));
    let link = if focus { link.with_attribute(("class", "focus")) } else { link };
    link.write_inner_content(|xml| {
        let roles = if node.roles.is_empty() { String::new() } else { format!(" ({})", node.roles.join(", ")) };
        text(xml, "title", &[], &format!("{}: {}{roles}", node.id, node.name))?;
        let rect = [("class", "box"), ("x", &x), ("y", &y), ("width", &width), ("height", &height), ("rx", "5")];
        xml.create_element("rect").with_attributes(rect).write_empty()?;
        text(xml, "text", &[("x", &at_x), ("y", &at_y)], label)
    })?;
    Ok(())
}

/// A line from the dependent to the supplier; between companies of one column it goes round on the right. `near` says
/// whether it is one of the company that the drawing is about.
fn curve(
    xml: &mut Xml<'_>,
    from: Box,
    to: Box,
    line: &Line,
    near: Option<bool>,
    [dependent, supplier]: [&str; 2],
) -> io::Result<()> {
    let class = match near {
        None => line.class.to_owned(),
        Some(near) => format!("{} {}", line.class, if near { "near" } else { "far" }),
    };
    let (y1, y2) = (from.y + from.height / 2.0, to.y + to.height / 2.0);
    let path = if (from.x - to.x).abs() < 1.0 {
        let (x, out) = (from.x + from.width.max(to.width), 26.0 + (y2 - y1).abs().min(240.0) / 8.0);
        let (a, b) = (from.x + from.width, to.x + to.width);
        format!("M{a:.1} {y1:.1}C{0:.1} {y1:.1} {0:.1} {y2:.1} {b:.1} {y2:.1}", x + out)
    } else {
        let (x1, x2) = if from.x < to.x { (from.x + from.width, to.x) } else { (from.x, to.x + to.width) };
        let half = (x2 - x1) / 2.0;
        format!("M{x1:.1} {y1:.1}C{:.1} {y1:.1} {:.1} {y2:.1} {x2:.1} {y2:.1}", x1 + half, x2 - half)
    };
    let drawn = xml.create_element("path").with_attributes([("class", class.as_str()), ("d", path.as_str())]);
    let title = format!("{dependent} → {supplier}: {}", line.what.join("; "));
    drawn.write_inner_content(|xml| text(xml, "title", &[], &title)).map(drop)
}

/// What the lines mean, the day, how much is shown, and who says so.
fn corner(
    xml: &mut Xml<'_>,
    part: Subgraph<'_>,
    words: &Words,
    top: f64,
    (companies, dependencies): (usize, usize),
) -> io::Result<()> {
    let mut x = 20.0;
    let y = top + 16.0;
    for (class, meaning) in ["edge", "edge optional", "edge reported"].into_iter().zip(words.legend) {
        let path = format!("M{x:.0} {y:.0}h34");
        xml.create_element("path").with_attributes([("class", class), ("d", path.as_str())]).write_empty()?;
        let (at_x, at_y) = (format!("{:.0}", x + 42.0), format!("{:.0}", y + 4.0));
        text(xml, "text", &[("class", "note"), ("x", &at_x), ("y", &at_y)], meaning)?;
        x += 62.0 + layout::width_of(meaning);
    }
    let counted = (words.counts)(companies, dependencies);
    let license = part.graph.manifest.license.as_deref().map(|license| format!(" · {license}")).unwrap_or_default();
    let title = part.graph.manifest.title.get(part.lang);
    let first = format!("{} {} · {counted} · {title}{license}", words.as_of, part.view.filter.day);
    for (line, at) in [(first, y + 28.0), (sources(part, words), y + 48.0)] {
        text(xml, "text", &[("class", "note"), ("x", "20"), ("y", &format!("{at:.0}"))], &line)?;
    }
    Ok(())
}

/// The publishers that most dependencies rest on.
fn sources(part: Subgraph<'_>, words: &Words) -> String {
    let mut counted: BTreeMap<&str, usize> = BTreeMap::new();
    for at in part.dependencies() {
        for &source in part.graph.terms.sources(part.graph.dependencies.terms(at)) {
            *counted.entry(part.graph.sources[source as usize].voice()).or_default() += 1;
        }
    }
    let mut all: Vec<(&str, usize)> = counted.into_iter().collect();
    all.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    let named: Vec<_> = all.iter().take(NAMED).map(|(voice, _)| *voice).collect();
    match all.len().checked_sub(NAMED).filter(|more| *more > 0) {
        _ if all.is_empty() => String::new(),
        Some(more) => format!("{}: {}, {}", words.sources, named.join(", "), (words.more)(more)),
        None => format!("{}: {}", words.sources, named.join(", ")),
    }
}
