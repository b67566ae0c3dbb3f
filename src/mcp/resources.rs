//! Things with an address of their own as resources: `linchpin://companies/openai` is what `/v1/companies/openai` says.

use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use rmcp::ErrorData;
use rmcp::model::{
    CompletionInfo, ListResourcesResult, ReadResourceResult, Resource, ResourceContents, ResourceTemplate,
};
use serde_json::Value;

use super::door::{Door, Reply};
use super::question::Operation;

/// What addresses of resources begin with.
const SCHEME: &str = "linchpin://";

/// What they are given in.
const JSON: &str = "application/json";

/// The kinds that are listed, one after the other. The others are read by the ids that answers name.
const LISTED: &[&str] = &["companies", "roles"];

/// How many resources a page lists.
const PAGE: usize = 100;

/// A kind of thing that has an address of its own.
#[derive(Debug)]
pub struct Kind {
    /// Its name, the plural that stands in addresses.
    name: String,
    /// The name of what tells one from the others.
    parameter: String,
    /// What is said of one of them.
    about: String,
    /// What its list takes.
    takes: Vec<String>,
}

impl Kind {
    /// The kind that an operation of a document shows one of.
    pub fn of(document: &Value, operation: &Operation<'_>) -> Option<Self> {
        let (name, parameter) = operation.path.strip_prefix("/v1/")?.split_once('/')?;
        let parameter = parameter.strip_prefix('{')?.strip_suffix('}').filter(|rest| !rest.contains('/'))?;
        let about = operation.text("description").to_owned();
        let list = document["paths"][format!("/v1/{name}")]["get"]["parameters"].as_array();
        let takes = list.into_iter().flatten().filter_map(|it| it["name"].as_str().map(str::to_owned)).collect();
        Some(Self { name: name.to_owned(), parameter: parameter.to_owned(), about, takes })
    }

    /// The pattern of its resources.
    pub fn template(&self) -> ResourceTemplate {
        let pattern = format!("{SCHEME}{}/{{{}}}", self.name, self.parameter);
        ResourceTemplate::new(pattern, &self.name).with_description(&self.about).with_mime_type(JSON)
    }

    /// The address of its list as far as a page goes, searched for a name if it can be.
    fn list(&self, name: Option<&str>) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        let wanted = [("limit", Some("1000")), ("q", name)];
        for (parameter, value) in
            wanted.into_iter().filter(|(parameter, _)| self.takes.iter().any(|it| it == parameter))
        {
            value.into_iter().for_each(|value| _ = query.append_pair(parameter, value));
        }
        format!("/v1/{}?{}", self.name, query.finish())
    }

    /// Ids that begin with this text, and how many there are.
    pub async fn complete(&self, door: &Door, argument: &str, begun: &str) -> Result<CompletionInfo, ErrorData> {
        if argument != self.parameter {
            let wrong = format!("`{}{}/…` has no `{argument}`", SCHEME, self.name);
            return Err(ErrorData::invalid_params(wrong, None));
        }
        let mut reply = got(door.get(self.list(None)).await)?;
        if !begun.is_empty() && !reply.value["next"].is_null() {
            reply = got(door.get(self.list(Some(begun))).await)?;
        }
        let begun = begun.to_lowercase();
        let id = |item: &Value| item["id"].as_str().or(item[&self.parameter].as_str()).map(str::to_owned);
        let ids = reply.value["items"].as_array().into_iter().flatten().filter_map(id);
        let mut ids: Vec<_> = ids.filter(|id| id.starts_with(&begun)).collect();
        let (found, more) = (ids.len(), !reply.value["next"].is_null());
        ids.truncate(CompletionInfo::MAX_VALUES);
        let has_more = more || found > ids.len();
        let total = (!more).then(|| u32::try_from(found).ok()).flatten();
        CompletionInfo::with_pagination(ids, total, has_more).map_err(|wrong| ErrorData::internal_error(wrong, None))
    }
}

/// The kind that a pattern or an address is of, and what follows it.
pub fn find<'a, 'b>(kinds: &'a [Kind], uri: &'b str) -> Option<(&'a Kind, &'b str)> {
    let (name, rest) = uri.strip_prefix(SCHEME)?.split_once('/')?;
    kinds.iter().find(|kind| kind.name == name).map(|kind| (kind, rest))
}

/// A page of what there is. A cursor names the kind, and where its list goes on.
pub async fn list(door: &Door, cursor: Option<&str>) -> Result<ListResourcesResult, ErrorData> {
    let cursor = cursor.unwrap_or(LISTED[0]);
    let (kind, after) = cursor.split_once(' ').unwrap_or((cursor, ""));
    let at = LISTED.iter().position(|listed| *listed == kind);
    let at = at.ok_or_else(|| ErrorData::invalid_params("the cursor is none of this list", None))?;
    let mut address = format!("/v1/{kind}?limit={PAGE}");
    if !after.is_empty() {
        address += &format!("&after={}", utf8_percent_encode(after, NON_ALPHANUMERIC));
    }
    let page = got(door.get(address).await)?.value;
    let items = page["items"].as_array().into_iter().flatten();
    let mut listed = ListResourcesResult::with_all_items(items.map(|item| resource(kind, item)).collect());
    listed.next_cursor = match page["next"].as_str().and_then(super::outcome::after) {
        Some(after) => Some(format!("{kind} {after}")),
        None => LISTED.get(at + 1).map(|kind| (*kind).to_owned()),
    };
    Ok(listed)
}

fn resource(kind: &str, item: &Value) -> Resource {
    let text = |key: &str| item[key].as_str().unwrap_or_default();
    let resource = Resource::new(format!("{SCHEME}{kind}/{}", text("id")), text("id"));
    resource.with_title(text("name")).with_mime_type(JSON)
}

/// What a resource says.
pub async fn read(kinds: &[Kind], door: &Door, uri: &str) -> Result<ReadResourceResult, ErrorData> {
    let Some((kind, id)) = find(kinds, uri).filter(|(_, id)| !id.is_empty()) else {
        return Err(ErrorData::resource_not_found(format!("there is no resource {uri}"), None));
    };
    let id = percent_decode_str(id).decode_utf8_lossy();
    let address = format!("/v1/{}/{}", kind.name, utf8_percent_encode(&id, NON_ALPHANUMERIC));
    let reply = got(door.get(address).await)?;
    let contents = ResourceContents::text(String::from_utf8_lossy(&reply.text), uri).with_mime_type(JSON);
    Ok(ReadResourceResult::new(vec![contents]))
}

/// The reply, if it is an answer.
fn got(reply: Option<Reply>) -> Result<Reply, ErrorData> {
    let reply = reply.ok_or_else(|| ErrorData::internal_error("the server stops", None))?;
    if reply.is_answer() {
        return Ok(reply);
    }
    let detail = reply.value["detail"].as_str().unwrap_or("there is no answer").to_owned();
    Err(match reply.is_unknown() {
        true => ErrorData::resource_not_found(detail, Some(reply.value)),
        false => ErrorData::invalid_params(detail, Some(reply.value)),
    })
}
