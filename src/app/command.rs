//! The command line. A verb for each question is made from the document that describes its route: name, parameters and
//! help are those that the handler declares.

use std::path::PathBuf;

use clap::builder::BoolishValueParser;
use clap::{Arg, ArgAction, Command, value_parser};
use utoipa::openapi::path::{Operation, Parameter, ParameterIn};
use utoipa::openapi::{OpenApi, RefOr, Required};

use crate::http::named_first;

/// The whole command line.
pub(super) fn command(document: &OpenApi) -> Command {
    let graph = Arg::new("graph")
        .long("graph")
        .env("LINCHPIN_GRAPH")
        .value_name("DIR")
        .value_parser(value_parser!(PathBuf))
        .help("A data folder to use instead of the built-in data");
    let dir = Arg::new("graph").value_name("DIR").value_parser(value_parser!(PathBuf)).env("LINCHPIN_GRAPH");
    let json = Arg::new("json").long("json").action(ArgAction::SetTrue).help("Print JSON, as when piped");
    let served = serving(
        Command::new("serve").about("Serve the data over HTTP (what happens without a command)").arg(graph.clone()),
    );
    let check = Command::new("check")
        .about("Check a data folder and print everything that is wrong with it")
        .long_about(
            "Check a data folder and print everything that is wrong with it, at once: rule, file, line, column, what is \
             wrong, what would be right. Without DIR, the built-in data are checked. The exit status is 1 if there is an \
             error, 0 if there are only warnings. At the end stands how far the data reach.",
        )
        .arg(dir.help("The data folder; the built-in data without it"))
        .arg(Arg::new("format").long("format").value_parser(["text", "json"]).default_value("text").help("For people or for machines"))
        .arg(Arg::new("brief").long("brief").action(ArgAction::SetTrue).help("Leave out how far the data reach"));
    let agents = Command::new("mcp")
        .about("Answer an agent over standard input and output (Model Context Protocol)")
        .long_about(
            "Answer an agent over standard input and output, by the Model Context Protocol. Programs that run agents start \
             this themselves: give them `linchpin mcp` as the command of a server. `linchpin serve` answers the same at /mcp.",
        )
        .arg(graph.clone());
    let openapi =
        Command::new("openapi").about("Print the OpenAPI document, with examples from the built-in data").arg(
            Arg::new("out")
                .long("out")
                .value_name("FILE")
                .value_parser(value_parser!(PathBuf))
                .help("Write it to a file instead"),
        );
    let schema = Command::new("schema").about("Write the JSON Schemas of data files, for editors").arg(
        Arg::new("out")
            .long("out")
            .value_name("DIR")
            .value_parser(value_parser!(PathBuf))
            .default_value("graph/schema")
            .help("Where to"),
    );
    let questions = questions(document).map(|question| verb(&question).arg(graph.clone()).arg(json.clone()));
    serving(Command::new("linchpin").arg(graph.clone()))
        .version(env!("CARGO_PKG_VERSION"))
        .about("Who depends on whom in the AI industry")
        .long_about(
            "Linchpin answers who depends on whom in the AI industry: from the app down to the materials, every fact with \
             its sources and its time. Without a command it serves the built-in data on http://127.0.0.1:8080, with a page \
             to try every question at /docs. Every question is a command, too: `linchpin dependents tsmc --depth all`.",
        )
        .subcommand_value_name("COMMAND")
        .args_conflicts_with_subcommands(true)
        .subcommands([served, check, agents, openapi, schema])
        .subcommands(questions)
}

/// Adds the settings of a server.
fn serving(command: Command) -> Command {
    let setting = |name: &'static str, variable: &'static str| Arg::new(name).long(name).env(variable);
    command
        .arg(setting("host", "LINCHPIN_HOST").value_name("ADDRESS").default_value("127.0.0.1").help("Where to listen"))
        .arg(
            setting("port", "LINCHPIN_PORT")
                .value_parser(value_parser!(u16))
                .default_value("8080")
                .help("The port to listen on; 0 takes a free one"),
        )
        .arg(
            setting("workers", "LINCHPIN_WORKERS")
                .value_name("N")
                .value_parser(value_parser!(u16).range(1..))
                .help("How many threads answer; as many as there are cores without it"),
        )
        .arg(
            setting("public-url", "LINCHPIN_PUBLIC_URL").value_name("URL").help(
                "Where whole addresses begin, such as https://linchpin.example.org; without it, as the client asks",
            ),
        )
        .arg(
            setting("allowed-hosts", "LINCHPIN_ALLOWED_HOSTS").value_name("NAMES").value_delimiter(',').help(
                "More names by which agents may ask at /mcp, with commas between them: those that a proxy passes on",
            ),
        )
        .arg(
            setting("watch", "LINCHPIN_WATCH")
                .action(ArgAction::SetTrue)
                .value_parser(BoolishValueParser::new())
                .help("Load the folder of --graph anew whenever something in it changes (SIGHUP does it once)"),
        )
        .arg(
            setting("answer-memory", "LINCHPIN_ANSWER_MEMORY")
                .value_name("BYTES")
                .value_parser(value_parser!(u64))
                .default_value("268435456")
                .help("How many bytes of answers are remembered at the most; 0 works every answer out"),
        )
}

/// A question that can be asked: a route that has a command.
pub(super) struct Question<'a> {
    /// The command.
    pub verb: String,
    /// The address, with its parameters in braces.
    pub path: &'a str,
    /// The parameter that may be given without its name, besides those that must be given.
    pub named_first: Option<String>,
    /// Whether it is asked about the content of a file.
    pub takes_file: bool,
    operation: &'a Operation,
}

/// The argument that names the file that a question is asked about.
pub(super) const FILE: &str = "FILE";

impl<'a> Question<'a> {
    /// The parameters, those that must be given first.
    pub fn parameters(&self) -> impl Iterator<Item = &'a Parameter> {
        let declared = |parameter: &'a RefOr<Parameter>| match parameter {
            RefOr::T(parameter) => Some(parameter),
            RefOr::Ref(_) => None,
        };
        let all = move || self.operation.parameters.iter().flatten().filter_map(declared);
        all().filter(|parameter| is_required(parameter)).chain(all().filter(|parameter| !is_required(parameter)))
    }
}

/// Whether a parameter is part of the path.
pub(super) fn is_in_path(parameter: &Parameter) -> bool {
    matches!(parameter.parameter_in, ParameterIn::Path)
}

fn is_required(parameter: &Parameter) -> bool {
    matches!(parameter.required, Required::True)
}

/// Every question there is.
pub(super) fn questions(document: &OpenApi) -> impl Iterator<Item = Question<'_>> {
    document.paths.paths.iter().filter_map(|(path, item)| {
        let operation = item.get.as_ref().or(item.post.as_ref())?;
        let command = operation.extensions.as_ref()?.get("x-command")?.as_str()?;
        let (verb, first) = named_first(command);
        Some(Question {
            verb: verb.to_owned(),
            path,
            named_first: first.map(str::to_owned),
            takes_file: operation.request_body.is_some(),
            operation,
        })
    })
}

fn verb(question: &Question<'_>) -> Command {
    let operation = question.operation;
    let about = operation.summary.clone().unwrap_or_default();
    let long = format!("{about}\n\n{}", operation.description.clone().unwrap_or_default());
    let command = Command::new(question.verb.clone()).about(about).long_about(long);
    let file = Arg::new(FILE).required(true).value_parser(value_parser!(PathBuf));
    let file = file.help("A file that ends in .json or .csv; `-` reads JSON or CSV from standard input");
    let command = if question.takes_file { command.arg(file) } else { command };
    question.parameters().fold(command, |command, parameter| {
        let name = parameter.name.clone();
        let help = parameter.description.clone().unwrap_or_default();
        let arg = Arg::new(name.clone()).help(help).value_name(name.to_uppercase().replace('_', "-"));
        command.arg(match question.named_first == Some(name.clone()) {
            true => arg,
            false if is_required(parameter) => arg.required(true),
            false => arg.long(name.replace('_', "-")),
        })
    })
}
