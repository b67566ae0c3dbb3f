#!/usr/bin/env python3
"""Recompute what the server says of failures, concentration, flows and rankings, from the data folder alone.

    risk.py URL FOLDER [--builtin graph] [--sample N]

Written from sections 2, 4 and 5 of the product page. PageRank, betweenness and dominators are those of NetworkX.
"""

import argparse
import json
import random
from collections import defaultdict
from itertools import combinations
from urllib.parse import urlencode

import networkx

from client import Client
from model import Dataset, View

CLOSE = 1e-7


class Risk:
    """What follows from the facts of a view."""

    def __init__(self, view):
        self.view, self.data = view, view.dataset
        self.companies = sorted(view.present)
        self.nodes = [(company, layer) for company in self.companies for layer in self.data.activities[company]]
        self.needs = {}  # (company, layer, input) → the activities that meet it
        for company in self.companies:
            for (layer, finer), (suppliers, itself) in view.needs(company).items():
                self.needs[company, layer, finer] = {(other, layer) for other in suppliers | ({company} if itself else set())}

    def uses(self, node, need):
        return node[0] == need[0] and need[1] in self.data.uses[node]

    def fall(self, down):
        """Activity → wave, by the definition."""
        wave = dict.fromkeys(down, 0)
        for number in range(1, len(self.nodes) + 2):
            lost = [need for need, suppliers in self.needs.items() if suppliers and all(node in wave for node in suppliers)]
            new = {node for need in lost for node in self.nodes_of(need[0]) if self.uses(node, need) and node not in wave}
            if not new:
                return wave
            wave.update(dict.fromkeys(new, number))
        raise AssertionError("it does not end")

    def nodes_of(self, company):
        return [(company, layer) for layer in self.data.activities[company]]

    def struck(self, wave):
        stopped = {c for c in self.companies if all(node in wave for node in self.nodes_of(c))}
        failed = {node[0] for node, number in wave.items() if number}
        return stopped, failed - stopped

    def split(self, company, kinds, itself):
        stated = defaultdict(list)
        for fact in self.view.dependencies:
            if fact.buyer == company and (fact.layer, fact.input) in kinds:
                stated[fact.supplier].append(fact.share)
        if itself:
            stated[company] = [None]
        shares = {who: sum(s for s in given if s is not None) for who, given in stated.items() if any(s is not None for s in given)}
        others = [who for who in stated if who not in shares]
        total = sum(shares.values())
        if not stated:
            return {}
        if others and total <= 1:
            return shares | {who: (1 - total) / len(others) for who in others}
        if total == 0:
            return {who: 1 / len(stated) for who in stated}
        return {who: share / total for who, share in shares.items()} | dict.fromkeys(others, 0.0)

    def kinds_of(self, layer):
        return {(fact.layer, fact.input) for fact in self.view.dependencies if fact.layer == layer}

    def supplies_itself(self, company, layer):
        return any(fact.company == company and fact.layer == layer for fact in self.view.self_supplies)

    def holders(self, layer):
        return sorted({fact.company for fact in self.view.held_roles if fact.layer == layer})

    def pairs(self):
        graph = networkx.DiGraph()
        graph.add_nodes_from(self.companies)
        graph.add_edges_from((fact.buyer, fact.supplier) for fact in self.view.dependencies)
        return graph

    # ---- flows -----------------------------------------------------------------------------------------------------

    def rates(self, node, case):
        company, layer = node
        roles = {fact.role for fact in self.data.held_roles if fact.company == company and fact.layer == layer}
        roles = roles or {role for role, record in self.data.roles.items() if record["layer"] == layer and layer}
        year, found = int(self.view.day[:4]), defaultdict(float)
        for role in roles:
            kept = [rate for rate in self.data.roles[role].get("rates") or []
                    if self.view.source is None or self.view.source in (rate.get("sources") or [])]
            for of in {rate["layer"] for rate in kept}:
                rates = [rate for rate in kept if rate["layer"] == of]
                past = [rate["year"] for rate in rates if rate["year"] <= year]
                chosen = max(past) if past else min(rate["year"] for rate in rates)
                found[of] = max(found[of], *(rate[case] for rate in rates if rate["year"] == chosen))
        return found

    def spending(self, node, case):
        company, paid = node[0], {}
        for layer, rate in self.rates(node, case).items():
            parts = self.split(company, self.kinds_of(layer), self.supplies_itself(company, layer) and company in self.view.present)
            if parts:
                paid[layer] = (rate, parts)
        total = sum(rate for rate, _ in paid.values())
        scale = 0.95 / total if total > 0.95 else 1
        return {(who, layer): rate * scale * part for layer, (rate, parts) in paid.items() for who, part in parts.items()}

    def flows(self, entering, case):
        """Activity → (received, retained), by rounds until nothing is left to tell."""
        received, retained, links = defaultdict(float), defaultdict(float), defaultdict(float)
        arriving, known = dict(entering), {}
        for _ in range(900):
            after = defaultdict(float)
            for node, money in arriving.items():
                out = known.setdefault(node, self.spending(node, case))
                received[node] += money
                retained[node] += money * (1 - sum(out.values()))
                for target, part in out.items():
                    after[target] += money * part
                    links[node[0], target[0], target[1]] += money * part
            arriving = after
        return received, retained, links


class Compare:
    """Asks the server and compares."""

    def __init__(self, url, dataset, sample):
        self.client, self.dataset, self.sample = Client(url), dataset, sample
        self.random, self.checks = random.Random("risk"), 0

    def get(self, path, **query):
        answer = self.client.get(path, {name: value for name, value in query.items() if value is not None})
        assert answer.status == 200, (path, query, answer.status, answer.json)
        return answer.json

    def all(self, path, **query):
        page = self.get(path, limit=1000, **query)
        items = page["items"]
        while page["next"]:
            page = self.client.get(page["next"]).json
            items += page["items"]
        self.same(len(items), page["total"], path, query)
        return items

    def same(self, got, expected, *where):
        self.checks += 1
        assert got == expected, (*where, "got", diff(got, expected), "expected", diff(expected, got))

    def near(self, got, expected, *where):
        self.checks += 1
        assert abs(got - expected) <= CLOSE * max(1, abs(expected)), (*where, got, expected)

    def view(self, **asked):
        risk = Risk(View(self.dataset, **asked))
        some = self.random.sample(risk.companies, min(self.sample, len(risk.companies)))
        self.impacts(risk, asked, some)
        self.chokepoints(risk, asked, some)
        self.concentration(risk, asked)
        self.flows(risk, asked, some)
        self.rankings(risk, asked)
        self.exposure(risk, asked)

    def impacts(self, risk, asked, some):
        layers = list(self.dataset.layers)
        for number, company in enumerate(some):
            node = self.random.choice(risk.nodes_of(company))
            other = self.random.choice(risk.companies)
            questions = [({"down": company}, risk.nodes_of(company)),
                         ({"down": f"{company},{other}"}, risk.nodes_of(company) + risk.nodes_of(other))]
            if node[1]:
                questions.append(({"down": f"{node[0]}:{node[1]}"}, [node]))
            if number < 3:
                layer = self.random.choice(layers)
                questions.append(({"layer": layer, "down": company}, [n for n in risk.nodes if n[1] == layer] + risk.nodes_of(company)))
                role = self.random.choice(list(self.dataset.roles))
                of = self.dataset.roles[role]["layer"]
                questions.append(({"role": role}, [(fact.company, of) for fact in risk.view.held_roles if fact.role == role]))
                country = self.dataset.companies[company].get("country")
                if country:
                    there = [c for c in risk.companies if self.dataset.companies[c].get("country") == country]
                    questions.append(({"country": country}, [n for c in there for n in risk.nodes_of(c)]))
            for query, down in questions:
                self.impact(risk, asked, query, set(down))

    def impact(self, risk, asked, query, down):
        answer, wave = self.get("/v1/impact", **query, **asked), risk.fall(down)
        where = ("impact", query, asked)
        self.same({(row["company"]["id"], row["layer"]) for row in answer["down"]}, down, *where)
        got = {(row["company"]["id"], row["layer"]): row["wave"] for row in answer["failed"]}
        self.same(len(answer["failed"]), len(got), *where)
        self.same(got, {node: number for node, number in wave.items() if number}, *where)
        for row in answer["failed"]:
            node = (row["company"]["id"], row["layer"])
            lost = {need: suppliers for need, suppliers in risk.needs.items()
                    if risk.uses(node, need) and suppliers and all(s in wave for s in suppliers)
                    and max(wave[s] for s in suppliers) + 1 == wave[node]}
            told = {(node[0], need["layer"], need["input"]): {(s["id"], need["layer"]) for s in need["suppliers"]} for need in row["lost"]}
            self.same(told, lost, *where, node)
            cause = (row["cause"]["company"]["id"], row["cause"]["layer"])
            self.same(wave.get(cause), wave[node] - 1, *where, node, "cause")
        stopped, curtailed = risk.struck(wave)
        wholly = {c for c in risk.companies if set(risk.nodes_of(c)) <= down}
        self.same([c["id"] for c in answer["stopped"]], sorted(stopped - wholly), *where)
        self.same([c["id"] for c in answer["curtailed"]], sorted(curtailed), *where)
        degraded = {}
        for need, suppliers in risk.needs.items():
            gone = {s for s in suppliers if s in wave}
            if gone and gone != suppliers and need[0] not in stopped:
                parts = risk.split(need[0], {need[1:]}, (need[0], need[1]) in suppliers)
                degraded[need] = sum(part for who, part in parts.items() if (who, need[1]) in gone)
        told = {(row["company"]["id"], row["layer"], row["input"]): row["lost_share"] for row in answer["degraded"]}
        self.same(set(told), set(degraded), *where, "degraded")
        for need, share in told.items():
            self.near(share, degraded[need], *where, need)
        for row in answer["layers"]:
            of = [node for node in risk.nodes if node[1] == row["layer"]]
            self.same((row["activities"], row["down"], row["failed"]),
                      (len(of), len([n for n in of if n in down]), len([n for n in of if wave.get(n)])), *where, row["layer"])
        self.same({row["layer"] for row in answer["layers"]}, set(self.dataset.layers), *where)

    def chokepoints(self, risk, asked, some):
        stops = {}
        for company in risk.companies:
            wave = risk.fall(set(risk.nodes_of(company)))
            stops[company] = wave
        told = {row["company"]["id"]: row["stops"] for row in self.all("/v1/chokepoints", **asked)}
        count = {c: len({node[0] for node, number in wave.items() if number}) for c, wave in stops.items()}
        self.same(told, {c: number for c, number in count.items() if number}, "chokepoints", asked)
        flow = self.flow_graph(risk)
        for company in some[:6]:
            rows = self.all(f"/v1/companies/{company}/chokepoints", **asked)
            told = {row["company"]["id"]: set(row["layers"]) for row in rows}
            expected = {c: {node[1] for node, number in wave.items() if number and node[0] == company and node[1]}
                        for c, wave in stops.items() if c != company and any(number and node[0] == company for node, number in wave.items())}
            self.same(told, expected, "chokepoints of", company, asked)
            tree = networkx.immediate_dominators(flow(company), company)
            below = defaultdict(int)
            for node in tree:
                above = tree.get(node)
                while node != company and above is not None and above != company:
                    below[above] += 1
                    above = tree.get(above)
            self.same({row["company"]["id"]: row["dominates"] for row in rows}, {c: below[c] for c in told}, "dominates", company, asked)
            if len(risk.companies) <= 20:
                alone = {c: {n for n, number in wave.items() if number and n[0] == company} for c, wave in stops.items()}
                pairs = {}
                for one, two in combinations([c for c in risk.companies if c != company], 2):
                    wave = risk.fall(set(risk.nodes_of(one)) | set(risk.nodes_of(two)))
                    both = {n for n, number in wave.items() if number and n[0] == company} - alone[one] - alone[two]
                    if both:
                        pairs[one, two] = {layer for _, layer in both if layer}
                told = {(row["company"]["id"], row["other"]["id"]): set(row["layers"])
                        for row in self.all(f"/v1/companies/{company}/chokepoints", size=2, **asked)}
                self.same(told, pairs, "pairs", company, asked)

    def flow_graph(self, risk):
        """From company to company as a walk from all activities of the first one goes."""
        edges = risk.view.graph().up

        def of(company):
            graph = networkx.DiGraph()
            graph.add_node(company)
            seen, stack = set(risk.nodes_of(company)), list(risk.nodes_of(company))
            while stack:
                node = stack.pop()
                for target, _ in edges[node]:
                    if target[0] != node[0]:
                        graph.add_edge(node[0], target[0])
                    if target not in seen:
                        seen.add(target)
                        stack.append(target)
            return graph
        return of

    def concentration(self, risk, asked):
        expected = {}
        for kind in {(f.layer, f.input) for f in risk.view.dependencies} | {(f.layer, None) for f in risk.view.dependencies}:
            for whole in {True, False}:
                key = (kind[0], None) if whole else kind
                kinds = risk.kinds_of(kind[0]) if key[1] is None else {kind}
                votes = [risk.split(c, kinds, False) for c in risk.companies]
                votes = [vote for vote in votes if vote]
                shares = defaultdict(float)
                for vote in votes:
                    for who, part in vote.items():
                        shares[who] += part / len(votes)
                if votes:
                    expected[key] = (len(votes), dict(shares))
        told = {(row["layer"], row["input"]): row for row in self.all("/v1/concentration", **asked)}
        self.same(set(told), set(expected), "concentration", asked)
        for key, row in told.items():
            votes, shares = expected[key]
            self.same((row["dependents"], row["suppliers"]), (votes, len(shares)), "concentration", key, asked)
            self.same({s["company"]["id"] for s in row["shares"]}, set(shares), key, asked)
            for share in row["shares"]:
                self.near(share["share"], shares[share["company"]["id"]], "share", key, asked)
            best = sorted(shares.values(), reverse=True)
            self.near(row["hhi"], sum((100 * s) ** 2 for s in best), "hhi", key, asked)
            self.near(row["cr1"], best[0], "cr1", key, asked)
            self.near(row["cr3"], sum(best[:3]), "cr3", key, asked)

    def flows(self, risk, asked, some):
        questions = [(layer, [((c, layer), 1000 / len(risk.holders(layer))) for c in risk.holders(layer)])
                     for layer in self.dataset.layers if risk.holders(layer)]
        for company in some[:4]:
            if company in self.dataset.layers:
                continue  # a name of both means the layer
            order = sorted(risk.nodes_of(company), key=lambda n: (self.dataset.layers[n[1]]["tier"], n[1]) if n[1] else (0, ""))
            questions.append((company, [(order[0], 1000)]))
            if order[-1][1]:
                questions.append((f"{company}:{order[-1][1]}", [(order[-1], 1000)]))
        for start, entering in questions:
            answer = self.get("/v1/flows", amount=1000, **{"from": start}, **asked)
            for case in ("low", "high"):
                received, retained, links = risk.flows(entering, case)
                for row in answer["layers"]:
                    of = [node for node in received if node[1] == row["layer"]]
                    self.near(row[case]["received"], sum(received[n] for n in of), "flows", start, case, row["layer"], asked)
                    self.near(row[case]["retained"], sum(retained[n] for n in of), "flows", start, case, row["layer"], asked)
                told = {row["company"]["id"]: row[case] for row in answer["companies"]}
                for company in {node[0] for node in received} | set(told):
                    of = [node for node in received if node[0] == company]
                    self.near(told[company]["retained"], sum(retained[n] for n in of), "flows", start, case, company, asked)
                told = {(row["from"]["id"], row["to"]["id"], row["layer"]): row[case] for row in answer["links"]}
                for link in set(told) | {link for link, paid in links.items() if paid > CLOSE}:
                    self.near(told[link], links[link], "links", start, case, link, asked)
                self.near(sum(row[case]["retained"] for row in answer["layers"]), 1000, "conserved", start, case, asked)

    def rankings(self, risk, asked):
        pairs, graph = risk.pairs(), risk.view.graph()
        reach = {c: len({node[0] for node in graph.distances(c, graph.down)} - {c}) for c in risk.companies}
        struck = {c: len({node[0] for node, n in risk.fall(set(risk.nodes_of(c))).items() if n}) for c in risk.companies}
        expected = {"dependents": dict(pairs.in_degree()), "reach": reach, "impact": struck}
        if risk.companies:
            expected["pagerank"] = networkx.pagerank(pairs, alpha=0.85, tol=1e-13, max_iter=2000)
            expected["betweenness"] = networkx.betweenness_centrality(pairs, normalized=False)
        for measure, scores in expected.items():
            rows = self.all(f"/v1/rankings/{measure}", **asked)
            self.same({row["company"]["id"] for row in rows}, set(risk.companies), measure, asked)
            for row in rows:
                self.near(row["score"], scores[row["company"]["id"]], measure, row["company"]["id"], asked)
                self.same(row["rank"], 1 + sum(other["score"] > row["score"] for other in rows), measure, asked)
            keys = [(-row["score"], row["company"]["id"]) for row in rows]
            self.same(keys, sorted(keys), "the order of", measure, asked)
        if risk.companies:
            self.near(sum(row["score"] for row in self.all("/v1/rankings/pagerank", **asked)), 1, "pagerank", asked)

    def exposure(self, risk, asked):
        ids = self.random.sample(risk.companies, min(9, len(risk.companies)))
        if not ids:
            return
        vendors = {company: self.random.choice([1, 2, 0.5]) for company in ids}
        body = {"vendors": [{"name": company, "weight": weight} for company, weight in vendors.items()]}
        target = "/v1/exposure" + (f"?{urlencode(asked)}" if asked else "")
        answer = self.client.ask(target, "POST", {"Content-Type": "application/json"}, json.dumps(body).encode())
        assert answer.status == 200, answer.json
        answer, graph = answer.json, risk.view.graph()
        self.same([row["company"]["id"] for row in answer["vendors"]], ids, "vendors", asked)
        below = {c: {node[0] for node in graph.distances(c, graph.up)} - {c} for c in ids}
        resting = {c: [v for v in ids if c in below[v]] for c in risk.companies}
        told = {row["company"]["id"]: (row["vendors"], row["weight"]) for row in answer["shared"]}
        self.same(told, {c: (len(of), sum(vendors[v] for v in of)) for c, of in resting.items() if len(of) > 1}, "shared", asked)
        points = {}
        for company in risk.companies:
            struck = {node[0] for node, n in risk.fall(set(risk.nodes_of(company))).items() if n}
            hit = [v for v in ids if v in struck]
            if hit:
                points[company] = (len(hit), sum(vendors[v] for v in hit))
        self.same({row["company"]["id"]: (row["vendors"], row["weight"]) for row in answer["single_points"]}, points, "points", asked)


def diff(one, two):
    if isinstance(one, dict):
        return {key: value for key, value in list(one.items())[:400] if key not in two or two[key] != value}
    return one - two if isinstance(one, set) else one


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("url")
    parser.add_argument("folder")
    parser.add_argument("--builtin", default="graph")
    parser.add_argument("--sample", type=int, default=12)
    options = parser.parse_args()
    dataset = Dataset(options.folder, options.builtin)
    compare = Compare(options.url, dataset, options.sample)
    days = dataset.all_days()
    sources = sorted(dataset.sources)
    views = [{}, {"status": "confirmed"}]
    views += [{"as_of": day[:cut]} for day, cut in zip(compare.random.sample(days, min(3, len(days))), (10, 7, 4))]
    if sources:
        views.append({"source": compare.random.choice(sources)})
    for asked in views:
        compare.view(**asked)
    print(f"risk: {compare.checks} checks of {len(views)} views agree")


if __name__ == "__main__":
    main()
