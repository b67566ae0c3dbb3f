// Ask Linchpin as an agent does, with the official TypeScript client, and hold what it says to the JSON routes.
//
//     node ask.mjs BASE_URL PROGRAM
//
// It speaks over HTTP and to `PROGRAM mcp` over standard input. By tools alone it answers: which of these ten vendors stop if
// TSMC stops, and who says so?

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";

// The client is where the other tools are, beside what is on the PATH.
const homes = process.env.PATH.split(delimiter).filter((path) => path.endsWith(join("node_modules", ".bin")));
const resolve = createRequire(pathToFileURL(join(homes[0] ?? "node_modules", "..", "x.js"))).resolve;
const load = (name) => import(pathToFileURL(resolve(`@modelcontextprotocol/sdk/client/${name}.js`)));
const { Client } = await load("index");
const { StreamableHTTPClientTransport } = await load("streamableHttp");
const { StdioClientTransport } = await load("stdio");

const [base, program] = process.argv.slice(2);
const vendors = ["Anthropic", "Dell", "Naver", "Duolingo", "Zoom", "Samsung SDS", "Klarna", "Adobe", "CoreWeave", "Contoso"];
const down = "tsmc";

const get = async (address) => (await fetch(base + address)).json();

async function tool(client, name, args) {
  const result = await client.callTool({ name, arguments: args });
  assert(!result.isError, JSON.stringify(result.content));
  assert.deepEqual(JSON.parse(result.content[1].text), result.structuredContent);
  return result.structuredContent;
}

/** All that a request lists, page by page. */
async function every(list, key) {
  const items = [];
  let cursor;
  do {
    const page = await list(cursor ? { cursor } : {});
    items.push(...page[key]);
    cursor = page.nextCursor;
  } while (cursor);
  return items;
}

async function lookAround(client) {
  const tools = await every((page) => client.listTools(page), "tools");
  const names = new Set(tools.map((it) => it.name));
  assert(names.size === tools.length && names.has("show_impact") && client.getInstructions().includes("show_impact"));
  const resources = await every((page) => client.listResources(page), "resources");
  const totals = await Promise.all(["companies", "roles"].map((kind) => get(`/v1/${kind}?limit=1`)));
  assert.equal(new Set(resources.map((it) => it.uri)).size, totals[0].total + totals[1].total);
  const { resourceTemplates } = await client.listResourceTemplates();
  assert(resourceTemplates.some((it) => it.uriTemplate === "linchpin://companies/{id}"));
  const read = await client.readResource({ uri: "linchpin://roles/cloud" });
  assert.deepEqual(JSON.parse(read.contents[0].text), await get("/v1/roles/cloud"));
  const ref = { type: "ref/resource", uri: "linchpin://companies/{id}" };
  const { completion } = await client.complete({ ref, argument: { name: "id", value: "opena" } });
  assert(completion.values.includes("openai"));

  const first = await tool(client, "list_companies", { limit: 3 });
  const after = new URLSearchParams(first.next.split("?")[1]).get("after");
  const second = await tool(client, "list_companies", { limit: 3, after });
  assert.deepEqual([...first.items, ...second.items], (await get("/v1/companies?limit=6")).items);

  const refused = await client.callTool({ name: "show_company", arguments: { id: "opnai" } });
  assert(refused.isError && refused.structuredContent.suggestions[0].id === "openai");
  await assert.rejects(client.callTool({ name: "no_such_tool", arguments: {} }), { code: -32602 });
}

/** Which of the vendors stop, and for each the steps to what is down, with their sources. */
async function whoStops(client) {
  const exposure = await tool(client, "show_exposure", { vendors: vendors.map((name) => ({ name })) });
  const impact = await tool(client, "show_impact", { down });
  const stopped = new Set(impact.stopped.map((it) => it.id));
  const causes = new Map(impact.failed.map((row) => [`${row.company.id}:${row.layer}`, row.cause]));
  const answer = Object.fromEntries(exposure.unresolved.map((row) => [row.name, "not known"]));
  for (const { name, company } of exposure.vendors) {
    answer[name] = stopped.has(company.id) ? [] : "goes on, at least in part";
    for (const row of stopped.has(company.id) ? causes.keys() : []) {
      if (row.startsWith(`${company.id}:`)) answer[name].push(await steps(client, causes, row));
    }
  }
  return answer;
}

async function steps(client, causes, row) {
  const steps = [];
  while (causes.has(row)) {
    const [from, { company, layer }] = [row.split(":")[0], causes.get(row)];
    const args = { from, to: company.id, layer };
    const { items } = from === company.id ? { items: [] } : await tool(client, "list_dependencies", args);
    const ids = [...new Set(items.flatMap((it) => it.sources))];
    const sources = await Promise.all(ids.map((id) => tool(client, "show_source", { id })));
    steps.push({ from, to: company.id, layer, sources: sources.map(({ name, publisher, url }) => ({ name, publisher, url })) });
    row = `${company.id}:${layer}`;
  }
  return steps;
}

async function check(answer) {
  const impact = await get(`/v1/impact?down=${down}`);
  const stops = Object.entries(answer).filter(([, said]) => Array.isArray(said));
  const headers = { "Content-Type": "application/json" };
  const body = JSON.stringify({ vendors: vendors.map((name) => ({ name })) });
  const exposure = await (await fetch(`${base}/v1/exposure`, { method: "POST", headers, body })).json();
  const company = new Map(exposure.vendors.map((row) => [row.name, row.company.id]));
  assert.deepEqual(Object.keys(answer).sort(), [...vendors].sort());
  const expected = vendors.filter((name) => impact.stopped.some((it) => it.id === company.get(name)));
  assert.deepEqual(stops.map(([name]) => name).sort(), expected.sort());
  assert(expected.length > 0 && expected.length < vendors.length);
  for (const step of stops.flatMap(([, chains]) => chains.flat())) {
    assert(step.from === step.to || step.sources.length > 0, `${step.from} needs ${step.to}: who says so?`);
  }
  for (const [name, chains] of stops) assert(chains.length && chains.every((it) => it.at(-1).to === down), name);
}

const transports = [
  ["HTTP", () => new StreamableHTTPClientTransport(new URL(`${base}/mcp`))],
  ["standard input", () => new StdioClientTransport({ command: program, args: ["mcp"] })],
];
const answers = [];
for (const [way, transport] of transports) {
  const client = new Client({ name: "ask", version: "1.0.0" });
  await client.connect(transport());
  console.log(`speaks by ${way} to ${client.getServerVersion().name} ${client.getServerVersion().version}`);
  await lookAround(client);
  answers.push(await whoStops(client));
  await client.close();
}
assert.deepEqual(answers[0], answers[1]);
await check(answers[0]);
for (const [name, said] of Object.entries(answers[0])) {
  console.log(`${name}: ${Array.isArray(said) ? "stops" : said}`);
  for (const step of Array.isArray(said) ? said.flat() : []) {
    console.log(`  ${step.from} needs ${step.layer} of ${step.to}: ${step.sources.map((it) => it.name).join("; ") || "its own"}`);
  }
}
console.log(`${transports.length} ways of asking, ${vendors.length} vendors, the same answer`);
