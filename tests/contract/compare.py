#!/usr/bin/env python3
"""Ask a running server everything about a data folder and compare with `model.py`.

    compare.py BASE_URL FOLDER [--builtin graph] [--sample N] [--seed S]
    compare.py BASE_URL --from-pages [--sample N]

Every company (or N of them) is asked about on several days, for several sources, statuses, `via`s, filters and depths,
and every list in whole and in small pages. `--from-pages` needs no folder: it computes transitive dependencies and
dependents from the server's own pages of dependencies and companies, and compares them with the server's walks.
Findings go to the output; the last line is `N passed, N failed`; the exit code is 1 if anything failed.
"""

import argparse
import random
from collections import Counter, namedtuple
from datetime import date, timedelta

import model
from client import Client, Tally, path_segment

Context = namedtuple("Context", "query view")
DIRECTIONS = {"dependencies": True, "dependents": False}


class Comparison:
    """The server's answers, asked for through `list`, `item` and checked with `tally`."""

    def __init__(self, base):
        self.client, self.tally = Client(base), Tally()
        self.dependency_keys = {}  # id → (from, to, layer, input, since), over all days

    def answer(self, path, query=None):
        """A JSON object, checked for status and type; an empty one if it is none."""
        answer = self.client.get(path, query)
        right = answer.status == 200 and (answer.header("content-type") or "").startswith("application/json")
        body = answer.json if right else None
        self.tally.check(isinstance(body, dict), answer.url, "200 and a JSON object", answer)
        return answer, body if isinstance(body, dict) else {}

    def list(self, path, query=None, limit=1000, as_of=None):
        """All items of a list, through all its pages."""
        query = dict(query or {}, limit=limit)
        answer, page = self.answer(path, query)
        first, items, pages = answer.url, [], 0
        while True:
            rows = page.get("items")
            if not self.tally.check(isinstance(rows, list) and isinstance(page.get("total"), int), answer.url,
                                    "items[] and total", answer):
                break
            items += rows
            link, following = self.next_link(answer), page.get("next")
            self.tally.check(link == following, answer.url, f"Link rel=next to be {following}", answer.header("link"))
            self.tally.check(len(rows) <= limit and (rows or not following), answer.url,
                             f"at most {limit} items, none empty before the last page", len(rows))
            self.tally.check(not following or len(rows) == limit, answer.url, "full pages before the last", len(rows))
            self.tally.check(page["total"] == (total := page["total"] if pages == 0 else total), answer.url,
                             "the same total on every page", page["total"])
            if as_of:
                self.tally.equal(as_of, page.get("as_of"), answer.url, "as_of")
            pages += 1
            if not following or pages > 3000 or not rows:
                break
            answer, page = self.client_page(following)
        self.tally.check(page.get("total") == len(items), first, f"total {page.get('total')} to be the length of all pages",
                         len(items))
        return first, items

    def client_page(self, url):
        answer = self.client.ask(url)
        body = answer.json if answer.status == 200 else None
        self.tally.check(isinstance(body, dict), answer.url, "200 and a JSON object", answer)
        return answer, body if isinstance(body, dict) else {}

    @staticmethod
    def next_link(answer):
        for link in (answer.header("link") or "").split(","):
            target, _, parameters = link.partition(">")
            if 'rel="next"' in parameters or "rel=next" in parameters:
                return target.strip().lstrip("<")
        return None

    def pages(self, path, query, limit, whole):
        """Small pages say the same as one large one."""
        first, items = self.list(path, query, limit)
        self.tally.equal(whole, items, first, f"pages of {limit}")

    # ---- words of an answer ----------------------------------------------------------------------------------------

    def reference(self, value, url):
        """The id of a {id, name, href}."""
        right = (isinstance(value, dict) and isinstance(value.get("id"), str) and isinstance(value.get("name"), str)
                 and str(value.get("href", "")).endswith(f"/v1/companies/{value['id']}"))
        self.tally.check(right, url, "a reference {id, name, href}", value)
        return identifier(value)

    def dependency_key(self, row, url):
        """What a dependency in a walk or a path is, by its id; its ends and layer must agree with the list of them."""
        key = self.dependency_keys.get(row.get("id") if isinstance(row, dict) else row)
        if self.tally.check(key is not None, url, "the id of a dependency in /v1/dependencies", row) and isinstance(row,
                                                                                                                    dict):
            known = {"from": key[0], "to": key[1], "layer": key[2], "input": key[3]}
            shown = {name: identifier(row[name]) if name in ("from", "to") else row[name] for name in known if name in row}
            right = {name: known[name] for name in shown} == shown and {"layer", "input"} <= shown.keys()
            self.tally.check(right, url, f"dependency {row['id']} to be {known}", shown)
        return key

    def learn_dependencies(self, query, as_of=None):
        """The list of dependencies, remembering each id; ids must not change from day to day."""
        url, items = self.list("/v1/dependencies", query, as_of=as_of)
        ids = [row.get("id") for row in items]
        self.tally.check(len(set(ids)) == len(ids), url, "each dependency once", lambda: Counter(ids).most_common(3))
        for row in items:
            key = (self.reference(row.get("from"), url), self.reference(row.get("to"), url), row.get("layer"),
                   row.get("input"), row.get("since"))
            known = self.dependency_keys.setdefault(row.get("id"), key)
            self.tally.check(known == key, url, f"dependency {row.get('id')} to stay {known}", key)
        return url, items

    # ---- walks -----------------------------------------------------------------------------------------------------

    def walk(self, company, way, query, expected, as_of=None, loose=None):
        """One walk as asked for: companies, hops, layers, dependencies, order."""
        url, items = self.list(f"/v1/companies/{company}/{way}", query, as_of=as_of)
        got = {}
        for row in items:
            other = self.reference(row.get("company"), url)
            self.tally.check(other not in got, url, "each company once", other)
            got[other] = row
        self.tally.equal(set(expected), set(got), url, "companies")
        order = [(row.get("hops"), identifier(row.get("company"))) for row in items]
        self.tally.check(order == sorted(order), url, "order by hops, then id", order)
        for other in expected.keys() & got.keys():
            row, found = got[other], expected[other]
            self.tally.equal(found.hops, row.get("hops"), url, f"hops of {other}")
            layers = row.get("layers") or []
            self.tally.check(set(layers) == found.layers and len(layers) == len(found.layers), url,
                             f"layers of {other} {sorted(found.layers)}", layers)
            rows = row.get("dependencies") or []
            entering = [self.dependency_key(dependency, url) for dependency in rows]
            allowed = found.entering | (loose or {}).get(other, set())
            self.tally.check(found.entering <= set(entering) <= allowed and len(set(entering)) == len(entering), url,
                             f"{other} entered by {sorted(map(str, found.entering))}", sorted(map(str, entering)))
        return items


class FolderComparison(Comparison):
    """Everything against the folder."""

    def __init__(self, base, folder, builtin, sample, seed):
        super().__init__(base)
        self.random = random.Random(seed)
        self.data = model.Dataset(folder, builtin)
        self.all = sorted(self.data.companies)
        self.some = self.all if not sample else sorted(self.random.sample(self.all, min(sample, len(self.all))))
        self.views = {}
        self.missing_statuses = Counter()

    def run(self):
        for context in self.contexts():
            self.compare_dependencies(context)
        contexts = self.contexts()
        self.compare_stack(contexts[0])
        for context in contexts:
            self.compare_counts(context)
            self.compare_companies(context)
            self.compare_facts(context)
            self.compare_role_pages(context)
            for company in self.some:
                self.compare_company(company, context)
                self.compare_walks(company, context)
            self.compare_inverse(context)
            self.compare_paths(context)
        self.compare_filters(contexts)
        self.compare_small_pages(contexts)
        self.compare_search(contexts[0])
        self.compare_changes()
        if len(self.missing_statuses) > 1:
            self.tally.check(False, "companies not in the graph of the day", "one status everywhere",
                             dict(self.missing_statuses))
        self.tally.finish()

    # ---- which days, sources and statuses --------------------------------------------------------------------------

    def context(self, as_of=None, source=None, status=None):
        query = {name: value for name, value in (("as_of", as_of), ("source", source), ("status", status)) if value}
        key = tuple(query.items())
        if key not in self.views:
            self.views[key] = Context(query, model.View(self.data, as_of, source, status))
        return self.views[key]

    def contexts(self):
        if self.views:
            return list(self.views.values())
        days = self.data.all_days()
        source_ids = sorted(self.data.sources)
        turns = self.random.sample(days, min(3, len(days)))
        self.context()
        for day in turns:
            self.context(as_of=day)
        if turns:
            self.context(as_of=str(date.fromisoformat(turns[0]) - timedelta(1)))
            self.context(as_of=turns[-1][:4])
            self.context(as_of=turns[-1][:7], status="confirmed")
        self.context(as_of="2099")
        self.context(as_of="1990-01")
        self.context(status="confirmed")
        self.context(status="reported")
        for source in self.random.sample(source_ids, min(4, len(source_ids))):
            self.context(source=source)
        for source in self.random.sample(source_ids, min(2, len(source_ids))):
            self.context(as_of="2099-12-31", source=source, status="confirmed")
            if turns:
                self.context(as_of=turns[0][:7], source=source)
        if "caucasus-2023-02-08" in self.data.sources:
            self.context(as_of="2023-02", source="caucasus-2023-02-08")
        return list(self.views.values())

    # ---- lists of facts --------------------------------------------------------------------------------------------

    def compare_dependencies(self, context):
        query, view = context
        url, items = self.learn_dependencies(query, view.day)
        expected = {fact.key: fact for fact in view.dependencies}
        got = {self.dependency_keys[row["id"]]: row for row in items if row.get("id") in self.dependency_keys}
        self.tally.equal(set(expected), set(got), url, "dependencies")
        for key in expected.keys() & got.keys():
            self.same_dependency(expected[key], got[key], url)

    def same_dependency(self, fact, row, url):
        expected = {"since": fact.since, "until": fact.until, "known_since": self.data.known_since(fact),
                    "critical": fact.critical, "share": fact.share, "status": fact.status, "sources": sorted(fact.sources)}
        got = {name: row.get(name, "absent") for name in expected}
        got["sources"] = sorted(row["sources"]) if strings(row.get("sources")) else row.get("sources", "absent")
        self.tally.equal(expected, got, url, f"dependency {row.get('id')}")

    def compare_counts(self, context):
        answer, body = self.answer("/v1", context.query)
        url = answer.url
        self.tally.equal(len(context.view.present), number(body.get("companies")), url, "companies")
        self.tally.equal(len(context.view.dependencies), number(body.get("dependencies")), url, "dependencies")
        self.tally.equal(context.view.day, body.get("as_of"), url, "as_of")
        self.tally.check(isinstance(body.get("revision"), str), url, "revision", body.get("revision"))

    def compare_stack(self, context):
        url, items = self.list("/v1/layers")
        expected = {layer: record["tier"] for layer, record in self.data.layers.items()}
        self.tally.equal(expected, {row.get("id"): row.get("tier") for row in items}, url, "tiers of layers")
        url, items = self.list("/v1/roles")
        expected = {role: (record.get("number"), record["layer"], self.data.layers[record["layer"]]["tier"],
                           sorted(record.get("needs") or [])) for role, record in self.data.roles.items()}
        got = {row.get("id"): (row.get("number"), row.get("layer"), row.get("tier"), sorted(row.get("needs") or []))
               for row in items}
        self.tally.equal(expected, got, url, "roles")

    def compare_role_pages(self, context):
        for role, record in self.data.roles.items():
            answer, body = self.answer(f"/v1/roles/{role}", context.query)
            expected = {company for company in context.view.present if role in context.view.roles[company]}
            got = [self.reference(company, answer.url) for company in body.get("companies") or []]
            self.tally.check(set(got) == expected and len(got) == len(expected), answer.url,
                             lambda: f"companies {sorted(expected)}", lambda: sorted(got))
            self.tally.equal(sorted(record.get("needs") or []), sorted(body.get("needs") or []), answer.url, "needs")
            self.tally.equal(context.view.day, body.get("as_of"), answer.url, "as_of")

    def compare_companies(self, context):
        query, view = context
        url, items = self.list("/v1/companies", query, as_of=view.day)
        got = {row.get("id"): row.get("roles") for row in items}
        self.tally.equal(view.present, set(got), url, "companies")
        self.tally.check(len(items) == len(got), url, "each company once", len(items) - len(got))
        for company in got.keys() & view.present:
            roles = got[company]
            self.tally.check(strings(roles) and sorted(roles) == sorted(view.roles[company]), url,
                             f"roles of {company} {sorted(view.roles[company])}", roles)
        layer_of = {role: record["layer"] for role, record in self.data.roles.items()}
        wanted = [({"role": role}, lambda company, role=role: role in view.roles[company]) for role in self.data.roles]
        wanted += [({"layer": layer}, lambda company,
                    layer=layer: layer in {layer_of[role] for role in view.roles[company]})
                   for layer in self.data.layers]
        countries = sorted({record.get("country") for record in self.data.companies.values()} - {None})
        wanted += [({"country": country}, lambda company,
                    country=country: self.data.companies[company].get("country") == country)
                   for country in countries[:6]]
        few = self.random.sample(self.all, min(3, len(self.all)))
        wanted.append(({"id": ",".join(few)}, lambda company: company in few))
        for extra, holds in wanted:
            url, items = self.list("/v1/companies", {**query, **extra}, as_of=view.day)
            self.tally.equal({company for company in view.present if holds(company)}, {row.get("id") for row in items}, url)

    def compare_facts(self, context):
        """Figures and stakes: those kept; of companies not in the graph either way."""
        view = context.view
        url, items = self.list("/v1/figures", context.query)
        every = Counter((fact.subject, fact.measure, fact.year) for fact in view.kept["figures"])
        sure = Counter((fact.subject, fact.measure, fact.year) for fact in view.kept["figures"]
                       if not fact.subject.startswith("company:") or fact.subject[8:] in view.present)
        got = Counter((row.get("subject"), row.get("measure"), row.get("year")) for row in items)
        self.tally.check(sure <= got <= every, url, lambda: f"figures {sorted(map(str, sure))}",
                         lambda: sorted(map(str, got)))
        url, items = self.list("/v1/stakes", context.query)
        kept = view.kept["stakes"]
        sure = sum(fact.company in view.present and fact.into in view.present for fact in kept)
        self.tally.check(sure <= len(items) <= len(kept), url, f"{sure} to {len(kept)} stakes", len(items))

    # ---- one company -----------------------------------------------------------------------------------------------

    def absent(self, company, context, path):
        """Whether the company is not in the graph of that day; then it is unknown or empty, but everywhere the same."""
        if company in context.view.present:
            return False
        answer = self.client.get(path, context.query)
        self.tally.check(answer.status in (200, 404), answer.url, "404, or 200 with nothing", answer)
        self.missing_statuses[answer.status] += 1
        if answer.status == 200 and path.endswith(tuple(DIRECTIONS)):
            self.tally.equal([], (answer.json or {}).get("items"), answer.url, "a company not in the graph")
        return True

    def compare_company(self, company, context):
        query, view = context
        path = f"/v1/companies/{company}"
        if self.absent(company, context, path):
            return
        answer, body = self.answer(path, query)
        url, record = answer.url, self.data.companies[company]
        same = self.tally.equal
        same(view.day, body.get("as_of"), url, "as_of")
        same(company, body.get("id"), url, "id")
        same(record["name"].get("en"), body.get("name"), url, "name")
        same(record["name"], {key: value for key, value in (body.get("names") or {}).items() if value}, url, "names")
        for key in ("country", "founded", "aliases", "products", "website", "wikidata", "ticker"):
            if key in body:
                same(record.get(key) or None, body[key] or None, url, key)
        if "parent" in body:
            same(record.get("parent"), identifier(body["parent"]), url, "parent")
        same(view.roles[company], {identifier(role, "role", "id") for role in body.get("roles") or []}, url, "roles")
        uses = {layer: self.data.uses[company, layer] for layer in self.data.activities[company]}
        same(uses, {row.get("layer"): set(row.get("uses") or []) for row in body.get("activities") or []}, url,
             "activities")
        same(len(uses), len(body.get("activities") or []), url, "number of activities")
        self.same_needs(view.needs(company), body, url)
        same(view.gaps(company), {identifier(gap, "layer", "id") for gap in body.get("gaps") or []}, url, "gaps")
        self.same_self_supply(company, view, body, url)
        self.same_kept(company, view, body, url)
        self.same_roles(company, context)

    def same_needs(self, expected, body, url):
        got = {(row.get("layer"), row.get("input")): ({identifier(supplier, "id",
                                                                  "company") for supplier in row.get("suppliers") or []},
                                                      row.get("self_supplied")) for row in body.get("needs") or []}
        self.tally.equal(expected, got, url, "needs")
        self.tally.equal(len(expected), len(body.get("needs") or []), url, "number of needs")

    def same_self_supply(self, company, view, body, url):
        expected = sorted((fact.layer, fact.input or "", fact.since or "", fact.until or "", sorted(fact.sources))
                          for fact in view.self_supplies if fact.company == company)
        got = sorted((row.get("layer"), row.get("input") or "", row.get("since") or "", row.get("until") or "",
                      sorted(row.get("sources") or [])) for row in body.get("self_supply") or [])
        self.tally.equal(expected, got, url, "self_supply")

    def same_kept(self, company, view, body, url):
        """Stakes, strategies, figures and sources: what is kept of them; stakes in the company may be told too."""
        held = sum(fact.company == company for fact in view.kept["stakes"])
        received = sum(fact.into == company for fact in view.kept["stakes"])
        shown = body.get("stakes")
        shown = sum(map(len, shown.values())) if isinstance(shown, dict) else len(shown or [])
        sure = sum(fact.company == company and fact.into in view.present for fact in view.kept["stakes"])
        self.tally.check(sure <= shown <= held + received, url, f"{sure} stakes held, {received} received", shown)
        strategies = [fact for fact in view.kept["strategies"] if fact.company == company]
        self.tally.equal(len(strategies), len(body.get("strategies") or []), url, "number of strategies")
        figures = [fact for fact in view.kept["figures"] if fact.subject == f"company:{company}"]
        self.tally.equal(len(figures), len(body.get("figures") or []), url, "number of figures")
        facts = [fact for fact in [*view.held_roles, *view.self_supplies] if fact.company == company]
        facts += [fact for fact in view.dependencies if fact.buyer == company] + strategies + figures
        named = {source for fact in facts for source in fact.sources}
        shown = {identifier(source) for source in body.get("sources") or []}
        self.tally.check(named <= shown, url, f"sources {sorted(named)}", sorted(map(str, shown)))

    def same_roles(self, company, context):
        url, items = self.list(f"/v1/companies/{company}/roles", context.query, as_of=context.view.day)
        expected = sorted((fact.role, fact.layer, fact.since or "", fact.until or "", sorted(fact.sources))
                          for fact in context.view.held_roles if fact.company == company)
        got = sorted((str(row.get("role")), row.get("layer"), row.get("since") or "", row.get("until") or "",
                      sorted(row["sources"]) if strings(row.get("sources")) else row.get("sources")) for row in items)
        self.tally.equal(expected, got, url, "roles")

    # ---- walks -----------------------------------------------------------------------------------------------------

    def compare_walks(self, company, context):
        query, view = context
        base = not query
        if self.absent(company, context, f"/v1/companies/{company}/dependencies"):
            self.absent(company, context, f"/v1/companies/{company}/dependents")
            return
        totals = {}
        for way, upstream in DIRECTIONS.items():
            whole = view.graph().walk(company, upstream)
            self.walk(company, way, {**query, "depth": "all"}, whole, view.day)
            for depth in (None, 1, 2, 3) if base else (self.random.choice([None, 1, 2, 3]),):
                expected = {other: found for other, found in whole.items() if found.hops <= (depth or 1)}
                asked = {**query, "depth": depth} if depth else query
                items = self.walk(company, way, asked, expected, view.day)
                if not depth:
                    totals[way] = len(items)
        if totals.keys() == DIRECTIONS.keys():
            answer, body = self.answer(f"/v1/companies/{company}", query)
            counts = body.get("counts") or {}
            for way, total in totals.items():
                if isinstance(counts.get(way), int):
                    self.tally.equal(total, counts[way], answer.url, f"counts.{way}")
        self.compare_via(company, context)

    def compare_via(self, company, context):
        layers = sorted(self.data.layers)
        for count in (1, 2, max(1, len(layers) - 1)):
            via = frozenset(self.random.sample(layers, min(count, len(layers))))
            way = self.random.choice(list(DIRECTIONS))
            expected = context.view.graph(via).walk(company, DIRECTIONS[way])
            self.walk(company, way, {**context.query, "depth": "all", "via": ",".join(sorted(via))}, expected,
                      context.view.day)

    def compare_filters(self, contexts):
        """`layer`, `role` and `country` restrict the answer of a walk."""
        for company in self.some:
            for context in [contexts[0], self.random.choice(contexts)]:
                query, view = context
                if company not in view.present:
                    continue
                for way, upstream in DIRECTIONS.items():
                    graph = view.graph()
                    whole = graph.walk(company, upstream)
                    layers = {layer for found in whole.values() for layer in found.layers}
                    for layer in sorted(layers | {self.random.choice(sorted(self.data.layers))}):
                        expected = graph.walk(company, upstream, layer)
                        loose = {other: loose_entering(graph, company, upstream, other, found.hops)
                                 for other, found in expected.items()}
                        self.walk(company, way, {**query, "depth": "all", "layer": layer}, expected, view.day, loose=loose)
                        near = {other: found for other, found in expected.items() if found.hops <= 2}
                        self.walk(company, way, {**query, "depth": 2, "layer": layer}, near, view.day, loose=loose)
                    for role in self.random.sample(sorted(self.data.roles), min(3, len(self.data.roles))):
                        expected = {other: found for other, found in whole.items() if role in view.roles[other]}
                        self.walk(company, way, {**query, "depth": "all", "role": role}, expected, view.day)
                    countries = sorted({record.get("country") for record in self.data.companies.values()} - {None})
                    for country in self.random.sample(countries, min(2, len(countries))):
                        expected = {other: found for other, found in whole.items()
                                    if self.data.companies[other].get("country") == country}
                        self.walk(company, way, {**query, "depth": "all", "country": country}, expected, view.day)

    def compare_inverse(self, context):
        """a ∈ dependencies(b) ⇔ b ∈ dependents(a), on the server's own word, at every depth."""
        if self.some != self.all or len(self.all) > 70:
            return
        for depth in ("1", "all"):
            pairs = {way: set() for way in DIRECTIONS}
            for company in sorted(context.view.present):
                for way in DIRECTIONS:
                    _, items = self.list(f"/v1/companies/{company}/{way}", {**context.query, "depth": depth})
                    pairs[way] |= {(company, identifier(row.get("company")), row.get("hops")) for row in items}
            mirrored = {(other, company, hops) for company, other, hops in pairs["dependents"]}
            self.tally.equal(pairs["dependencies"], mirrored,
                             f"dependencies and dependents, depth={depth}, {context.query}")

    # ---- paths -----------------------------------------------------------------------------------------------------

    def compare_paths(self, context):
        present = sorted(context.view.present)
        pairs = [(start, end) for start in present for end in present if start != end]
        most = 250 if not context.query else 40
        if len(pairs) > most:
            starts = self.random.sample(present, min(len(present), 60))
            near = [(start, end) for start in starts for end in context.view.graph().walk(start, True)]
            pairs = self.random.sample(pairs, most // 3) + self.random.sample(near, min(len(near), most))
        for start, end in pairs:
            self.compare_path(start, end, context, *self.random.choice([(None, None)] * 4 + [(1, None), (3, 3), (100, None),
                                                                                             (2, 16), (100, 4)]))

    def compare_path(self, start, end, context, limit, longest):
        query = {"from": start, "to": end, **context.query}
        query.update({name: value for name, value in (("limit", limit), ("max_hops", longest)) if value})
        answer, body = self.answer("/v1/paths", query)
        url, graph, limit = answer.url, context.view.graph(), limit or 10
        self.tally.equal(context.view.day, body.get("as_of"), url, "as_of")
        paths = body.get("paths")
        if not self.tally.check(isinstance(paths, list) and isinstance(body.get("truncated"), bool), url,
                                "paths[] and truncated", answer):
            return
        sequences = [self.compare_one_path(path, start, end, graph, url) for path in paths]
        self.tally.check(len(set(sequences)) == len(sequences), url, "each sequence of companies once", sequences)
        lengths, complete = graph.count_paths(start, end, limit + 1, longest or 8)
        if complete and not lengths and not longest and paths:
            for further in range(9, 25):
                if not lengths and complete:
                    lengths, complete = graph.count_paths(start, end, limit + 1, further)
        got = [len(sequence) - 1 for sequence in sequences]
        if complete:
            self.tally.equal(lengths[:limit], got, url, "hops of the shortest simple paths")
            self.tally.equal(len(lengths) > limit, body["truncated"], url, "truncated")
        else:
            self.tally.check(got == sorted(got) and len(got) <= limit, url, f"at most {limit} paths, shortest first", got)

    def compare_one_path(self, path, start, end, graph, url):
        companies = tuple(self.reference(company, url) for company in path.get("companies") or [])
        whole = self.tally.check(len(companies) > 1 and companies[0] == start and companies[-1] == end
                                 and len(set(companies)) == len(companies), url, f"a simple path {start} … {end}",
                                 companies)
        self.tally.equal(len(companies) - 1, path.get("hops"), url, "hops")
        edges = graph.edges_of_path(companies) if whole and set(companies) <= graph.activities.keys() else None
        if whole and self.tally.check(edges is not None, url, "a walk through activities along the path", companies):
            got = [{self.dependency_key(row, url) for row in hop} for hop in path.get("dependencies") or []]
            possible, useful = edges
            right = len(got) == len(possible) and all(
                must <= hop <= may and hop for must, hop, may in zip(useful, got, possible))
            self.tally.check(right, url, lambda: f"along {companies} the dependencies {useful}", got)
            if right and got != useful:
                self.tally.note(url, f"dependencies that do not lead on along {companies}: "
                                     f"{[sorted(map(str, hop - must)) for hop, must in zip(got, useful)]}")
        return companies

    # ---- pages, search, changes ------------------------------------------------------------------------------------

    def compare_small_pages(self, contexts):
        routes = [("/v1/companies", {}), ("/v1/dependencies", {}), ("/v1/roles", {}), ("/v1/layers", {}),
                  ("/v1/figures", {}),
                  ("/v1/stakes", {}), ("/v1/sources", {}), ("/v1/changes", {"since": "2000", "until": "2035"})]
        for company in self.some[:12]:
            routes += [(f"/v1/companies/{company}/{way}", {"depth": "all"}) for way in DIRECTIONS]
            routes.append((f"/v1/companies/{company}/roles", {}))
            if company in contexts[0].view.present:
                routes += [("/v1/dependencies", {"from": company}), ("/v1/dependencies", {"to": company})]
        for path, query in routes:
            url, whole = self.list(path, query)
            for limit in (1, 3, 7) if len(whole) <= 150 else (17, 100):
                self.pages(path, query, limit, whole)
            self.pages(path, query, 50, whole)
        self.compare_dependency_filters(contexts)
        self.compare_dependency_items(contexts)
        url, items = self.list("/v1/sources")
        rates = [rate for role in self.data.roles.values() for rate in role.get("rates") or ()]
        known = set(self.data.sources).union(*(rate.get("sources") or () for rate in rates))  # built-in roles bring theirs
        self.tally.check({row.get("id") for row in items} == known, url, "the sources of the folder and of its roles' rates",
                         len(items))
        for source in sorted(self.data.sources)[:40]:
            answer, body = self.answer(f"/v1/sources/{path_segment(source)}")
            self.tally.equal(source, body.get("id"), answer.url, "id")

    def compare_dependency_filters(self, contexts):
        for query, view in contexts[:6]:
            for name, pick in (("from", lambda fact: fact.buyer), ("to", lambda fact: fact.supplier),
                               ("layer", lambda fact: fact.layer)):
                for value in sorted({pick(fact) for fact in view.dependencies})[:15]:
                    url, items = self.list("/v1/dependencies", {**query, name: value})
                    self.tally.equal({fact.key for fact in view.dependencies if pick(fact) == value},
                                     {self.dependency_keys.get(row.get("id")) for row in items}, url)

    def compare_dependency_items(self, contexts):
        """Each item alone says what the list says."""
        view = contexts[0].view
        ids = {key: identifier for identifier, key in self.dependency_keys.items()}
        for fact in view.dependencies[:300]:
            if fact.key in ids:
                answer, body = self.answer(f"/v1/dependencies/{path_segment(ids[fact.key])}")
                self.same_dependency(fact, body, answer.url)
                ends = (self.reference(body.get("from"), answer.url), self.reference(body.get("to"), answer.url))
                self.tally.equal(fact.key[:4], (*ends, body.get("layer"), body.get("input")), answer.url)

    def compare_search(self, context):
        """Every company is found by its id, each of its names, aliases and products, and by its id misspelt."""
        for company in self.some:
            if company not in context.view.present:
                continue
            words = self.data.names(company) + (self.data.companies[company].get("products") or [])
            misspelt = self.random.randrange(1, len(company) - 1) if len(company) >= 8 else None
            for word in words + ([company[:misspelt] + company[misspelt + 1:]] if misspelt else []):
                url, items = self.list("/v1/search", {"q": word})
                found = [self.reference(row.get("company"), url) for row in items]
                self.tally.check(company in found, url, f"{company} among the results for {word!r}", found[:5])
                self.tally.check(all("score" in row and "matched" in row for row in items), url, "score and matched",
                                 items[:1])
                scores = [row.get("score") for row in items]
                self.tally.check(scores == sorted(scores, reverse=True), url, "the best first", scores[:9])
                if word in words:
                    url, items = self.list("/v1/companies", {"q": word})
                    self.tally.check(company in {row.get("id") for row in items}, url, f"{company} among them", len(items))
                if word == company:
                    self.tally.check(found[:1] == [company], url, f"{company} first for its own id", found[:3])

    def compare_changes(self):
        days = self.data.all_days() or ["2020-01-01"]
        source = self.random.choice(sorted(self.data.sources)) if self.data.sources else None
        spans = [("1900", "2099"), (days[0], days[-1]), (days[len(days) // 2], days[len(days) // 2]), ("2015", "2020"),
                 (days[len(days) // 3][:7], days[len(days) // 2][:4])]
        for since, until in spans:
            for extra in [{}, {"status": "confirmed"}] + ([{"source": source}] if source else []):
                url, items = self.list("/v1/changes", {"since": since, "until": until, **extra})
                got = Counter((row.get("date"), row.get("change"), row.get("kind"),
                               self.reference(row.get("company"), url)) for row in items)
                certain, doubtful = model.changes(self.data, since, until, extra.get("source"), extra.get("status"))
                sure, most = Counter(certain), Counter(certain) + Counter(doubtful)
                self.tally.check(sure <= got <= most, url,
                                 lambda: f"{len(certain)} changes, among them {list((sure - got).items())[:5]}",
                                 lambda: f"{len(items)} changes, among them {list((got - most).items())[:5]}")
                dates = [row.get("date") for row in items]
                self.tally.check(dates in (sorted(dates, key=str), sorted(dates, key=str, reverse=True)), url,
                                 "order by date", dates[:9])


class PagesComparison(Comparison):
    """Walks against the pages of dependencies and companies, without any folder."""

    def __init__(self, base, sample, seed):
        super().__init__(base)
        self.sample, self.random = sample, random.Random(seed)

    def run(self):
        for query in [{}, {"status": "confirmed"}, {"as_of": "2023-02"}]:
            self.compare(query)
        self.tally.finish()

    def compare(self, query):
        _, dependencies = self.learn_dependencies(query)
        _, companies = self.list("/v1/companies", query)
        names = sorted(row["id"] for row in companies)
        activities, uses, self_supplies = {}, {}, []
        for company in names:
            _, body = self.answer(f"/v1/companies/{company}", query)
            rows = body.get("activities") or []
            activities[company] = [row.get("layer") for row in rows] or [None]
            uses.update({(company, row.get("layer")): set(row.get("uses") or []) for row in rows})
            self_supplies += [(company, row.get("layer")) for row in body.get("self_supply") or []]
        edges = [(self.dependency_keys[row["id"]], row["from"]["id"], row["to"]["id"],
                  row["layer"]) for row in dependencies]
        graph = model.Graph(activities, uses, edges, self_supplies)
        for company in names if not self.sample else self.random.sample(names, min(self.sample, len(names))):
            for way, upstream in DIRECTIONS.items():
                self.walk(company, way, {**query, "depth": "all"}, graph.walk(company, upstream))


def loose_entering(graph, company, upstream, other, hops):
    """All dependencies entering any activity of `other` at that many hops: what may also be expected under `layer`."""
    edges = graph.up if upstream else graph.down
    distance = graph.distances(company, edges)
    return {dependency for node, far in distance.items() for target, dependency in edges[node]
            if dependency is not None and target[0] == other and distance[target] == far + 1 == hops}


def identifier(value, *keys):
    """The id in a reference, or the plain id."""
    return next((value[key] for key in keys or ("id",) if value.get(key)), None) if isinstance(value, dict) else value


def number(value):
    """A count, plain or as the `total` of an object."""
    return value.get("total") if isinstance(value, dict) else value


def strings(value):
    return isinstance(value, list) and all(isinstance(entry, str) for entry in value)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("base_url")
    parser.add_argument("folder", nargs="?")
    parser.add_argument("--builtin", default="graph", help="where layers.json and roles.json are when the folder has none")
    parser.add_argument("--sample", type=int, default=0, help="ask about so many companies only")
    parser.add_argument("--seed", default="1", help="of the choice of days, sources and companies")
    parser.add_argument("--from-pages", action="store_true", help="compare with the server's own pages, not with a folder")
    arguments = parser.parse_args()
    if arguments.from_pages:
        PagesComparison(arguments.base_url, arguments.sample, arguments.seed).run()
    elif arguments.folder:
        FolderComparison(arguments.base_url, arguments.folder, arguments.builtin, arguments.sample, arguments.seed).run()
    else:
        parser.error("a FOLDER, or --from-pages")
