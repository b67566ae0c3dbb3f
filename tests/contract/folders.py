#!/usr/bin/env python3
"""Make a random, valid data folder from a seed.

    folders.py SEED OUT [--builtin graph] [--companies N]

The folder follows section 3 of the product page and holds what real data rarely has at once: cycles, parallel
dependencies, self-supply with and without an input, companies with several activities or none, suppliers without a
role in the layer they supply, partial, ended and planned periods, facts without dates, names in many scripts.
It must load without an error (warnings are meant). The same seed always gives the same folder.

Without `--builtin`, layers and roles are always the folder's own; with it, some folders leave out `roles.json` and
`layers.json`, so that the built-in ones of that folder apply.
"""

import argparse
import calendar
import json
import random
import shutil
import unicodedata
from pathlib import Path

COUNTRIES = ["US", "KR", "JP", "NL", "DE", "TW", "CN", "GB", "FR", "IL", "SE", "CA"]
SYLLABLES = ["ka", "lo", "mi", "ter", "vex", "on", "dra", "qui", "sol", "nex", "ba", "rum", "ith", "zo", "pel", "gra",
             "fin", "hu", "tay", "wor", "ce", "lum", "jo", "ark", "sy", "oph", "ne", "bril", "cu", "dax"]
LAYER_WORDS = ["app", "model", "cloud", "chip", "glass", "laser", "power", "wafer", "cable", "robot", "paint", "pump"]
INPUT_WORDS = ["etch", "coat", "inspect", "mask", "resist", "gas", "lens", "stage", "valve", "bond"]
NAME_SHAPES = ["{}", "{} Inc.", "{} & Sons", "{}/Works", "{} 100%", "=1+{}", "+{}", "@{}", "-{}-", "<b>{}</b>", 'The "{}"',
               "Back\\slash {}", "{} 🚀", "Ünï {}", "Cafe\u0301 {}", "شركة {}", "{}；", "株式会社{}", "{}'s; DROP TABLE", "{} ＡＩ",
               "{}#1?x=y&z", "Straße {}", "İ{}", "می\u200c{}"]
EXTREMES = ("2004-01-01", "2031-12-31")


def make(seed, out, builtin=None, companies=None):
    """Write the folder of `seed` to `out`, replacing what is there."""
    out = Path(out)
    if out.exists():
        if not (out / "dataset.json").exists() and any(out.iterdir()):
            raise SystemExit(f"{out} is not a data folder: left alone")
        shutil.rmtree(out)
    Maker(seed, builtin, companies).write(out)
    return out


class Maker:
    """One folder in the making; every choice comes from `self.random`."""

    def __init__(self, seed, builtin, companies):
        self.random = random.Random(f"linchpin-{seed}")
        self.seed = seed
        self.taken_names = set()
        self.taken_ids = set()
        self.make_stack(builtin)
        self.make_sources()
        count = companies or self.random.choice([5, 6, 8, 10, 14, 20, 30, 40, 60])
        self.ids = [self.new_id() for _ in range(count)]
        self.density = self.random.choice([0.6, 1.2, 2.0, 3.5])
        self.companies = [self.make_company(company) for company in self.ids]
        self.make_parents()
        self.figures = self.make_figures()
        if self.own_roles:
            self.make_rates()

    # ---- small chances -----------------------------------------------------------------------------------------

    def chance(self, probability):
        return self.random.random() < probability

    def pick(self, things):
        return self.random.choice(list(things))

    def some(self, things, low, high):
        things = list(things)
        return self.random.sample(things, min(len(things), self.random.randint(low, high)))

    def day(self, low=EXTREMES[0], high=EXTREMES[1]):
        year = self.random.randint(int(low[:4]), int(high[:4]))
        month = self.random.randint(1, 12)
        return f"{year}-{month:02}-{self.random.randint(1, calendar.monthrange(year, month)[1]):02}"

    def date(self, low=EXTREMES[0], high=EXTREMES[1]):
        """A date as people write it: a year, a month or a day."""
        return self.day(low, high)[: self.pick([4, 7, 7, 10, 10])]

    def period(self):
        """`since` and `until`: open, ended, planned or unknown, never upside down."""
        since = self.date("2006", "2024") if self.chance(0.6) else None
        if self.chance(0.08):
            since = self.date("2025", "2031")  # planned
        until = None
        if self.chance(0.25):
            until = self.date("2012", "2031")
            if since and first_day(until) <= first_day(since):
                until = None
        return {"since": since, "until": until}

    # ---- names -------------------------------------------------------------------------------------------------

    def word(self):
        return "".join(self.random.choices(SYLLABLES, k=self.random.randint(3, 4)))

    def new_id(self):
        while True:
            words = [self.word() for _ in range(self.random.randint(1, 2))]
            if self.chance(0.2):
                words.append(str(self.random.randint(1, 99)))
            if self.chance(0.03):
                words = ["-".join(words + [self.word() for _ in range(9)])[:64].rstrip("-")]
            identifier = "-".join(words)
            if self.claim(identifier):
                self.taken_ids.add(identifier)
                return identifier

    def claim(self, name):
        """Names must differ even for someone who sees letters and digits only."""
        letters = fold(name)
        if not letters or letters in self.taken_names:
            return False
        self.taken_names.add(letters)
        return True

    def new_name(self):
        while True:
            name = self.pick(NAME_SHAPES).format(self.word().capitalize())
            if self.claim(name):
                return name

    def new_korean_name(self):
        while True:
            name = "".join(chr(self.random.randint(0xAC00, 0xD7A3)) for _ in range(self.random.randint(3, 5)))
            if self.chance(0.2):
                name += "AI"
            if self.claim(name):
                return name

    def text(self, word):
        return {"en": word.capitalize(), "ko": f"한글 {word}"} if self.chance(0.7) else {"en": word.capitalize()}

    # ---- the stack ---------------------------------------------------------------------------------------------

    def make_stack(self, builtin):
        self.own_layers = self.own_roles = True
        builtin = Path(builtin) if builtin else None
        if builtin and (builtin / "layers.json").exists() and (builtin / "roles.json").exists():
            self.own_layers = self.chance(0.5)
            self.own_roles = self.own_layers or self.chance(0.4)
        self.layers = self.make_layers() if self.own_layers else read(builtin / "layers.json")
        self.roles = self.make_roles() if self.own_roles else read(builtin / "roles.json")

    def make_layers(self):
        layers = []
        for position, word in enumerate(self.some(LAYER_WORDS, 3, 9)):
            inputs = self.some(INPUT_WORDS, 1, 4) if self.chance(0.5) else []
            layers.append({"id": word, "tier": self.random.randint(0, position), "name": self.text(word),
                           "description": {"en": f"What {word} means."},
                           "inputs": [{"id": name, "name": self.text(name)} for name in inputs]})
        return layers

    def make_roles(self):
        layers = [layer["id"] for layer in self.layers]
        roles = []
        for number in range(self.random.randint(max(2, len(layers) - 2), len(layers) + 4)):
            layer = self.pick(layers)
            identifier = f"{layer}-{self.pick(['maker', 'seller', 'house', 'smith'])}-{number}"
            needs = self.some(layers, 0, 3)
            if not self.chance(0.2):
                needs = [need for need in needs if need != layer]
            roles.append({"id": identifier, "number": number + 1 if self.chance(0.6) else None, "layer": layer,
                          "needs": needs, "name": self.text(identifier), "description": {"en": "A role."}})
        return roles

    def make_rates(self):
        for role in self.roles:
            role["rates"] = []
            for layer in role["needs"]:
                if self.chance(0.5):
                    low = round(self.random.uniform(0, 0.6), 2)
                    role["rates"].append({"layer": layer, "low": low, "high": round(self.random.uniform(low, 0.9), 2),
                                          "year": self.random.randint(2015, 2027), "sources": self.sources_of_fact()})

    # ---- facts -------------------------------------------------------------------------------------------------

    def make_sources(self):
        self.sources = []
        for number in range(self.random.randint(3, 14)):
            identifier = f"{self.pick(['daily', 'report', 'filing', 'blog'])}-{number}"
            source = {"id": identifier, "title": f"Page {number} of {self.word()}", "publisher": self.word().capitalize(),
                      "published": self.date("2008", "2024") if self.chance(0.6) else None,
                      "seen": self.day("2020", "2024") if self.chance(0.75) else None,
                      "url": f"https://example.org/{self.seed}/{number}", "says": "Something about somebody."}
            self.sources.append(source)

    def sources_of_fact(self):
        return [source["id"] for source in self.some(self.sources, 1, self.pick([1, 1, 2, 3]))]

    def input_of(self, layer):
        inputs = next(entry.get("inputs") or [] for entry in self.layers if entry["id"] == layer)
        return self.pick(inputs)["id"] if inputs and self.chance(0.7) else None

    def make_company(self, identifier):
        company = {"id": identifier, "name": {"en": self.new_name()}}
        if self.chance(0.5):
            company["name"]["ko"] = self.new_korean_name()
        if self.chance(0.4):
            company["aliases"] = [self.new_name() for _ in range(self.random.randint(1, 3))]
        if self.chance(0.3):
            company["products"] = [self.new_name() for _ in range(self.random.randint(1, 2))]
        if self.chance(0.8):
            company["country"] = self.pick(COUNTRIES)
        if self.chance(0.5):
            company["founded"] = self.date("1990", "2012") if self.chance(0.7) else self.date("2013", "2024")
        if self.chance(0.3):
            company.update({"website": f"https://{identifier[:40].strip('-')}.example", "wikidata": None, "lei": None,
                            "ticker": None, "parent": None})
        company["roles"] = self.make_held_roles()
        company["dependencies"] = self.make_dependencies(company)
        company["self_supply"] = self.make_self_supply()
        company["stakes"] = self.make_stakes(identifier)
        company["strategies"] = [
            {"text": self.text("grow"), "date": self.date("2015", "2026") if self.chance(0.6) else None,
             "sources": self.sources_of_fact()} for _ in range(self.pick([0, 0, 0, 1, 2]))]
        for key in ("roles", "dependencies", "self_supply", "stakes", "strategies"):
            if not company[key] and self.chance(0.5):
                del company[key]
        return company

    def make_held_roles(self):
        held = []
        for role in self.some(self.roles, 0, self.pick([1, 1, 2, 4])):
            period = self.period()
            held.append({"role": role["id"], **period, "sources": self.sources_of_fact()})
            if period["until"] and self.chance(0.2):  # held again, later
                again = str(int(period["until"][:4]) + 1)
                held.append({"role": role["id"], "since": again, "until": None, "sources": self.sources_of_fact()})
        return held

    def wanted_layers(self, company):
        """Mostly the layers that the company's roles need, so that walks reach far."""
        needs = {role["id"]: role["needs"] for role in self.roles}
        wanted = [layer for held in company["roles"] for layer in needs[held["role"]]]
        return wanted if wanted and self.chance(0.75) else [layer["id"] for layer in self.layers]

    def make_dependencies(self, company):
        others = [identifier for identifier in self.ids if identifier != company["id"]]
        dependencies = []
        for _ in range(min(12, int(self.random.expovariate(1 / self.density) + self.random.random()))):
            layer = self.pick(self.wanted_layers(company))
            first = self.make_dependency(self.pick(others), layer, self.input_of(layer))
            dependencies.append(first)
            if self.chance(0.15):  # the same supplier again: another input or another period
                dependencies.append(self.make_dependency(first["on"], layer, self.input_of(layer)))
            if self.chance(0.2):  # an alternative to it
                dependencies.append(self.make_dependency(self.pick(others), layer, first["input"]))
        return distinct(dependencies, "on")

    def make_dependency(self, supplier, layer, finer):
        dependency = {"on": supplier, "layer": layer, "input": finer, **self.period(), "sources": self.sources_of_fact()}
        if self.chance(0.3):
            dependency["what"] = self.text("parts")
        if self.chance(0.35):
            dependency["critical"] = self.chance(0.3)
        if self.chance(0.25):
            dependency["share"] = self.pick([0.05, 0.25, 0.5, 0.8, 1.0, 0.333])
        if self.chance(0.35):
            dependency["status"] = self.pick(["reported", "reported", "confirmed"])
        return {key: value for key, value in dependency.items() if value is not None or self.chance(0.5) or key == "input"}

    def make_self_supply(self):
        supplies = []
        if self.chance(0.3):
            for layer in self.some(self.layers, 1, 2):
                supplies.append({"layer": layer["id"], "input": self.input_of(layer["id"]), **self.period(),
                                 "sources": self.sources_of_fact()})
        return distinct(supplies, "layer")

    def make_stakes(self, holder):
        others = [identifier for identifier in self.ids if identifier != holder]
        return [{"in": other, "kind": self.pick(["investment", "ownership", "commitment"]),
                 "amount_usd": self.pick([None, 1e9, 2.5e6]), "percent": self.pick([None, 12.5, 49]),
                 "date": self.date("2010", "2026") if self.chance(0.6) else None, "sources": self.sources_of_fact()}
                for other in self.some(others, 0, self.pick([0, 0, 1, 2]))]

    def make_parents(self):
        for position, company in enumerate(self.companies[1:], 1):
            if self.chance(0.15):
                company["parent"] = self.pick(self.ids[:position])  # earlier ones only: no circle of parents

    def make_figures(self):
        figures = {}
        for _ in range(self.random.randint(0, 12)):
            subject = f"company:{self.pick(self.ids)}" if self.chance(0.6) else f"market:{self.pick(INPUT_WORDS)}"
            measure, unit = self.pick([("revenue", "USD"), ("market-share", "ratio"), ("market-size", "USD")])
            year, kind = self.random.randint(2015, 2028), self.pick(["actual", "estimate", "forecast"])
            value = 0.4 if unit == "ratio" else self.random.randint(1, 999) * 1e6
            figures[subject, measure, year, kind] = {
                "subject": subject, "measure": measure, "value": value, "unit": unit, "year": year, "kind": kind,
                "sources": self.sources_of_fact()}
        return list(figures.values())

    # ---- files -------------------------------------------------------------------------------------------------

    def write(self, out):
        (out / "companies").mkdir(parents=True)
        as_of = self.pick(["2024-06-15", "2024-06-15", "2024-02", "2023"])
        write(out / "dataset.json", {"title": {"en": f"Random graph {self.seed}", "ko": "무작위"},
                                     "version": f"0.0.{self.seed}",
                                     "as_of": as_of, "license": "CC0-1.0", "languages": ["en", "ko"], "rules": {}})
        if self.own_layers:
            write(out / "layers.json", self.layers)
        if self.own_roles:
            write(out / "roles.json", self.roles)
        write(out / "sources.json", self.sources)
        if self.figures or self.chance(0.5):
            write(out / "figures.json", self.figures)
        for company in self.companies:
            write(out / "companies" / f"{company['id']}.json", company)


def first_day(date):
    return (date + "-01-01")[:10] if len(date) == 4 else (date + "-01")[:10]


def fold(name):
    decomposed = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    return "".join(letter for letter in decomposed if letter.isalnum())


def distinct(facts, what):
    """Leave out duplicates: same `what`, layer, input and beginning."""
    seen = {}
    for fact in facts:
        since = first_day(fact["since"]) if fact.get("since") else None
        seen.setdefault((fact[what], fact["layer"], fact.get("input"), since), fact)
    return list(seen.values())


def read(path):
    return json.loads(path.read_text(encoding="utf-8-sig"))


def write(path, value):
    path.write_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("seed")
    parser.add_argument("out")
    parser.add_argument("--builtin", help="the folder of the built-in data, for its layers.json and roles.json")
    parser.add_argument("--companies", type=int, help="how many (5-60 by chance otherwise)")
    arguments = parser.parse_args()
    print(make(arguments.seed, arguments.out, arguments.builtin, arguments.companies))
