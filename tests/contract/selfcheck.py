#!/usr/bin/env python3
"""Check the checker: `folders.py` and `model.py` against slow, differently written truths, without a server.

    selfcheck.py [FROM_SEED TO_SEED] [--builtin graph]

Fewest hops are found again by relaxing all edges until nothing changes, paths by trying every sequence of companies,
needs and gaps from their definitions. The last line is `N passed, N failed`.
"""

import argparse
import itertools
import random
import tempfile
from pathlib import Path

import folders
import model
from client import Tally


def check_dates(tally):
    for date, first, last in [("2023", "2023-01-01", "2023-12-31"), ("2023-02", "2023-02-01", "2023-02-28"),
                              ("2024-02", "2024-02-01", "2024-02-29"), ("1900-02", "1900-02-01", "1900-02-28"),
                              ("2023-04-07", "2023-04-07", "2023-04-07")]:
        tally.equal((first, last), (model.first_day(date), model.last_day(date)), "dates", date)
    tally.equal(None, model.first_day(None), "dates")


def relaxed(view, company, upstream):
    """Activity → fewest hops, by relaxing every edge as often as it takes."""
    uses = view.dataset.uses
    edges = [(source, (fact.supplier, fact.layer), 1) for fact in view.dependencies for source in uses
             if source[0] == fact.buyer and fact.layer in uses[source]]
    edges += [(source, (fact.company, fact.layer), 0) for fact in view.self_supplies for source in uses
              if source[0] == fact.company and fact.layer in uses[source]]
    if not upstream:
        edges = [(target, source, hops) for source, target, hops in edges]
    far = {activity: 0 for activity in uses if activity[0] == company}
    changed = True
    while changed:
        changed = False
        for source, target, hops in edges:
            if source in far and far[source] + hops < far.get(target, 10**9):
                far[target] = far[source] + hops
                changed = True
    return far


def check_walks(tally, view, name):
    graph = view.graph()
    pairs = {True: set(), False: set()}
    for company in view.dataset.companies:
        for upstream in (True, False):
            far = relaxed(view, company, upstream)
            hops = {}
            for (other, _), distance in far.items():
                if other != company:
                    hops[other] = min(distance, hops.get(other, distance))
            found = graph.walk(company, upstream)
            tally.equal(hops, {other: one.hops for other, one in found.items()}, f"{name} {company} {upstream}", "hops")
            tally.check(all(one.entering for one in found.values()), f"{name} {company}", "every company entered", found)
            pairs[upstream] |= {(company, other, one.hops) for other, one in found.items()}
            for other, one in found.items():
                tally.equal({layer for (who, layer),
                             distance in far.items() if who == other and distance == one.hops and layer},
                            one.layers, f"{name} {company} {other}", "layers")
    tally.equal(pairs[True], {(other, company, hops) for company, other, hops in pairs[False]}, name, "walks both ways")


def check_paths(tally, view, name):
    """On few companies: every sequence of them is a path if and only if the edges allow it."""
    graph, companies = view.graph(), sorted(view.present)
    if not 2 <= len(companies) <= 6:
        return
    for start, end in itertools.permutations(companies, 2):
        between = [company for company in companies if company not in (start, end)]
        lengths = sorted(count + 1 for count in range(len(between) + 1) for middle in itertools.permutations(between, count)
                         if graph.edges_of_path((start, *middle, end)))
        counted, complete = graph.count_paths(start, end, 10**6, 16)
        tally.check(complete and counted == lengths, f"{name} {start} {end}", lengths, counted)
        if lengths:
            tally.check(graph.walk(start, True)[end].hops <= lengths[0], name, "no path shorter than the walk", lengths[0])


def check_facts(tally, view, name):
    data = view.dataset
    for company in data.companies:
        layers = {layer for activity in data.activities[company] for layer in data.uses[company, activity]}
        bought = {fact.layer for fact in view.dependencies if fact.buyer == company}
        bought |= {fact.layer for fact in view.self_supplies if fact.company == company}
        tally.check(bought <= layers, f"{name} {company}", "every layer bought to be used", bought - layers)
        tally.equal(layers - bought, view.gaps(company), f"{name} {company}", "gaps")
        needs = view.needs(company)
        tally.check(all(suppliers or own for suppliers, own in needs.values()), f"{name} {company}", "needs with suppliers",
                    needs)
        tally.check({layer for layer, _ in needs} <= bought, f"{name} {company}", "needs among what is bought", needs)


def check_folder(tally, folder, builtin, seed):
    data = model.Dataset(folder, builtin)
    chance = random.Random(seed)
    days = [None, "1980", "2099", *chance.sample(data.all_days(), 2)]
    for day in days:
        view = model.View(data, day, chance.choice([None, *data.sources]), chance.choice([None, "confirmed", "reported"]))
        name = f"{folder.name} {day} {view.source} {view.status}"
        check_walks(tally, view, name)
        check_paths(tally, view, name)
        check_facts(tally, view, name)
    told, doubtful = model.changes(data, "0001", "9999")
    parts = [model.changes(data, since, until)[0] for since, until in (("0001", "2017-06"), ("2017-07", "9999"))]
    tally.equal(told, sorted(parts[0] + parts[1]), folder.name, "changes in two halves")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("first", nargs="?", type=int, default=1)
    parser.add_argument("last", nargs="?", type=int, default=60)
    parser.add_argument("--builtin", default="graph")
    arguments = parser.parse_args()
    totals = Tally()
    check_dates(totals)
    with tempfile.TemporaryDirectory() as place:
        for number in range(arguments.first, arguments.last + 1):
            made = folders.make(number, Path(place) / str(number), arguments.builtin)
            check_folder(totals, made, arguments.builtin, number)
    totals.finish()
