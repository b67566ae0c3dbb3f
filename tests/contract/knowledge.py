#!/usr/bin/env python3
"""Ask the knowledge-graph services with the clients that others use, and hold the answers to what RDFLib makes of the export.

    knowledge.py http://127.0.0.1:8080
"""

import io
import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import requests
from rdflib import Graph, URIRef
from rdflib.compare import isomorphic
from rdflib.query import Result
from SPARQLWrapper import CSV, JSON, POST, POSTDIRECTLY, TSV, XML, SPARQLExceptions, SPARQLWrapper

PREFIXES = """
PREFIX lp: <{origin}/ns#>
PREFIX c: <{origin}/v1/companies/>
PREFIX l: <{origin}/v1/layers/>
PREFIX schema: <https://schema.org/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX prov: <http://www.w3.org/ns/prov#>
"""

SELECTS = [
    "SELECT ?c { ?c lp:dependsOn c:tsmc }",
    "SELECT ?c ?n { ?c lp:dependsOn c:asml . OPTIONAL { ?c schema:tickerSymbol ?n } }",
    "SELECT DISTINCT ?c { { ?c lp:dependsOn c:openai } UNION { c:openai lp:dependsOn ?c } }",
    "SELECT ?c { ?c lp:dependsOn c:nvidia MINUS { ?c lp:dependsOn c:amd } }",
    "SELECT DISTINCT ?c { c:openai lp:dependsOn+ ?c }",
    "SELECT DISTINCT ?c { c:openai lp:dependsOn/lp:dependsOn ?c }",
    "SELECT ?layer (COUNT(DISTINCT ?s) AS ?n) { ?d lp:layer ?layer ; lp:supplier ?s } GROUP BY ?layer HAVING(COUNT(DISTINCT ?s) > 3)",
    "SELECT ?name { ?c schema:name ?name FILTER(LANG(?name) = 'ko' && CONTAINS(?name, '삼성')) }",
    "SELECT ?c ?day { ?d lp:dependent ?c ; lp:supplier c:microsoft ; lp:knownSince ?day FILTER(?day < '2023-06-01'^^<http://www.w3.org/2001/XMLSchema#date>) }",
    "SELECT ?s (COUNT(?d) AS ?n) { ?d lp:supplier ?s { SELECT ?s { ?s schema:address/schema:addressCountry 'KR' } } } GROUP BY ?s",
    "SELECT ?c ?short { VALUES ?c { c:openai c:nvidia } ?c schema:identifier ?id BIND(UCASE(?id) AS ?short) }",
    "SELECT ?t { ?x prov:wasDerivedFrom ?t FILTER NOT EXISTS { ?t schema:datePublished ?p } } GROUP BY ?t",
]
CONSTRUCTS = [
    "CONSTRUCT { ?a lp:dependsOn ?b } WHERE { ?a lp:dependsOn ?b ; lp:dependsOn c:asml }",
    "CONSTRUCT WHERE { c:openai schema:name ?n ; lp:actsIn ?l }",
]
RDF = [("text/turtle", "turtle"), ("application/n-triples", "nt"), ("application/rdf+xml", "xml"), ("application/ld+json", "json-ld")]


class Check:
    def __init__(self, origin):
        self.origin = origin
        self.prefixes = PREFIXES.replace("{origin}", origin)
        self.checks = 0
        document = requests.get(origin + "/v1/graph?format=ntriples", timeout=60)
        document.raise_for_status()
        self.graph = Graph().parse(data=document.text, format="nt")

    def holds(self, condition, what):
        self.checks += 1
        if not condition:
            sys.exit(f"wrong: {what}")

    def service(self, query, form, method=None):
        wrapper = SPARQLWrapper(self.origin + "/sparql", returnFormat=form)
        wrapper.setQuery(self.prefixes + query)
        if method:
            wrapper.setMethod(POST)
            wrapper.setRequestMethod(method)
        return wrapper

    def selects(self):
        for query in SELECTS:
            expected = sorted(tuple(term.n3() if term is not None else "" for term in row) for row in self.graph.query(self.prefixes + query))
            self.holds(expected, f"RDFLib finds something: {query}")
            for method in (None, "urlencoded", POSTDIRECTLY):
                found = self.service(query, JSON, method).query().convert()
                self.holds(len(found["results"]["bindings"]) == len(expected), f"{method} {query}")
            for form in ("json", "xml", "tsv"):
                kind = {"json": "application/sparql-results+json", "xml": "application/sparql-results+xml", "tsv": "text/tab-separated-values"}[form]
                answer = requests.get(self.origin + "/sparql", params={"query": self.prefixes + query}, headers={"Accept": kind}, timeout=60)
                result = Result.parse(io.BytesIO(answer.content), format=form)
                found = sorted(tuple(term.n3() if term is not None else "" for term in row) for row in result)
                self.holds(found == expected, f"{form} {query}\n{found[:3]}\n{expected[:3]}")
            rows = self.service(query, CSV).query().convert().decode().strip().splitlines()
            self.holds(len(rows) == len(expected) + 1, f"CSV {query}")
            rows = self.service(query, TSV).query().convert().decode().strip().splitlines()
            self.holds(len(rows) == len(expected) + 1, f"TSV {query}")
        answer = self.service("ASK { c:openai lp:dependsOn c:microsoft }", JSON).query().convert()
        self.holds(answer["boolean"] is True, "ASK")
        answer = self.service("ASK { c:openai lp:dependsOn c:openai }", XML).query().convert()
        self.holds("false" in answer.toxml(), "ASK in XML")

    def constructs(self):
        for query in CONSTRUCTS:
            expected = self.graph.query(self.prefixes + query).graph
            for kind, name in RDF:
                answer = requests.post(self.origin + "/sparql", data={"query": self.prefixes + query}, headers={"Accept": kind}, timeout=60)
                self.holds(answer.status_code == 200, f"{kind} {answer.text[:200]}")
                found = Graph().parse(data=answer.content, format=name)
                self.holds(isomorphic(found, expected), f"{kind} {query}: {len(found)} and {len(expected)}")

    def description(self):
        service = URIRef(self.origin + "/sparql")
        for kind, name in RDF:
            answer = requests.get(self.origin + "/sparql", headers={"Accept": kind}, timeout=60)
            found = Graph().parse(data=answer.content, format=name)
            self.holds((service, URIRef("http://www.w3.org/ns/sparql-service-description#endpoint"), service) in found, kind)

    def refusals(self):
        try:
            self.service("SELECT * WHERE {", JSON).query()
            self.holds(False, "a bad query is refused")
        except SPARQLExceptions.QueryBadFormed:
            self.checks += 1
        wrapper = SPARQLWrapper(self.origin + "/sparql")
        wrapper.setMethod(POST)
        wrapper.setQuery("DELETE WHERE { ?s ?p ?o }")
        try:
            wrapper.query()
            self.holds(False, "an update is refused")
        except SPARQLExceptions.QueryBadFormed:
            self.checks += 1

    def crowd(self):
        """Six endless queries at once: four run until they are stopped, the others find no turn, and all is well again."""
        endless = {"query": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", "timeout": "4"}

        def ask(_):
            began = time.monotonic()
            answer = requests.get(self.origin + "/sparql", params=endless, timeout=60)
            return answer.status_code, answer.headers.get("Retry-After"), time.monotonic() - began

        with ThreadPoolExecutor(6) as pool:
            asked = pool.map(ask, range(6))
            time.sleep(1)
            began = time.monotonic()
            requests.get(self.origin + "/v1/companies/openai", timeout=60).raise_for_status()
            self.holds(time.monotonic() - began < 3, "other routes are answered meanwhile")
            answers = list(asked)
        self.holds(sorted(status for status, _, _ in answers) == [422] * 4 + [503] * 2, answers)
        self.holds(all(after for status, after, _ in answers if status == 503), answers)
        self.holds(all(took < 15 for _, _, took in answers), answers)
        answer = requests.get(self.origin + "/sparql", params={"query": "ASK {}"}, timeout=60)
        self.holds(answer.json()["boolean"] is True, "the next query has its turn")

    def reconcile(self):
        base = self.origin + "/reconcile"
        manifest = requests.get(base, timeout=60).json()
        queries = {f"q{at}": {"query": name, "limit": 3} for at, name in enumerate(["엔비디어", "Azure", "OpenAI, Inc.", "AWS"])}
        for address in (base, base + "/"):
            found = requests.post(address, data={"queries": json.dumps(queries)}, timeout=60).json()
            best = [found[key]["result"][0]["id"] for key in queries]
            self.holds(best == ["nvidia", "microsoft", "openai", "amazon"], f"{address} {best}")
            by_get = requests.get(address, params={"queries": json.dumps(queries)}, timeout=60).json()
            self.holds(by_get == found, "GET is as POST")
        extend = {"ids": ["openai", "tsmc"], "properties": [{"id": "suppliers"}, {"id": "country"}]}
        rows = requests.post(base, data={"extend": json.dumps(extend)}, timeout=60).json()["rows"]
        for company, row in rows.items():
            subject = URIRef(manifest["identifierSpace"] + company)
            expected = {str(o).rsplit("/", 1)[-1] for o in self.graph.objects(subject, URIRef(self.origin + "/ns#dependsOn"))}
            self.holds({cell["id"] for cell in row["suppliers"]} == expected, f"suppliers of {company}")
        card = requests.get(manifest["preview"]["url"].replace("{{id}}", "openai"), timeout=60)
        self.holds(card.headers["Content-Type"].startswith("text/html"), "the card is HTML")


def main():
    check = Check(sys.argv[1].rstrip("/"))
    for part in (check.selects, check.constructs, check.description, check.refusals, check.crowd, check.reconcile):
        part()
    print(f"{check.checks} checks of SPARQL and reconciliation")


if __name__ == "__main__":
    main()
