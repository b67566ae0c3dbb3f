#!/usr/bin/env python3
"""Ask Linchpin as an agent does, with the official Python client, and hold what it says to the JSON routes.

    ask.py BASE_URL PROGRAM

It speaks over HTTP, by the newest version of the protocol and by the one with a greeting, and to `PROGRAM mcp` over standard
input. By tools alone it answers: which of these ten vendors stop if TSMC stops, and who says so?
"""

import asyncio
import json
import sys
import urllib.parse
import urllib.request

from mcp import Client, MCPError, StdioServerParameters
from mcp_types import ResourceTemplateReference

VENDORS = ["OpenAI", "Notion", "Microsoft Azure", "GitHub Copilot", "Oracle", "Snowflake", "SAP", "Midjourney", "Perplexity",
           "Northwind Traders"]


class Site:
    """The JSON routes, asked over HTTP."""

    def __init__(self, base):
        self.base = base

    def get(self, address):
        with urllib.request.urlopen(self.base + address) as answer:
            return json.load(answer)

    def post(self, address, body):
        headers = {"Content-Type": "application/json"}
        request = urllib.request.Request(self.base + address, json.dumps(body).encode(), headers)
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)


class Agent:
    """A client, and what it asks."""

    def __init__(self, client):
        self.client = client

    async def tool(self, name, **arguments):
        result = await self.client.call_tool(name, arguments)
        assert not result.is_error, (name, arguments, result.content)
        assert json.loads(result.content[1].text) == result.structured_content, name
        return result.structured_content

    async def every(self, name, **arguments):
        """All items of a list, page by page."""
        items, after = [], {}
        while True:
            page = await self.tool(name, **arguments, **after)
            items += page["items"]
            if page["next"] is None:
                assert len(items) == page["total"], name
                return items
            after = {"after": dict(urllib.parse.parse_qsl(page["next"].partition("?")[2]))["after"]}


async def look_around(agent, site):
    """Everything that is listed is listed, page by page; what is read is what the route says."""
    tools, cursor = [], None
    while True:
        page = await agent.client.list_tools(cursor=cursor)
        tools += page.tools
        cursor = page.next_cursor
        if cursor is None:
            break
    names = [tool.name for tool in tools]
    assert len(names) == len(set(names)) > 20 and all(tool.annotations.read_only_hint for tool in tools), names
    assert "`show_exposure`" in agent.client.instructions and set(names) >= {"show_exposure", "show_impact", "list_dependencies"}

    companies = await agent.every("list_companies", role="cloud", limit=7)
    assert companies == site.get("/v1/companies?role=cloud&limit=1000")["items"] and len(companies) > 7

    resources, cursor = [], None
    while True:
        page = await agent.client.list_resources(cursor=cursor)
        resources += [str(resource.uri) for resource in page.resources]
        cursor = page.next_cursor
        if cursor is None:
            break
    total = sum(site.get(f"/v1/{kind}?limit=1")["total"] for kind in ("companies", "roles"))
    assert len(resources) == len(set(resources)) == total, (len(resources), total)
    read = await agent.client.read_resource("linchpin://companies/openai")
    assert json.loads(read.contents[0].text) == site.get("/v1/companies/openai")
    completed = await agent.client.complete(ResourceTemplateReference(type="ref/resource", uri="linchpin://roles/{role}"),
                                            {"name": "role", "value": "cl"})
    assert "cloud" in completed.completion.values, completed

    refused = await agent.client.call_tool("show_company", {"id": "opnai"})
    assert refused.is_error and refused.structured_content["suggestions"][0]["id"] == "openai", refused
    try:
        await agent.client.call_tool("no_such_tool", {})
        raise AssertionError("a tool that there is not was called")
    except MCPError as error:
        assert error.error.code == -32602, error


async def who_stops(agent, vendors, down):
    """Which of the vendors stop, through whom, and who says so: by tools alone, as the instructions say."""
    exposure = await agent.tool("show_exposure", vendors=[{"name": name} for name in vendors])
    impact = await agent.tool("show_impact", down=down)
    stopped, curtailed = ({company["id"] for company in impact[key]} for key in ("stopped", "curtailed"))
    failed = {(row["company"]["id"], row["layer"]): row["cause"] for row in impact["failed"]}
    answer = {row["name"]: {"unknown": True} for row in exposure["unresolved"]}
    for vendor in exposure["vendors"]:
        company = vendor["company"]["id"]
        how = "stops" if company in stopped else "stops in part" if company in curtailed else "goes on"
        chains = [chain(failed, row) for row in failed if row[0] == company]
        steps = [[(step, await evidence(agent, *step)) for step in chain] for chain in chains]
        answer[vendor["name"]] = {"company": company, "how": how, "chains": steps}
    return answer


def chain(failed, row):
    """The steps from a failed activity to what is down: from, to, layer."""
    steps = []
    while row in failed:
        cause = (failed[row]["company"]["id"], failed[row]["layer"])
        steps.append((row[0], *cause))
        row = cause
    return steps


async def evidence(agent, dependent, supplier, layer):
    """The sources of a step: of its dependencies, or of what a company makes for itself."""
    if dependent == supplier:
        return []
    dependencies = await agent.every("list_dependencies", **{"from": dependent, "to": supplier, "layer": layer})
    sources = sorted({source for dependency in dependencies for source in dependency["sources"]})
    return [await agent.tool("show_source", id=source) for source in sources]


def check(answer, vendors, down, site):
    """The answer is what the routes say."""
    exposure = site.post("/v1/exposure", {"vendors": [{"name": name} for name in vendors]})
    impact = site.get(f"/v1/impact?down={down}")
    assert set(answer) == set(vendors), answer.keys()
    assert {name for name in answer if answer[name].get("unknown")} == {row["name"] for row in exposure["unresolved"]}
    hows = set()
    for row in exposure["vendors"]:
        said, company = answer[row["name"]], row["company"]["id"]
        stops, in_part = (any(it["id"] == company for it in impact[key]) for key in ("stopped", "curtailed"))
        assert said["how"] == ("stops" if stops else "stops in part" if in_part else "goes on"), said
        assert bool(said["chains"]) == (said["how"] != "goes on"), said
        hows.add(said["how"])
        for steps in said["chains"]:
            assert steps[-1][0][1] == down, steps
            for (dependent, supplier, layer), sources in steps:
                if dependent == supplier:
                    continue
                items = site.get(f"/v1/dependencies?from={dependent}&to={supplier}&layer={layer}")["items"]
                ids = {source for item in items for source in item["sources"]}
                assert ids and {source["id"] for source in sources} == ids, (dependent, supplier, layer)
                for source in sources:
                    assert source["name"] and source["publisher"] and (source["url"] or "http").startswith("http"), source
    assert len(hows) > 1, hows


def show(answer):
    for name, said in answer.items():
        print(f"{name}: {said.get('how', 'not known')}")
        for steps in said.get("chains", []):
            for (dependent, supplier, layer), sources in steps:
                titles = "; ".join(f"{source['publisher']}: {source['name']}" for source in sources) or "it supplies itself"
                print(f"  {dependent} needs {layer} of {supplier} ({titles})")


async def main(base, program):
    site, answers = Site(base), []
    ways = [(base + "/mcp", "auto"), (base + "/mcp", "legacy"),
            (StdioServerParameters(command=program, args=["mcp"]), "auto"),
            (StdioServerParameters(command=program, args=["mcp"]), "legacy")]
    for server, mode in ways:
        async with Client(server, mode=mode) as client:
            print("speaks", client.protocol_version, "by", "HTTP" if isinstance(server, str) else "standard input")
            agent = Agent(client)
            await look_around(agent, site)
            answers.append(await who_stops(agent, VENDORS, "tsmc"))
    assert all(answer == answers[0] for answer in answers)
    check(answers[0], VENDORS, "tsmc", site)
    show(answers[0])
    print(f"{len(ways)} ways of asking, {len(answers[0])} vendors, the same answer")


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
