#!/usr/bin/env python3
"""Read each document of the graph with the library its users read it with, and hold it to the JSON.

    documents.py http://127.0.0.1:8080
"""

import csv
import io
import json
import os
import shutil
import subprocess
import sys
import xml.etree.ElementTree as xml

import networkx
import requests
from rdflib import Graph
from rdflib.compare import isomorphic

MOST_DRAWN = 200
RDF = {"turtle": "turtle", "ntriples": "nt", "jsonld": "json-ld"}


def get(base, path, **parameters):
    answer = requests.get(base + path, params=parameters, timeout=120)
    answer.raise_for_status()
    return answer


def ends_of(graph):
    return sorted((edge["from"], edge["to"]) for edge in graph["edges"])


def of_networkx(graph):
    return set(graph.nodes), sorted((source, target) for source, target, *_ in graph.edges)


def of_cytoscape(text):
    data = lambda kind: [element["data"] for element in json.loads(text)["elements"][kind]]
    ids = [one["id"] for kind in ("nodes", "edges") for one in data(kind)]
    assert len(ids) == len(set(ids)), "Cytoscape.js has one set of ids for nodes and edges"
    return {node["id"] for node in data("nodes")}, sorted((edge["source"], edge["target"]) for edge in data("edges"))


def of_csv(text):
    rows = list(csv.DictReader(io.StringIO(text)))
    nodes = {row["id"] for row in rows if row["type"] == "node"}
    return nodes, sorted((row["from"], row["to"]) for row in rows if row["type"] == "edge")


def of_dot(text):
    """What Graphviz reads. Of a graph that would take it long to lay out, it only counts nodes and edges."""
    if text.count(" -> ") > MOST_DRAWN:
        counted = subprocess.run(["gc", "-n", "-e"], input=text, capture_output=True, text=True, check=True).stdout
        return tuple(int(number) for number in counted.split()[:2])
    drawn = subprocess.run(["dot", "-Tdot_json"], input=text, capture_output=True, text=True, check=True).stdout
    graph = json.loads(drawn)
    names = [node["name"] for node in graph.get("objects", [])]
    return set(names), sorted((names[edge["tail"]], names[edge["head"]]) for edge in graph.get("edges", []))


def of_gephi(text):
    """What Gephi Lite reads, with the names."""
    environment = os.environ | {"NODE_PATH": os.path.dirname(os.path.dirname(shutil.which("tsc")))}
    program = os.path.join(os.path.dirname(__file__), "gexf.cjs")
    read = json.loads(subprocess.run(["node", program], input=text, capture_output=True, text=True, check=True, env=environment).stdout)
    return sorted(map(tuple, read["nodes"])), sorted(map(tuple, read["edges"]))


def of_rdf(graph, base):
    companies = f"{base}/v1/companies/"
    schema = "https://schema.org/"
    rows = graph.query(f"SELECT ?from ?to {{ ?d <{base}/ns#dependent> ?from ; <{base}/ns#supplier> ?to }}")
    nodes = graph.query(f"SELECT ?c {{ ?c a <{schema}Organization> }}")
    short = lambda term: str(term).removeprefix(companies)
    return {short(node[0]) for node in nodes}, sorted((short(source), short(target)) for source, target in rows)


def check(base, path):
    graph = get(base, path, format="json").json()
    expected = ({node["id"] for node in graph["nodes"]}, ends_of(graph))
    text = lambda name: get(base, path, format=name).content.decode()
    read = {
        "graphml": lambda: of_networkx(networkx.read_graphml(io.BytesIO(text("graphml").encode()), force_multigraph=True)),
        "gexf": lambda: of_networkx(networkx.read_gexf(io.BytesIO(text("gexf").encode()), version="1.3")),
        "cytoscape": lambda: of_cytoscape(text("cytoscape")),
        "csv": lambda: of_csv(text("csv")),
    }
    for name, reader in read.items():
        nodes, edges = reader()
        assert nodes == expected[0], (path, name, nodes ^ expected[0])
        assert edges == expected[1], (path, name, len(edges), len(expected[1]))
    dot = of_dot(text("dot"))
    assert dot in (expected, tuple(map(len, expected))), (path, "dot", dot)
    named = sorted((node["id"], node["name"]) for node in graph["nodes"])
    assert of_gephi(text("gexf")) == (named, expected[1]), (path, "gexf in Gephi Lite")
    graphs = {name: Graph().parse(data=text(name), format=kind) for name, kind in RDF.items()}
    for name, found in graphs.items():
        assert isomorphic(found, graphs["ntriples"]), (path, name)
        assert of_rdf(found, base) == expected, (path, name)
    xml.fromstring(text("svg"))
    return len(expected[0]), len(expected[1])


def main():
    base = sys.argv[1].rstrip("/")
    companies = get(base, "/v1/companies", limit=1000).json()["items"]
    some = [company["id"] for company in companies[:: max(1, len(companies) // 5)]]
    for path in ["/v1/graph", *(f"/v1/companies/{id}/graph?depth=2" for id in some)]:
        print(path, *check(base, path))


main()
