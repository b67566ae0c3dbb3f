"""An independent, plain computation of what the server must answer, from a data folder.

Written from sections 2, 3 and 5 of the product page. Three parts, each usable alone:

- dates: a partial date is a first day in a fact, a last day in `as_of`;
- `Dataset` (the folder: activities, uses) and `View` (a day, a source, a status: the facts that count then);
- `Graph`: activities and edges, from which walks and paths follow. It needs no folder, so it also works on what a
  server's own pages say.

Days are ISO strings: they compare as dates do.
"""

import calendar
import json
from collections import defaultdict, deque, namedtuple
from pathlib import Path

# ---- dates ---------------------------------------------------------------------------------------------------------


def first_day(date):
    """The day on which a partial date begins; none for none."""
    return date and date + "-01-01"[len(date) - 4:] if date and len(date) < 10 else date


def last_day(date):
    """The day with which a partial date ends."""
    if len(date) == 4:
        return date + "-12-31"
    if len(date) == 7:
        return f"{date}-{calendar.monthrange(int(date[:4]), int(date[5:]))[1]:02}"
    return date


# ---- the folder ----------------------------------------------------------------------------------------------------

Dependency = namedtuple("Dependency", "key buyer supplier layer input since until critical share status sources")
SelfSupply = namedtuple("SelfSupply", "company layer input since until sources")
HeldRole = namedtuple("HeldRole", "company role layer since until sources")
Stake = namedtuple("Stake", "company into since sources")
Strategy = namedtuple("Strategy", "company since sources")
Figure = namedtuple("Figure", "subject measure year kind since sources")


class Dataset:
    """Everything in the folder, whatever the day."""

    def __init__(self, folder, builtin):
        folder, builtin = Path(folder), Path(builtin)
        self.meta = read(folder / "dataset.json")
        self.as_of = last_day(self.meta["as_of"]) if self.meta.get("as_of") else None
        self.layers = by_id(read_or(folder / "layers.json", builtin / "layers.json"))
        self.roles = by_id(read_or(folder / "roles.json", builtin / "roles.json"))
        self.sources = by_id(read_or(folder / "sources.json"))
        self.companies = by_id(read(path) for path in sorted((folder / "companies").glob("*.json")))
        self.read_facts(read_or(folder / "figures.json"))
        self.activities = {company: self.activities_of(company) for company in self.companies}
        self.uses = {}
        for company in self.companies:
            self.uses.update(self.uses_of(company))

    def read_facts(self, figures):
        self.held_roles, self.dependencies, self.self_supplies, self.stakes, self.strategies = [], [], [], [], []
        for company, record in self.companies.items():
            for fact in record.get("roles") or []:
                layer = self.roles[fact["role"]]["layer"]
                self.held_roles.append(HeldRole(company, fact["role"], layer, *period(fact)))
            for fact in record.get("dependencies") or []:
                since, until, sources = period(fact)
                finer, critical = fact.get("input"), fact.get("critical")
                self.dependencies.append(Dependency(
                    (company, fact["on"], fact["layer"], finer, since), company, fact["on"], fact["layer"], finer, since,
                    until, critical is not False, fact.get("share"), fact.get("status") or "confirmed", sources))
            for fact in record.get("self_supply") or []:
                self.self_supplies.append(SelfSupply(company, fact["layer"], fact.get("input"), *period(fact)))
            for fact in record.get("stakes") or []:
                self.stakes.append(Stake(company, fact["in"], fact.get("date"), tuple(fact.get("sources") or ())))
            for fact in record.get("strategies") or []:
                self.strategies.append(Strategy(company, fact.get("date"), tuple(fact.get("sources") or ())))
        self.figures = [Figure(fact["subject"], fact["measure"], fact.get("year"), fact.get("kind"), None,
                               tuple(fact.get("sources") or ())) for fact in figures]

    def activities_of(self, company):
        """Layers in which the company acts; `[None]` if there is none."""
        layers = {fact.layer for fact in self.held_roles if fact.company == company}
        layers |= {fact.layer for fact in self.dependencies if fact.supplier == company}
        layers |= {fact.layer for fact in self.self_supplies if fact.company == company}
        return sorted(layers) or [None]

    def uses_of(self, company):
        """For each of its activities the layers used."""
        uses = {}
        for layer in self.activities[company]:
            roles = {fact.role for fact in self.held_roles if fact.company == company and fact.layer == layer}
            roles = roles or {role for role, record in self.roles.items() if record["layer"] == layer}
            uses[company, layer] = {need for role in roles for need in self.roles[role].get("needs") or []}
        bought = {fact.layer for fact in self.dependencies if fact.buyer == company}
        bought |= {fact.layer for fact in self.self_supplies if fact.company == company}
        homeless = bought - set().union(*uses.values())
        return {activity: layers | homeless for activity, layers in uses.items()}

    def known_since(self, fact):
        """`since` as written, else the earliest day a source of it bears, else none."""
        if fact.since:
            return fact.since
        records = [self.sources[source] for source in fact.sources]
        dates = [record.get("published") or record.get("seen") for record in records]
        return min((first_day(date) for date in dates if date), default=None)

    def names(self, company):
        record = self.companies[company]
        return [company, *record["name"].values(), *(record.get("aliases") or [])]

    def all_days(self):
        """Every day on which something begins or ends."""
        facts = [*self.held_roles, *self.dependencies, *self.self_supplies]
        days = {first_day(self.known_since(fact)) for fact in [*facts, *self.stakes, *self.strategies]}
        days |= {first_day(fact.until) for fact in facts}
        days |= {first_day(record.get("founded")) for record in self.companies.values()}
        return sorted(days - {None})


class View:
    """The facts that count on a day, of a source, of a status."""

    def __init__(self, dataset, as_of=None, source=None, status=None):
        self.dataset, self.source, self.status = dataset, source, status
        self.day = last_day(as_of) if as_of else dataset.as_of
        kept = {kind: [fact for fact in getattr(dataset, kind) if self.keeps(fact)]
                for kind in ("held_roles", "dependencies", "self_supplies", "stakes", "strategies", "figures")}
        self.present = {company for company in dataset.companies if self.founded(company)}
        if source:
            self.present &= self.named(kept)
        self.kept = kept
        self.held_roles = [fact for fact in kept["held_roles"] if fact.company in self.present]
        self.self_supplies = [fact for fact in kept["self_supplies"] if fact.company in self.present]
        self.dependencies = [fact for fact in kept["dependencies"]
                             if fact.buyer in self.present and fact.supplier in self.present]
        self.roles = defaultdict(set)
        for fact in self.held_roles:
            self.roles[fact.company].add(fact.role)
        self.graphs = {}

    def keeps(self, fact):
        since = first_day(self.dataset.known_since(fact))
        until = first_day(getattr(fact, "until", None))
        return ((since is None or since <= self.day) and (until is None or self.day < until)
                and (self.source is None or self.source in fact.sources)
                and (self.status is None or getattr(fact, "status", self.status) == self.status))

    def founded(self, company):
        founded = first_day(self.dataset.companies[company].get("founded"))
        return founded is None or founded <= self.day

    @staticmethod
    def named(kept):
        names = {fact.company for kind in ("held_roles", "self_supplies", "stakes", "strategies") for fact in kept[kind]}
        names |= {fact.into for fact in kept["stakes"]}
        names |= {end for fact in kept["dependencies"] for end in (fact.buyer, fact.supplier)}
        return names | {fact.subject.removeprefix("company:") for fact in kept["figures"]
                        if fact.subject.startswith("company:")}

    def graph(self, via=None):
        """The activities and the edges of the view, or only those of some layers."""
        if via not in self.graphs:
            self.graphs[via] = Graph(
                self.dataset.activities, self.dataset.uses,
                [(fact.key, fact.buyer, fact.supplier, fact.layer) for fact in self.dependencies],
                [(fact.company, fact.layer) for fact in self.self_supplies], via)
        return self.graphs[via]

    def needs(self, company):
        """(layer, input) → (other suppliers, whether it supplies itself)."""
        bought = [fact for fact in self.dependencies if fact.buyer == company]
        supplied = [fact for fact in self.self_supplies if fact.company == company]
        needs = {(fact.layer, fact.input) for fact in bought if fact.critical}
        needs |= {(fact.layer, fact.input) for fact in supplied if fact.input}
        whole_layers = {fact.layer for fact in supplied if not fact.input}
        needs |= {(layer, None) for layer in whole_layers - {layer for layer, _ in needs}}
        own = {(fact.layer, fact.input) for fact in supplied}
        return {need: ({fact.supplier for fact in bought if (fact.layer, fact.input) == need},
                       need in own or need[0] in whole_layers) for need in needs}

    def gaps(self, company):
        """Layers used without a supplier on record."""
        used = set().union(*(self.dataset.uses[company, layer] for layer in self.dataset.activities[company]))
        used -= {fact.layer for fact in self.dependencies if fact.buyer == company}
        return used - {fact.layer for fact in self.self_supplies if fact.company == company}


def changes(dataset, since, until, source=None, status=None):
    """(day, change, kind, company) of everything that began or ended between two days, both included.

    The second list holds what may or may not be told: facts that end before they are known.
    """
    first, last = first_day(since), last_day(until)
    certain, doubtful = [], []
    kinds = {"role": dataset.held_roles, "dependency": dataset.dependencies, "self-supply": dataset.self_supplies,
             "stake": dataset.stakes, "strategy": dataset.strategies}
    for kind, facts in kinds.items():
        for fact in facts:
            if source and source not in fact.sources or status and getattr(fact, "status", status) != status:
                continue
            company = fact.buyer if kind == "dependency" else fact.company
            began, ended = first_day(dataset.known_since(fact)), first_day(getattr(fact, "until", None))
            told = doubtful if began and ended and ended <= began else certain
            told += [(day, change, kind, company) for day, change in ((began, "began"), (ended, "ended"))
                     if day and first <= day <= last]
    return sorted(certain), sorted(doubtful)


# ---- the graph -----------------------------------------------------------------------------------------------------

Found = namedtuple("Found", "hops layers entering")


class Graph:
    """Activities as nodes; dependencies as edges of one hop, self-supply as edges of none.

    `activities` company → layers; `uses` (company, layer) → layers; `dependencies` (id, from, to, layer);
    `self_supplies` (company, layer); `via` the layers a walk may go along, none for all.
    """

    def __init__(self, activities, uses, dependencies, self_supplies, via=None):
        self.activities, self.uses = activities, uses
        self.up, self.down = defaultdict(list), defaultdict(list)  # activity → [(activity, dependency or none)]
        for identifier, buyer, supplier, layer in dependencies:
            self.join(buyer, (supplier, layer), identifier, via)
        for company, layer in self_supplies:
            self.join(company, (company, layer), None, via)

    def join(self, buyer, target, dependency, via):
        if via is None or target[1] in via:
            for source in self.nodes(buyer):
                if target[1] in self.uses[source]:
                    self.up[source].append((target, dependency))
                    self.down[target].append((source, dependency))

    def nodes(self, company):
        return [(company, layer) for layer in self.activities[company]]

    def distances(self, company, edges):
        """Activity → fewest hops, from all activities of the company."""
        found = {node: 0 for node in self.nodes(company)}
        queue = deque(found)
        while queue:
            node = queue.popleft()
            for target, dependency in edges[node]:
                hops = found[node] + (dependency is not None)
                if hops < found.get(target, hops + 1):
                    found[target] = hops
                    queue.append(target) if dependency is not None else queue.appendleft(target)
        return found

    def walk(self, company, upstream, layer=None):
        """Company → Found: hops, layers found at, dependencies entered by. `layer` as the filter of the answer."""
        edges = self.up if upstream else self.down
        distance = self.distances(company, edges)
        hops = {}
        for (other, own_layer), far in distance.items():
            if other != company and (layer is None or own_layer == layer):
                hops[other] = min(far, hops.get(other, far))
        found = {other: Found(far, set(), set()) for other, far in hops.items()}
        for node, far in distance.items():
            if node[0] in found and far == hops[node[0]] and node[1] and layer in (None, node[1]):
                found[node[0]].layers.add(node[1])
        for node, far in distance.items():
            for target, dependency in edges[node]:
                if (dependency is not None and target[0] in found and distance[target] == far + 1 == hops[target[0]]
                        and layer in (None, target[1])):
                    found[target[0]].entering.add(dependency)
        return found

    # ---- paths -----------------------------------------------------------------------------------------------------

    def settle(self, company, nodes):
        """The activities of a company reached from some of them by self-supply."""
        reached, stack = set(nodes), list(nodes)
        while stack:
            for target, dependency in self.up[stack.pop()]:
                if dependency is None and target not in reached:
                    reached.add(target)
                    stack.append(target)
        return frozenset(reached)

    def follow(self, companies):
        """The activities reached at each company of a sequence: before and after self-supply; none if it breaks."""
        reached = self.settle(companies[0], self.nodes(companies[0]))
        steps = [(reached, reached)]
        for company in companies[1:]:
            arrived = {target for node in reached for target, dependency in self.up[node]
                       if dependency is not None and target[0] == company}
            if not arrived:
                return None
            reached = self.settle(company, arrived)
            steps.append((frozenset(arrived), reached))
        return steps

    def edges_of_path(self, companies):
        """For each hop the dependencies a walk may take, and those of them from which it can go on to the end."""
        steps = self.follow(companies)
        if steps is None:
            return None
        possible, useful = [], []
        good = steps[-1][0]
        for position in range(len(companies) - 1, 0, -1):
            hop = [(node, target, dependency) for node in steps[position - 1][1]
                   for target, dependency in self.up[node] if dependency is not None and target[0] == companies[position]]
            possible.insert(0, {dependency for _, _, dependency in hop})
            useful.insert(0, {dependency for _, target, dependency in hop if target in good})
            leaving = {node for node, target, _ in hop if target in good}
            good = {node for node in steps[position - 1][0] if self.settle(node[0], [node]) & leaving}
        return possible, useful

    def count_paths(self, start, end, enough, longest, budget=6000):
        """How many simple paths of each length, shortest first, until `enough` are counted.

        Returns (lengths in order, complete): not complete when the budget ran out.
        """
        left = defaultdict(lambda: longest + 1)
        for node, hops in self.distances(end, self.down).items():
            left[node] = hops
        lengths, self.budget = [], budget
        first = min(left[node] for node in self.nodes(start))
        for length in range(max(first, 1), longest + 1):
            found = self.count_exact(self.settle(start, self.nodes(start)), {start}, end, length, left,
                                     enough - len(lengths))
            lengths += [length] * found
            if self.budget < 0 or len(lengths) >= enough:
                break
        return lengths, self.budget >= 0

    def count_exact(self, reached, passed, end, length, left, enough):
        self.budget -= 1
        arrived = defaultdict(set)
        for node in reached:
            for target, dependency in self.up[node]:
                if dependency is not None and target[0] not in passed and left[target] <= length - 1:
                    arrived[target[0]].add(target)
        if length == 1:
            return int(end in arrived)
        found = 0
        for company, nodes in sorted(arrived.items()):
            if company != end and found < enough and self.budget >= 0:
                found += self.count_exact(self.settle(company, nodes), passed | {company}, end, length - 1, left,
                                          enough - found)
        return found


# ---- files ---------------------------------------------------------------------------------------------------------


def read(path):
    return json.loads(Path(path).read_text(encoding="utf-8-sig"))


def read_or(*paths):
    return next((read(path) for path in paths if path.exists()), [])


def by_id(records):
    return {record["id"]: record for record in records}


def period(fact):
    return fact.get("since"), fact.get("until"), tuple(fact.get("sources") or ())
