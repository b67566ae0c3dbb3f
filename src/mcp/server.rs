//! What the protocol asks of a server, answered from the questions.

use std::sync::Arc;

use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CompleteRequestParams, CompleteResult, Implementation,
    ListResourceTemplatesResult, ListResourcesResult, ListToolsResult, PaginatedRequestParams,
    ReadResourceRequestParams, ReadResourceResponse, Reference, ServerCapabilities, ServerConfig, Tool,
};
use rmcp::service::RequestContext;
use rmcp::{ErrorData, RoleServer, ServerHandler};
use rmcp_actix_web::transport::on_request_extensions;

use super::door::Door;
use super::question::Questions;
use super::{outcome, resources};

/// What agents are told first.
const INSTRUCTIONS: &str = include_str!("instructions.md");

/// A server of the protocol.
#[derive(Debug, Clone)]
pub struct Server {
    questions: Arc<Questions>,
    /// The door that all requests go through; without it each request brings its own.
    door: Option<Door>,
}

type Context = RequestContext<RoleServer>;

impl Server {
    /// A server that asks through this door.
    pub fn new(questions: Arc<Questions>, door: Option<Door>) -> Self {
        Self { questions, door }
    }

    fn door<'a>(&'a self, context: &'a Context) -> Result<&'a Door, ErrorData> {
        let brought = || on_request_extensions(&context.extensions)?.get::<Door>();
        self.door.as_ref().or_else(brought).ok_or_else(|| ErrorData::internal_error("nothing is served here", None))
    }
}

impl ServerHandler for Server {
    fn get_info(&self) -> ServerConfig {
        let capabilities = ServerCapabilities::builder().enable_tools().enable_resources().enable_completions().build();
        let about = Implementation::new("linchpin", env!("CARGO_PKG_VERSION"))
            .with_title("Linchpin")
            .with_description(env!("CARGO_PKG_DESCRIPTION"));
        ServerConfig::new(capabilities).with_server_info(about).with_instructions(INSTRUCTIONS)
    }

    fn get_tool(&self, name: &str) -> Option<Tool> {
        self.questions.find(name).map(|question| question.tool.clone())
    }

    async fn list_tools(&self, page: Option<PaginatedRequestParams>, _: Context) -> Result<ListToolsResult, ErrorData> {
        refuse_cursor(page)?;
        let tools = self.questions.all.iter().map(|question| question.tool.clone());
        Ok(ListToolsResult::with_all_items(tools.collect()))
    }

    async fn call_tool(&self, request: CallToolRequestParams, context: Context) -> Result<CallToolResponse, ErrorData> {
        let unknown = || ErrorData::invalid_params(format!("there is no tool `{}`", request.name), None);
        let question = self.questions.find(&request.name).ok_or_else(unknown)?;
        let asked = match question.asked(request.arguments.unwrap_or_default()) {
            Ok(asked) => asked,
            Err(problem) => return Ok(outcome::problem(&problem).into()),
        };
        let address = asked.address.clone();
        let reply = self.door(&context)?.ask(asked).await;
        let reply = reply.ok_or_else(|| ErrorData::internal_error("the server stops", None))?;
        Ok(outcome::of(&address, reply).into())
    }

    async fn list_resource_templates(
        &self,
        page: Option<PaginatedRequestParams>,
        _: Context,
    ) -> Result<ListResourceTemplatesResult, ErrorData> {
        refuse_cursor(page)?;
        let templates = self.questions.kinds.iter().map(resources::Kind::template);
        Ok(ListResourceTemplatesResult::with_all_items(templates.collect()))
    }

    async fn list_resources(
        &self,
        page: Option<PaginatedRequestParams>,
        context: Context,
    ) -> Result<ListResourcesResult, ErrorData> {
        let cursor = page.and_then(|page| page.cursor);
        resources::list(self.door(&context)?, cursor.as_deref()).await
    }

    async fn read_resource(
        &self,
        request: ReadResourceRequestParams,
        context: Context,
    ) -> Result<ReadResourceResponse, ErrorData> {
        let door = self.door(&context)?;
        resources::read(&self.questions.kinds, door, &request.uri).await.map(Into::into)
    }

    async fn complete(&self, request: CompleteRequestParams, context: Context) -> Result<CompleteResult, ErrorData> {
        let found = match &request.r#ref {
            Reference::Resource(pattern) => resources::find(&self.questions.kinds, &pattern.uri),
            _ => None,
        };
        let (kind, _) = found.ok_or_else(|| ErrorData::invalid_params("there is no such pattern", None))?;
        let completed = kind.complete(self.door(&context)?, &request.argument.name, &request.argument.value);
        completed.await.map(CompleteResult::new)
    }
}

/// What is listed whole has no cursors.
fn refuse_cursor(page: Option<PaginatedRequestParams>) -> Result<(), ErrorData> {
    match page.and_then(|page| page.cursor) {
        Some(_) => Err(ErrorData::invalid_params("the cursor is none of this list", None)),
        None => Ok(()),
    }
}
