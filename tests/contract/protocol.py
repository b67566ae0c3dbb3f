#!/usr/bin/env python3
"""Send a server some hundreds of odd requests, each with what HTTP and the product page expect.

    protocol.py BASE_URL

Expectations come from RFC 9110 (semantics), 9111 (caching), 8288 (links), 9457 (problems), the Fetch standard (CORS)
and the product page. Names to ask for are taken from the server's own lists, paths from its /openapi.json. What only
a SHOULD or good taste asks for is printed as a NOTE and does not fail. The last line is `N passed, N failed`.
"""

import argparse
import gzip
import json
import re
import threading
import time
import unicodedata
from email.utils import formatdate, parsedate_to_datetime
from urllib.parse import quote, quote_plus, unquote, urlencode, urljoin, urlsplit

from client import Client, Tally

PROBLEM = "application/problem+json"
UNACCEPTABLE = "image/png"
ROUTES = ["/v1", "/v1/layers", "/v1/roles", "/v1/roles/{role}", "/v1/companies", "/v1/companies/{id}",
          "/v1/companies/{id}/roles",
          "/v1/companies/{id}/dependencies", "/v1/companies/{id}/dependents", "/v1/dependencies", "/v1/dependencies/{id}",
          "/v1/paths", "/v1/search", "/v1/figures", "/v1/stakes", "/v1/sources", "/v1/sources/{id}", "/v1/changes"]


class Protocol:
    """Each `check_…` method is one subject."""

    def __init__(self, base):
        self.client, self.tally = Client(base), Tally()
        self.prepare()

    def run(self):
        for name in [name for name in dir(self) if name.startswith("check_")]:
            try:
                getattr(self, name)()
            except Exception as trouble:  # a surprise in one subject must not hide the others
                self.tally.check(False, name, "answers that can be read", repr(trouble))
        self.tally.finish()

    # ---- what to ask for -------------------------------------------------------------------------------------------

    def prepare(self):
        """Find ids and names on the server, and fill the documented paths with them."""
        self.spec = self.read("/openapi.json")
        listed = lambda path: self.read(path, {"limit": 1000}).get("items") or []
        self.ids = [row["id"] for row in listed("/v1/companies")] or ["nobody"]
        self.pages = {company: self.read(f"/v1/companies/{company}") for company in self.ids[:80]}
        self.company = max(self.pages, key=lambda company: self.weight(self.pages[company]))
        self.dependencies = [row["id"] for row in listed("/v1/dependencies")]
        self.roles = [row["id"] for row in listed("/v1/roles")] or ["nothing"]
        self.layers = [row["id"] for row in listed("/v1/layers")] or ["nothing"]
        self.sources = [row["id"] for row in listed("/v1/sources")] or ["nothing"]
        self.other = next((company for company in self.ids if company != self.company), self.company)
        samples = {"companies": self.company, "dependencies": (self.dependencies or ["nothing"])[0], "roles": self.roles[0],
                   "sources": self.sources[0], "rankings": "dependents", "figures": "market:ai-chips", "stakes": "nothing"}
        self.targets = {}  # documented path → one to ask
        for path in dict.fromkeys([*ROUTES, *(self.spec.get("paths") or {})]):
            if path.startswith("/mcp"):
                continue  # a stream may never end
            filled = re.sub(r"/([a-z-]+)/\{[^}]+\}",
                            lambda match: f"/{match[1]}/{quote(samples.get(match[1], self.company), safe='')}", path)
            self.targets[path] = re.sub(r"\{[^}]*\}", quote(self.company), filled) + self.question(path)
        self.reads = [target for path, target in self.targets.items() if path in ROUTES]
        self.lists = [target for path, target in self.targets.items() if path in ROUTES and path not in (
            "/v1", "/v1/paths", "/v1/roles/{role}", "/v1/companies/{id}", "/v1/dependencies/{id}", "/v1/sources/{id}")]

    def read(self, path, query=None):
        answer = self.client.get(path, query)
        self.tally.check(answer.status == 200, answer.url, 200, answer)
        return answer.json or {}

    @staticmethod
    def weight(page):
        """The more names and dependencies a company has, the better it serves as a sample."""
        return (len(page.get("names") or {}) + len(page.get("aliases") or []) > 1, len(json.dumps(page)))

    def question(self, path):
        return {"/v1/paths": "?" + urlencode({"from": self.company, "to": self.other}),
                "/v1/search": "?" + urlencode({"q": self.company}),
                "/v1/changes": "?since=2000&until=2030", "/v1/impact": "?" + urlencode({"down": self.company}),
                "/v1/flows": "?" + urlencode({"amount": 100, "from": self.company})}.get(path, "")

    @staticmethod
    def absences(target):
        """What a route about one thing may answer where that thing is not in the graph of the question."""
        path = urlsplit(target).path
        return (400, 404) if path == "/v1/paths" else (404,) if path.count("/") > 2 else ()

    # ---- asking and judging ----------------------------------------------------------------------------------------

    def ask(self, target, method="GET", headers=None, body=None):
        """Every answer, whatever it is, is no 5xx (501 to an unknown method aside) and, if JSON, readable."""
        answer = self.client.ask(target, method, headers, body)
        self.sane(answer, f"{method} {answer.url}")
        return answer

    def sane(self, answer, url):
        self.tally.check(200 <= answer.status < 500 or answer.status == 501, url, "an answer below 500", answer)
        if "json" in (answer.header("content-type") or "") and answer.body and not answer.header("content-encoding"):
            self.tally.check(answer.json is not None, url, "JSON without NaN and duplicate keys", answer)

    def status(self, target, expected, method="GET", headers=None, body=None):
        answer = self.ask(target, method, headers, body)
        wanted = expected if isinstance(expected, tuple) else (expected,)
        self.tally.check(answer.status in wanted, f"{method} {answer.url} {headers or ''}", f"status {expected}", answer)
        return answer

    def problem(self, target, status, parameter=None, got=None, takes=None, suggestion=None, suggestions=False,
                method="GET",
                headers=None):
        """A problem document as RFC 9457 and the product page have it."""
        answer = self.status(target, status, method, headers)
        url = f"{method} {answer.url}"
        if answer.status not in (status if isinstance(status, tuple) else (status,)):
            return answer
        body = answer.json if isinstance(answer.json, dict) else {}
        self.tally.check((answer.header("content-type") or "").split(";")[0] == PROBLEM, url, PROBLEM, answer)
        right = (isinstance(body.get("type"), str) and isinstance(body.get("title"), str) and body.get("title")
                 and isinstance(body.get("detail"), str) and body.get("status") == answer.status)
        self.tally.check(right, url, f"type, title, detail, status {answer.status}", answer)
        if parameter:
            self.tally.check(body.get("parameter") == parameter, url, f"parameter {parameter}", body)
        told = json.dumps(body, ensure_ascii=False)
        if got:
            self.tally.check(json.dumps(got, ensure_ascii=False)[1:-1] in told or got in told, url, f"what it got, {got!r}",
                             told)
        if takes:
            self.tally.check(re.search(takes, told), url, f"what it takes, like {takes!r}", told)
        if suggestion or suggestions:
            offered = body.get("suggestions")
            self.tally.check(isinstance(offered, list), url, "suggestions", body)
            if suggestion:
                self.tally.check(suggestion in json.dumps(offered), url, f"{suggestion} among the suggestions", offered)
        return answer

    def large(self):
        return "/v1/companies?limit=1000"

    # ---- methods ---------------------------------------------------------------------------------------------------

    def check_documented_paths_answer(self):
        for path in ROUTES + ["/openapi.json", "/docs", "/health/live", "/health/ready"]:
            target = self.targets.get(path, path)
            answer = self.ask(target)
            if answer.status in (301, 302, 303, 307, 308) and path == "/docs":
                answer = self.ask(urljoin(answer.url, answer.header("location")))
            self.tally.check(answer.status == 200, answer.url, 200, answer)
            kind = (answer.header("content-type") or "").lower()
            if path.startswith("/v1") or path == "/openapi.json":
                self.tally.check(kind.split(";")[0] == "application/json", answer.url, "application/json", kind)

    def check_head_is_get_without_body(self):
        for target in [*self.targets.values(), "/v1/nowhere", "/v1/companies/nobody-at-all", "/v1/companies?limit=0",
                       "/health/live"]:
            get, head = self.ask(target), self.ask(target, "HEAD")
            if get.status == 405:
                continue
            self.tally.check(get.status == head.status, f"HEAD {target}", f"status {get.status} as of GET", head.status)
            self.tally.check(head.body == b"", f"HEAD {target}", "no body", head)
            for name in ("content-type", "etag", "last-modified", "cache-control", "vary", "link", "location"):
                if name == "etag" and self.volatile(target):
                    continue
                self.tally.check(get.header(name) == head.header(name), f"HEAD {target}", f"{name}: {get.header(name)}",
                                 head.header(name))
            length = head.header("content-length")
            if length is not None and not self.volatile(target):
                self.tally.check(int(length) == len(get.body), f"HEAD {target}", f"content-length {len(get.body)} or none",
                                 length)

    @staticmethod
    def volatile(target):
        return target.startswith(("/metrics", "/health"))

    def check_options_and_405(self):
        documented = self.spec.get("paths") or {}
        for path, target in self.targets.items():
            methods = {method.upper() for method in documented.get(path, {"get": 1})} & {"GET", "POST", "PUT", "PATCH",
                                                                                         "DELETE"}
            plain = target.split("?")[0]
            answer = self.status(plain, (200, 204), "OPTIONS")
            allowed = self.methods(answer.header("allow"))
            wanted = methods | {"OPTIONS"} | ({"HEAD"} if "GET" in methods else set())
            self.tally.check(wanted <= allowed, f"OPTIONS {plain}", f"Allow with {sorted(wanted)}", answer.header("allow"))
            for method in {"PUT", "DELETE", "PATCH", "POST"} - methods:
                refused = self.problem(plain, 405, method=method)
                allow = self.methods(refused.header("allow"))
                self.tally.check("GET" in allow or "POST" in allow, f"{method} {plain}", "Allow", refused.header("allow"))
                self.tally.check(method not in allow, f"{method} {plain}", "Allow without it", refused.header("allow"))
                if allowed:
                    self.tally.check(allow == allowed, f"{method} {plain}", f"the same Allow as OPTIONS, {sorted(allowed)}",
                                     sorted(allow))
        for method in ("PUT", "TRACE", "PROPFIND", "get", "FOO"):
            self.status("/v1", (400, 405, 501), method)
        self.status("/v1/nowhere", 404, "POST")
        self.status("/v1/nowhere", 404, "DELETE")

    @staticmethod
    def methods(value):
        return {method.strip() for method in (value or "").split(",") if method.strip()}

    # ---- not found -------------------------------------------------------------------------------------------------

    def check_unknown_paths(self):
        for path in ["/nowhere", "/v1/nowhere", "/v1/companies/x/y/z", "/v2", "/v1/roles/x/y", "/V1/companies",
                     "/v1companies"]:
            self.problem(path, 404)
        for path in ["/v1//companies", "//v1/companies", "/v1/companies/", "/v1/", "/v1/./companies", "/v1/../etc/passwd",
                     "/%2e%2e/%2e%2e/etc/passwd", "/v1/companies/..%2f..%2fetc", "/v1/companies/%00",
                     "/v1/companies/%ff%fe",
                     "/v1/companies/%", "/v1/companies/%zz", "/v1/companies/%e3%81", "/v1/companies/%0d%0aX:1",
                     "/v1/companies/%20",
                     "/v1/companies/%F0%9F%9A%80", "/v1/companies/;x=1", "/v1/companies/{id}", "/v1%2Fcompanies",
                     "/v1/companies/" + "a" * 300]:
            answer = self.ask(path)
            self.tally.check(answer.status in (200, 301, 307, 308, 400, 404), path, "found, moved, 400 or 404", answer)
            self.tally.check("root:" not in answer.body.decode("utf-8", "replace"), path, "no file of the machine", answer)

    def check_unknown_names(self):
        self.problem("/v1/companies/nobody-at-all", 404, got="nobody-at-all", suggestions=True)
        for rest in ("", "/roles", "/dependencies", "/dependents"):
            misspelt = self.misspelt(self.company)
            self.problem(f"/v1/companies/{misspelt}{rest}", 404, got=misspelt, suggestion=self.company)
        self.problem(f"/v1/roles/{self.misspelt(self.roles[0])}", 404, suggestion=self.roles[0])
        self.problem("/v1/dependencies/no-such-dependency", 404)
        self.problem("/v1/sources/no-such-source", 404, suggestions=True)
        company, layer = self.misspelt(self.company), self.misspelt(self.layers[0])
        for target, parameter, got, suggestion in [
                (f"/v1/dependencies?from={company}", "from", company, self.company),
                (f"/v1/dependencies?to={company}", "to", company, self.company),
                (f"/v1/paths?from={company}&to={self.company}", "from", company, self.company),
                (f"/v1/paths?from={self.company}&to={company}", "to", company, self.company),
                (f"/v1/companies?id={self.company},{company}", "id", company, self.company),
                (f"/v1/companies?role={self.misspelt(self.roles[0])}", "role", self.misspelt(self.roles[0]), self.roles[0]),
                (f"/v1/companies?layer={layer}", "layer", layer, self.layers[0]),
                (f"/v1/companies?source={self.misspelt(self.sources[0])}", "source", self.misspelt(self.sources[0]),
                 self.sources[0]),
                (f"/v1/dependencies?layer={layer}", "layer", layer, self.layers[0]),
                (f"/v1/companies/{self.company}/dependencies?via={layer}", "via", layer, self.layers[0]),
                (f"/v1/companies/{self.company}/dependencies?via={self.layers[-1]},{layer}", "via", layer, self.layers[0]),
                (f"/v1/companies/{self.company}/dependents?layer={layer}", "layer", layer, self.layers[0]),
                (f"/v1/companies/{self.company}/dependents?role={self.misspelt(self.roles[0])}", "role", None,
                 self.roles[0])]:
            self.problem(target, 400, parameter, got, suggestion=suggestion)

    def misspelt(self, name):
        return name + "x" if len(name) < 5 else name[:2] + name[3:]

    # ---- parameters ------------------------------------------------------------------------------------------------

    def check_unknown_parameters(self):
        for target in self.reads:
            joint = "&" if "?" in target else "?"
            self.problem(f"{target}{joint}bogus=1", 400, "bogus", got="bogus")
        for query, parameter in [("Limit=5", "Limit"), ("limit%5B%5D=5", "limit[]"), ("bogus", "bogus"),
                                 ("as-of=2023", "as-of"),
                                 ("limit=5&bogus=1&limits=2", None), ("%ED%95%9C=1", "한"), ("=1", None)]:
            self.problem(f"/v1/companies?{query}", 400, parameter)
        self.problem("/v1/companies?limits=5", 400, "limits", takes="limit")
        for query in ["", "limit=5&", "&limit=5", "l%69mit=5"]:
            self.status(f"/v1/companies?{query}", 200 if query in ("", "l%69mit=5") else (200, 400))

    def check_repeated_parameters(self):
        for target in self.reads:
            joint = "&" if "?" in target else "?"
            for name, value in [("as_of", "2024"), ("source", self.sources[0]), ("status", "confirmed"), ("lang", "en")]:
                self.problem(f"{target}{joint}{name}={value}&{name}={value}", 400, name)
        for target in self.lists:
            joint = "&" if "?" in target else "?"
            self.problem(f"{target}{joint}limit=1&limit=2", 400, "limit")
        walk = f"/v1/companies/{self.company}/dependencies"
        for query, name in [("depth=1&depth=2", "depth"), (f"via={self.layers[0]}&via={self.layers[0]}", "via")]:
            self.problem(f"{walk}?{query}", 400, name)
        self.problem(f"/v1/paths?from={self.company}&from={self.other}&to={self.company}", 400, "from")

    def check_limits(self):
        bad = ["0", "1001", "-1", "1.5", "", "abc", "99999999999999999999", "1e2", "0x10", "%20%205", "%EF%BC%91", "5%00",
               "NaN", "null"]
        for target in self.lists:
            joint = "&" if "?" in target else "?"
            for value in bad if "/v1/companies" == target else bad[:3] + bad[5:7]:
                self.problem(f"{target}{joint}limit={value}", 400, "limit",
                             got="" if "%00" in value else unquote(value).strip(), takes="1,?000")
            for value in ("1", "1000"):
                answer = self.status(f"{target}{joint}limit={value}", 200)
                self.tally.check(len((answer.json or {}).get("items") or []) <= int(value), answer.url, f"at most {value}",
                                 answer)
        walk = f"/v1/companies/{self.company}/dependents"
        for value in ["0", "-1", "abc", "", "1.5", "%EF%BC%91"]:
            self.problem(f"{walk}?depth={value}", 400, "depth", got=unquote(value), takes="all")
        for value in ["1", "2", "all"]:
            self.status(f"{walk}?depth={value}", 200)
        for value in ["1000", "99999999999999999999"]:
            self.status(f"{walk}?depth={value}", (200, 400))
        pair = self.targets["/v1/paths"]
        for name, value in [("max_hops", "0"), ("max_hops", "17"), ("max_hops", "x"), ("limit", "0"), ("limit", "101"),
                            ("limit", "-5")]:
            self.problem(f"{pair}&{name}={value}", 400, name, got=value, takes="16" if name == "max_hops" else "100")
        for query in ["max_hops=1", "max_hops=16&limit=1", "limit=100"]:
            self.status(f"{pair}&{query}", 200)
        self.status(f"/v1/paths?from={self.company}&to={self.company}", (200, 400))

    def check_required_parameters(self):
        self.problem(f"/v1/paths?to={self.company}", 400, "from")
        self.problem(f"/v1/paths?from={self.company}", 400, "to")
        self.problem("/v1/paths", 400)
        self.problem("/v1/search", 400, "q")
        self.status("/v1/search?q=", (200, 400))
        for value in ["%00", "%ff", "%F0%9F%9A%80", "*", "..", "a%0d%0ab", "%", "%zz", "+", "%22", "a" * 3000,
                      quote("ﷺ" * 100)]:
            self.status(f"/v1/search?q={value}", (200, 400, 414))

    def check_choices(self):
        for target in self.reads:
            joint = "&" if "?" in target else "?"
            self.problem(f"{target}{joint}status=maybe", 400, "status", got="maybe", takes="confirmed")
            self.problem(f"{target}{joint}lang=xx", 400, "lang", got="xx", takes="ko")
            self.problem(f"{target}{joint}source=no-such-source", 400, "source", got="no-such-source", suggestions=True)
            for query in ("status=confirmed", "status=reported", "lang=ko", "lang=en", f"source={quote(self.sources[0])}"):
                self.status(f"{target}{joint}{query}", (200, *self.absences(target)))
        for name in ("status", "lang", "source", "role", "layer", "sort", "as_of"):
            self.problem(f"/v1/companies?{name}=", 400, name)
        self.problem("/v1/companies?sort=no-such-order", 400, "sort", got="no-such-order")
        self.problem(f"/v1/companies/{self.company}/dependents?via=", 400, "via")

    # ---- dates -----------------------------------------------------------------------------------------------------

    def check_as_of(self):
        good = {"2023": "2023-12-31", "2023-02": "2023-02-28", "2024-02": "2024-02-29", "2023-04": "2023-04-30",
                "2000-02": "2000-02-29",
                "1900-02": "1900-02-28", "2024-02-29": "2024-02-29", "2023-12": "2023-12-31", "9999": "9999-12-31",
                "2023-01-01": "2023-01-01"}
        for value, day in good.items():
            for target in self.reads if value in ("2023", "2024-02") else ["/v1", "/v1/companies"]:
                joint = "&" if "?" in target else "?"
                answer = self.ask(f"{target}{joint}as_of={value}")
                if answer.status in self.absences(target):
                    continue
                self.tally.check(answer.status == 200, answer.url, 200, answer)
                self.tally.equal(day, (answer.json or {}).get("as_of"), answer.url, "as_of")
        bad = ["2023-13", "2023-00", "2023-02-30", "2023-02-00", "2023-2", "2023-02-1", "23", "20230201", "2023/02", "abc",
               "", "2023-02-29",
               "1900-02-29", "+2023", "%2B2023", "-2023", "12023", "2023-02-01T00:00:00Z", "2023-02-01Z", "%EF%BC%92023",
               "2023-", "2023-02-", "today",
               "2023-02%00", "%202023", "2023-04-31", "0x7E7", "202", "2023-W01"]
        for value in bad:
            for target in ["/v1/companies"] if value not in ("2023-13", "", "2023-02-30") else self.reads:
                joint = "&" if "?" in target else "?"
                self.problem(f"{target}{joint}as_of={value}", 400, "as_of", takes="YYYY|[0-9]{4}-[0-9]{2}",
                             got="" if "%00" in value else unquote(value.replace("+", " ")).strip())
        for name in ("since", "until"):
            other = {"since": "until=2024", "until": "since=2020"}[name]
            for value in ("2023-13", "abc", "2023-02-30", "20230101"):
                self.problem(f"/v1/changes?{name}={value}&{other}", 400, name, got=value)
        self.status("/v1/changes", (200, 400))
        self.status("/v1/changes?since=2024&until=2020", (200, 400))

    # ---- pages -----------------------------------------------------------------------------------------------------

    def check_cursors(self):
        pages = {}
        for target in self.lists:
            joint = "&" if "?" in target else "?"
            answer = self.ask(f"{target}{joint}limit=1&lang=ko&as_of=2099")
            body = answer.json or {}
            following = body.get("next")
            links = self.links(answer.header("link"))
            self.tally.check(links.get("next") == following, answer.url, f"Link rel=next to be {following}",
                             answer.header("link"))
            self.tally.check(bool(following) == ((body.get("total") or 0) > 1), answer.url,
                             "next if and only if there is more", following)
            if following:
                query = urlsplit(following).query
                kept = all(f"{name}=" in query for name in ("limit", "lang", "as_of", "after",
                                                            *re.findall(r"[?&](\w+)=", target)))
                self.tally.check(kept, answer.url, "next with the same question", following)
                second = self.status(following, 200)
                self.tally.check((second.json or {}).get("items") != body.get("items"), following, "another page", second)
                pages[target] = re.search(r"[?&]after=([^&]*)", following)[1]
            bad = ["garbage", "", "%00", "%F0%9F%9A%80", "AAAA", "0", "..", "a" * 5000]
            for value in bad if target == "/v1/companies" else bad[:2]:
                self.problem(f"{target}{joint}after={value}", (400, 414), None if len(value) > 1000 else "after")
        for target, cursor in pages.items():
            joint, cursor = "&" if "?" in target else "?", unquote(cursor)
            middle = len(cursor) // 2
            changed = cursor[:middle] + ("A" if cursor[middle] != "A" else "B") + cursor[middle + 1:]
            self.status(f"{target}{joint}after={quote(changed)}", (200, 400))
            for value in (cursor[:-1], cursor[:middle], cursor[:1], cursor[1:], cursor + "A", cursor + "%"):
                if value:
                    answer = self.ask(f"{target}{joint}after={quote(value)}")
                    self.tally.check(answer.status == 400, answer.url,
                                     f"400 for a damaged cursor (the whole one is {cursor})", answer)
        for target, cursor in pages.items():
            for other in pages:
                if other != target:
                    joint = "&" if "?" in other else "?"
                    answer = self.ask(f"{other}{joint}after={cursor}")
                    self.tally.check(answer.status == 400, answer.url, f"400 for a cursor of {target}", answer)

    @staticmethod
    def links(header):
        found = {}
        for target, parameters in re.findall(r"<([^>]*)>([^<]*)", header or ""):
            relation = re.search(r'rel\s*=\s*"?([^";,]*)"?', parameters)
            if relation:
                found[relation[1].strip()] = target
        return found

    # ---- content negotiation ---------------------------------------------------------------------------------------

    def check_accept(self):
        for target in self.reads:
            for value in (UNACCEPTABLE, "application/json;q=0", "application/x-nothing, audio/*;q=0.5"):
                self.problem(target, 406, headers={"Accept": value})
            for value in ("*/*", "application/*", "application/json", "text/html;q=0.4, application/json;q=0.5",
                          "application/json; charset=utf-8",
                          "image/png, */*;q=0.1", "APPLICATION/JSON", "application/json ; q=0.001"):
                answer = self.ask(target, headers={"Accept": value})
                good = answer.status == 200
                self.tally.check(good, f"GET {target} Accept: {value}", 200, answer)
        self.status("/v1/companies", 406, headers={"Accept": "*/*;q=0"})
        for value in ("", ",", ";;;", "json", "*", "application/json;q=2", "application/json;q=abc", "a/b" * 2000, "*/json",
                      "application/json;q=0.5;q=0"):
            self.status("/v1/companies", (200, 400, 406, 431), headers={"Accept": value})
        self.status("/v1/companies", 200, headers=[("Accept", UNACCEPTABLE), ("Accept", "application/json")])
        self.status("/v1/nowhere", (404, 406), headers={"Accept": UNACCEPTABLE})
        self.status("/v1/companies?limit=0", (400, 406), headers={"Accept": UNACCEPTABLE})
        self.status("/v1/companies", 406, method="HEAD", headers={"Accept": UNACCEPTABLE})

    def check_language(self):
        company = next((one for one, page in self.pages.items() if (page.get("names") or {}).get("ko")
                        and page["names"]["ko"] != page["names"].get("en")), None)
        if not company:
            return self.tally.note("/v1/companies", "no company with a Korean name: languages not checked")
        names = self.pages[company]["names"]
        path = f"/v1/companies/{company}"
        for query, header, wanted in [("", None, "en"), ("?lang=ko", None, "ko"), ("?lang=en", None, "en"),
                                      ("", "ko", "ko"), ("", "ko-KR", "ko"),
                                      ("", "ko-KR,ko;q=0.9,en;q=0.8", "ko"), ("", "en,ko;q=0.9", "en"),
                                      ("", "ko;q=0.1, en;q=0.9", "en"),
                                      ("", "en;q=0, ko", "ko"), ("", "fr, ko;q=0.5", "ko"), ("", "fr", "en"),
                                      ("", "*", "en"), ("", "KO", "ko"),
                                      ("?lang=en", "ko", "en"), ("?lang=ko", "en", "ko"), ("", "ko;q=0", "en"),
                                      ("", "", "en"),
                                      ("", ";;,q=,", "en"), ("", "en-GB, ko;q=0.5", "en"), ("", "ko;q=0, *;q=0.5", "en")]:
            answer = self.status(path + query, 200, headers={} if header is None else {"Accept-Language": header})
            got = (answer.json or {}).get("name")
            self.tally.check(got == names[wanted], f"{answer.url} Accept-Language: {header}", names[wanted], got)
            self.tally.check("accept-language" in (answer.header("vary") or "").lower() or query, answer.url,
                             "Vary with Accept-Language", answer.header("vary"))
            if answer.header("content-language"):
                self.tally.check(answer.header("content-language").startswith(wanted), answer.url,
                                 f"Content-Language {wanted}", answer.header("content-language"))
        english = self.ask(path)
        korean = self.status(path, 200, headers={"Accept-Language": "ko", "If-None-Match": english.header("etag") or '"x"'})
        self.tally.check(korean.status == 200, f"{path} Accept-Language: ko",
                         "200: the English tag is not that of the Korean answer", korean)
        listed = (self.ask(f"/v1/companies?lang=ko&id={company}").json or {}).get("items") or [{}]
        self.tally.equal(names["ko"], listed[0].get("name"), f"/v1/companies?lang=ko&id={company}", "name")

    def check_encodings(self):
        for target in (self.large(), "/openapi.json"):
            plain = self.ask(target)
            self.tally.check(not plain.header("content-encoding"), target, "no coding unless asked for",
                             plain.header("content-encoding"))
            self.tally.check("accept-encoding" in (plain.header("vary") or "").lower(), target, "Vary with Accept-Encoding",
                             plain.header("vary"))
            if len(plain.body) < 4000:
                continue
            for value, wanted in [("gzip", {"gzip"}), ("br", {"br"}), ("zstd", {"zstd"}), ("identity", {None}),
                                  ("gzip;q=0", {None}), ("GZIP", {"gzip"}),
                                  ("gzip;q=0, br", {"br"}), ("br;q=0, zstd;q=0, gzip", {"gzip"}),
                                  ("gzip;q=1.0, identity;q=0.5", {"gzip"}),
                                  ("deflate;q=0, compress;q=0", {None}), ("*", {"gzip", "br", "zstd", None}),
                                  ("*;q=0", {None, 406, 415}),
                                  ("identity;q=0", {"gzip", "br", "zstd", None, 406, 415}),
                                  ("gzip, identity;q=0", {"gzip"}),
                                  ("identity;q=0, *", {"gzip", "br", "zstd"}), ("gzip;q=0.001", {"gzip"}),
                                  ("*, gzip;q=0", {"br", "zstd", None}),
                                  ("br;q=0.1, gzip;q=0.9", {"gzip"}), ("gzip;q=0.1, br;q=0.9", {"br"}),
                                  ("gzip;q=0.2, zstd;q=0.8", {"zstd"}),
                                  ("gzip;q=5", None), ("gzip;q=", None), (",,,", None), ("gzip;q=0;x=1", None),
                                  ("foo, bar;q=0.2", {None})]:
                self.one_encoding(target, plain, value, wanted)
        small = self.ask("/v1/layers?limit=1", headers={"Accept-Encoding": "gzip, identity;q=0"})
        if small.status == 200 and not small.header("content-encoding"):
            self.tally.note(small.url, "sent without a coding although identity;q=0 refuses that")

    def one_encoding(self, target, plain, value, wanted):
        answer = self.ask(target, headers={"Accept-Encoding": value})
        coding = answer.header("content-encoding")
        url = f"{target} Accept-Encoding: {value}"
        if wanted is not None:
            self.tally.check((coding if answer.status == 200 else answer.status) in wanted, url, f"one of {wanted}",
                             f"{answer.status} {coding}")
        if answer.status != 200:
            return
        self.tally.check("accept-encoding" in (answer.header("vary") or "").lower(), url, "Vary with Accept-Encoding",
                         answer.header("vary"))
        if answer.header("content-length"):
            self.tally.check(int(answer.header("content-length")) == len(answer.body), url,
                             "Content-Length of the coded body", answer.header("content-length"))
        if coding == "gzip":
            try:
                body = gzip.decompress(answer.body)
            except (OSError, EOFError) as trouble:
                body = repr(trouble)
            self.tally.check(body == plain.body, url, "the same body, compressed", body[:80])
        elif coding == "zstd":
            self.tally.check(answer.body[:4] == b"\x28\xb5\x2f\xfd", url, "a zstd frame", answer.body[:8])
        if coding:
            self.tally.check(len(answer.body) < len(plain.body), url, "fewer bytes", len(answer.body))
            tag, plain_tag = answer.header("etag") or "", plain.header("etag") or ""
            self.tally.check(tag != plain_tag or tag.startswith("W/"), url, "a tag of its own, or a weak one", tag)
            if tag:
                again = self.ask(target, headers={"Accept-Encoding": value, "If-None-Match": tag})
                self.tally.check(again.status == 304, f"{url} If-None-Match: {tag}", 304, again)
        else:
            self.tally.check(answer.body == plain.body, url, "the same body", answer.body[:80])

    # ---- caching ---------------------------------------------------------------------------------------------------

    def check_conditional_requests(self):
        for target in [*self.reads, "/openapi.json"]:
            first = self.status(target, 200)
            tag = first.header("etag") or ""
            if not self.tally.check(re.fullmatch(r'(W/)?"[\x21\x23-\x7e\x80-\xff]*"', tag), target, "an ETag", tag):
                continue
            self.tally.equal(tag, self.ask(target).header("etag"), target, "the same ETag again")
            self.tally.check(first.header("cache-control"), target, "Cache-Control", first.headers)
            self.tally.check(first.header("date"), target, "Date", first.headers)
            opaque = tag.removeprefix("W/")
            for value in (tag, opaque, f"W/{opaque}", "*", f'"other", {tag}', f'"a,b", W/"c" , {tag}', f'{tag}, "z"',
                          f'"x",{opaque},"y"'):
                self.not_modified(target, first, {"If-None-Match": value})
            for value in ('"other"', 'W/"other"', '"*"', opaque.upper().replace('"', '"x', 1)):
                self.status(target, 200, headers={"If-None-Match": value})
            self.not_modified(target, first, [("If-None-Match", '"other"'), ("If-None-Match", tag)])
            for value in ("", ",", opaque.strip('"'), '"unclosed', f'"{opaque}', "W/", '"' * 500, "* , *"):
                self.status(target, (200, 304, 400), headers={"If-None-Match": value})
            head = self.status(target, 304, "HEAD", {"If-None-Match": tag})
            self.tally.check(head.body == b"", f"HEAD {target}", "no body", head)
            self.modified_since(target, first, tag)
        self.status("/v1/nowhere", 404, headers={"If-None-Match": "*"})
        self.status("/v1/companies?limit=0", 400, headers={"If-None-Match": "*"})
        self.status("/v1", 405, "DELETE", {"If-None-Match": "*"})
        if self.ask("/v1", headers={"If-Match": '"other"'}).status != 412:
            self.tally.note("/v1 If-Match: \"other\"", "not 412 (RFC 9110, 13.1.1)")
        self.status("/v1", 200, headers={"If-Match": "*"})
        self.status("/v1", (200, 206, 416), headers={"Range": "bytes=0-3"})
        self.status("/v1", (200, 206, 416), headers={"Range": "bytes=5-1,x"})

    def not_modified(self, target, first, headers):
        answer = self.ask(target, headers=headers)
        url = f"{target} {headers}"
        self.tally.check(answer.status == 304 and answer.body == b"", url, "304 without a body", answer)
        if answer.status == 304:
            for name in ("etag", "cache-control", "vary"):
                self.tally.check(answer.header(name) == first.header(name), url, f"{name}: {first.header(name)}",
                                 answer.header(name))
            self.tally.check(answer.header("content-length") in (None, str(len(first.body))), url,
                             "no wrong Content-Length", answer.header("content-length"))

    def modified_since(self, target, first, tag):
        stamp = first.header("last-modified")
        if not self.tally.check(stamp, target, "Last-Modified", first.headers):
            return
        moment = parsedate_to_datetime(stamp).timestamp()
        self.tally.check(stamp == formatdate(moment, usegmt=True), target, "Last-Modified as an IMF-fixdate", stamp)
        self.tally.check(moment <= time.time() + 1, target, "Last-Modified not in the future", stamp)
        if first.header("date"):
            self.tally.check(moment <= parsedate_to_datetime(first.header("date")).timestamp(), target,
                             "Last-Modified not after Date", stamp)
        parts = time.gmtime(moment)
        for value in (stamp, time.strftime("%A, %d-%b-%y %H:%M:%S GMT", parts),
                      time.strftime("%a %b ", parts) + f"{parts.tm_mday:2}" + time.strftime(" %H:%M:%S %Y", parts),
                      formatdate(time.time(), usegmt=True)):
            self.not_modified(target, first, {"If-Modified-Since": value})
        for value in (formatdate(moment - 1, usegmt=True), formatdate(0, usegmt=True), "not a date", "", "2023-01-01"):
            self.status(target, 200, headers={"If-Modified-Since": value})
        self.status(target, 200, headers={"If-Modified-Since": stamp, "If-None-Match": '"other"'})
        self.status(target, 304, headers={"If-Modified-Since": formatdate(0, usegmt=True), "If-None-Match": tag})

    def check_vary(self):
        for target in self.reads:
            vary = {name.strip().lower() for name in (self.ask(target).header("vary") or "").split(",")}
            self.tally.check({"accept-encoding"} <= vary or "*" in vary, target, "Vary with Accept-Encoding", sorted(vary))
            if not vary & {"accept", "*"}:
                self.tally.note(target, "406 depends on Accept, which Vary does not list")

    # ---- cross-origin ----------------------------------------------------------------------------------------------

    def check_cors(self):
        origin = {"Origin": "https://elsewhere.example"}
        tag = self.ask("/v1").header("etag") or "*"
        for target, method, more in [("/v1", "GET", {}), ("/v1/companies", "GET", {}), ("/v1", "HEAD", {}),
                                     ("/openapi.json", "GET", {}), ("/v1/nowhere", "GET", {}),
                                     ("/v1/companies?limit=0", "GET", {}), ("/v1/companies/nobody-at-all", "GET", {}),
                                     ("/v1", "GET", {"If-None-Match": tag}),
                                     ("/v1", "DELETE", {}), ("/v1", "GET", {"Accept": UNACCEPTABLE}),
                                     (f"/v1/companies/{self.company.upper()}", "GET", {}),
                                     ("/v1", "GET", {"Origin": "null"})]:
            answer = self.ask(target, method, {**origin, **more})
            self.open_to(answer, {**origin, **more}["Origin"], f"{method} {target} {more}")
        exposed = (self.ask("/v1/companies?limit=1", headers=origin).header("access-control-expose-headers") or "").lower()
        if "*" not in exposed and not ("link" in exposed and "etag" in exposed):
            self.tally.note("/v1/companies",
                            f"scripts elsewhere cannot read Link and ETag: Access-Control-Expose-Headers is {exposed!r}")
        for target in self.reads:
            preflight = self.status(target, (200, 204), "OPTIONS", {**origin, "Access-Control-Request-Method": "GET"})
            self.open_to(preflight, origin["Origin"], f"OPTIONS {target}")
        for asked in ("if-none-match", "accept-language", "content-type", "accept, if-none-match"):
            answer = self.status("/v1/companies", (200, 204), "OPTIONS",
                                 {**origin, "Access-Control-Request-Method": "GET",
                                  "Access-Control-Request-Headers": asked})
            allowed = self.methods((answer.header("access-control-allow-headers") or "").lower())
            self.tally.check("*" in allowed or self.methods(asked) <= allowed, f"OPTIONS /v1/companies for {asked}",
                             "these headers allowed", sorted(allowed))
            granted = self.methods(answer.header("access-control-allow-methods"))
            self.tally.check({"GET"} <= granted or "*" in granted, "OPTIONS /v1/companies", "GET allowed", sorted(granted))
        answer = self.ask("/v1/companies", "OPTIONS", {**origin, "Access-Control-Request-Method": "DELETE"})
        granted = self.methods(answer.header("access-control-allow-methods"))
        self.tally.check("DELETE" not in granted, "OPTIONS /v1/companies for DELETE", "DELETE not allowed", sorted(granted))

    def open_to(self, answer, origin, url):
        allowed = answer.header("access-control-allow-origin")
        self.tally.check(allowed in ("*", origin), url, "Access-Control-Allow-Origin", f"{answer.status} {allowed}")
        if allowed != "*":
            self.tally.check("origin" in (answer.header("vary") or "").lower(), url, "Vary with Origin",
                             answer.header("vary"))
        self.tally.check(answer.header("access-control-allow-credentials") != "true", url, "no credentials", answer.headers)

    # ---- names -----------------------------------------------------------------------------------------------------

    def names(self):
        """(another name, id): other forms of ids and names, as people write and machines mangle them."""
        found = [(self.company.upper(), self.company), (self.company.capitalize(), self.company)]
        for company, page in list(self.pages.items())[:40]:
            for name in [*(page.get("names") or {}).values(), *(page.get("aliases") or [])]:
                found.append((name, company))
                for form in ("NFC", "NFD", "NFKC", "NFKD"):
                    found.append((unicodedata.normalize(form, name), company))
                found += [(self.wide(name), company), (name.upper(), company)]
        return [(name, company) for name, company in dict.fromkeys(found) if name and name != company
                and fold(name) in {fold(known) for known in self.known(company)}]

    def known(self, company):
        page = self.pages.get(company, {})
        return [company, *(page.get("names") or {}).values(), *(page.get("aliases") or [])]

    @staticmethod
    def wide(name):
        return "".join(chr(ord(letter) + 0xFEE0) if "!" <= letter <= "~" else letter for letter in name)

    def check_redirects(self):
        counts = {}
        for company in self.pages:
            for name in self.known(company):
                counts.setdefault(fold(name), set()).add(company)
        for name, company in self.names():
            if len(counts[fold(name)]) == 1 and name not in (".", ".."):
                self.redirect(f"/v1/companies/{quote(name, safe='')}", f"/v1/companies/{company}")
        upper = self.company.upper()
        if upper != self.company:
            for rest in ("/dependencies?depth=all&as_of=2023&lang=ko", "/dependents?via=" + self.layers[0], "/roles",
                         "?lang=ko&as_of=2024-02", "?source=" + quote(self.sources[0]),
                         "/dependencies?layer=" + self.layers[0] + "&limit=1"):
                self.redirect(f"/v1/companies/{upper}{rest}", f"/v1/companies/{self.company}{rest}")
            self.redirect(f"/v1/companies/{upper}", f"/v1/companies/{self.company}", "HEAD")
            hostile = self.ask(f"/v1/companies/{upper}?lang=ko&as_of=2023%0d%0aSet-Cookie:%20a=b")
            self.tally.check(not hostile.header("set-cookie"), hostile.url, "no header of the asker's making",
                             hostile.headers)
            self.status(f"/v1/roles/{self.roles[0].upper()}", (308, 404))
            self.status(f"/v1/sources/{self.sources[0].upper()}", (308, 404))
        encoded = "".join(f"%{ord(letter):02x}" for letter in self.company)
        self.status(f"/v1/companies/{encoded}", (200, 308))
        self.status(f"/v1/companies/{self.company}%20", (308, 404))
        self.status(f"/v1/companies/{self.company}%00", (400, 404))
        self.status(f"/v1/companies/{self.company}/", (200, 301, 308, 404))

    def redirect(self, target, goal, method="GET"):
        answer = self.status(target, 308, method)
        if answer.status == 308:
            place = urlsplit(urljoin(answer.url, answer.header("location") or ""))
            got = place.path + (f"?{place.query}" if place.query else "")
            self.tally.check(got == goal and place.netloc in ("", urlsplit(answer.url).netloc), f"{method} {target}",
                             f"Location {goal}", answer.header("location"))
            self.status(goal, (200, 404) if "as_of" in goal or "source" in goal else 200)

    def check_names_in_queries(self):
        """A query parameter takes any name at once."""
        seen = {}
        for name, company in self.names()[:60]:
            if "," in name:
                continue
            one = self.ask(f"/v1/dependencies?to={quote_plus(name)}&limit=1000")
            if company not in seen:
                seen[company] = self.ask(f"/v1/dependencies?to={company}&limit=1000")
            two = seen[company]
            self.tally.check(one.status == 200 and (one.json or {}).get("items") == (two.json or {}).get("items"), one.url,
                             f"the same as for {company}", one)
            three = self.ask(f"/v1/companies?id={quote(name)}")
            self.tally.check([row.get("id") for row in (three.json or {}).get("items") or []] == [company], three.url,
                             company, three)

    # ---- hostile bytes ---------------------------------------------------------------------------------------------

    def check_long_requests(self):
        for target in ["/v1/companies?q=" + "a" * 8000,
                       "/v1/companies?" + "&".join(f"p{number}=1" for number in range(1000)),
                       "/v1/companies/" + "a" * 10000,
                       "/v1/companies?id=" + ",".join(self.ids * 20)[:7000], "/v1/companies?" + "&" * 5000,
                       "/v1/search?q=" + "%F0%9F%9A%80" * 500,
                       f"/v1/companies/{self.company}/dependents?via=" + ",".join(self.layers * 50)[:6000]]:
            self.status(target, (200, 400, 404, 414, 431))
        for size in (70000, 300000):
            for request in (f"GET /v1/companies?q={'a' * size} HTTP/1.1\r\nHost: x\r\n\r\n",
                            f"GET /v1 HTTP/1.1\r\nHost: x\r\nX-Long: {'a' * size}\r\n\r\n"):
                answers = self.client.raw(request.encode())
                if answers:
                    self.tally.check(answers[0].status in (200, 400, 413, 414, 431), request[:40], "200 or a refusal",
                                     answers[0])
        self.status("/v1", 200)

    def check_raw_requests(self):
        host = b"Host: localhost\r\n"
        strange = [b"GET /v1/companies?q=\x01 HTTP/1.1\r\n", b"GET /v1/companies/\x7f HTTP/1.1\r\n",
                   b"GET /v1/companies/\xec\x98\xa4 HTTP/1.1\r\n",
                   b"GET /v1/companies?q=\xff HTTP/1.1\r\n", b"GET /v1/companies?q=a b HTTP/1.1\r\n",
                   b"GET  /v1 HTTP/1.1\r\n", b"GET /v1 HTTP/9.9\r\n",
                   b"GET v1 HTTP/1.1\r\n", b"\r\nGET /v1 HTTP/1.1\r\n", b"OPTIONS * HTTP/1.1\r\n",
                   b"GET http://localhost/v1 HTTP/1.1\r\n", b"GET /v1#part HTTP/1.1\r\n",
                   b"GET /v1 HTTP/1.1\r\nX: a\x00b\r\n", b"GET /v1 HTTP/1.1\r\nBad Header: 1\r\n",
                   b"GET /v1 HTTP/1.1\r\nX : 1\r\n", b"CONNECT localhost:1 HTTP/1.1\r\n",
                   b"GET /v1 HTTP/1.1\r\nExpect: 100-continue\r\n",
                   b"GET /v1 HTTP/1.1\r\nUpgrade: h2c\r\nConnection: upgrade\r\n",
                   b"GET /v1 HTTP/1.1\r\nContent-Length: -1\r\n", b"GET /v1 HTTP/1.1\r\nContent-Length: 1, 2\r\n",
                   b"GET /v1 HTTP/1.1\r\nAccept-Language: \xff\xfe\r\n", b"GET /v1 HTTP/1.1\r\nAccept: \xff\r\n",
                   b"GET /v1 HTTP/1.1\r\nIf-None-Match: \xff\r\n",
                   b"GET /v1 HTTP/1.1\r\nAccept-Encoding: \xff\r\n", b"GET /v1 HTTP/1.1\r\nOrigin: \xff\r\n",
                   b"GET /v1/companies? HTTP/1.1\r\nIf-Modified-Since: \xff\r\n"]
        for line in strange:
            for answer in self.client.raw(line + host + b"Connection: close\r\n\r\n"):
                self.tally.check(answer.status < 500 or answer.status in (501, 505), repr(line), "no 5xx", answer)
        for answer in self.client.raw(b"GET /v1 HTTP/1.0\r\n\r\n"):
            self.tally.check(answer.status == 200, "HTTP/1.0", 200, answer)
        for line, text in [(b"GET /v1 HTTP/1.1\r\n\r\n", "no Host"), (b"GET /v1 HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
                                                                      "two Hosts")]:
            answers = self.client.raw(line)
            if not answers or answers[0].status != 400:
                self.tally.note(text, f"not 400 (RFC 9112, 3.2): {answers[0].status if answers else 'closed'}")
        absolute = self.client.raw(b"GET http://localhost/v1 HTTP/1.1\r\nHost: localhost\r\n\r\n")
        if not absolute or absolute[0].status != 200:
            self.tally.note("GET http://localhost/v1",
                            f"an absolute target must be taken (RFC 9112, 3.2.2): {absolute and absolute[0]}")

    def check_kept_connections(self):
        """What comes first on a connection must not spoil what comes next."""
        last = b"GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n"
        get = b"GET /v1/layers?limit=1 HTTP/1.1\r\nHost: x\r\n"
        alone = self.client.raw(get + b"\r\n")
        tag = (alone[0].header("etag") or "*").encode() if alone else b"*"
        for first, status, headless in [(get + b"\r\n", 200, False), (get.replace(b"GET", b"HEAD", 1) + b"\r\n", 200, True),
                                        (get + b"If-None-Match: " + tag + b"\r\n\r\n", 304, True),
                                        (get + b"Content-Length: 5\r\n\r\nhello", 200, False),
                                        (get + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n", 200, False),
                                        (b"POST /v1/layers HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello", 405,
                                         False),
                                        (b"DELETE /v1/layers HTTP/1.1\r\nHost: x\r\n\r\n", 405, False),
                                        (b"OPTIONS /v1/layers HTTP/1.1\r\nHost: x\r\n\r\n", (200, 204), False),
                                        (b"HEAD /v1/nowhere HTTP/1.1\r\nHost: x\r\n\r\n", 404, True),
                                        (b"HEAD /v1/companies?limit=0 HTTP/1.1\r\nHost: x\r\n\r\n", 400, True),
                                        (b"GET /v1/companies?limit=0 HTTP/1.1\r\nHost: x\r\n\r\n", 400, False),
                                        (b"GET /v1/nowhere HTTP/1.1\r\nHost: x\r\n\r\n", 404, False),
                                        (b"HEAD /openapi.json HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\n\r\n", 200,
                                         True),
                                        (f"GET /v1/companies/{self.company.upper()}X HTTP/1.1\r\nHost: x\r\n\r\n".encode(),
                                         404, False)]:
            answers = self.client.raw(first + last + last, 3, heads={0} if headless else ())
            got = [answer.status for answer in answers]
            wanted = status if isinstance(status, tuple) else (status,)
            closed = answers and "close" in (answers[0].header("connection") or "").lower()
            self.tally.check(len(got) == 3 and got[0] in wanted and got[1:] == [200, 200] or closed and got[0] in wanted,
                             repr(first[:90]),
                             f"{status}, then 200 and 200 on the same connection", got)
        closing = self.client.raw(get + b"Connection: close\r\n\r\n" + last, 2)
        if len(closing) != 1:
            self.tally.note("Connection: close", "a request sent after it on the same connection is answered, too (RFC 9112, 9.6)")
        smuggled = b"0\r\n\r\nGET /v1/nowhere HTTP/1.1\r\nHost: x\r\n\r\n"
        both = self.client.raw(b"POST /v1 HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n"
                               + smuggled, 2)
        self.tally.check(all(answer.status < 500 for answer in both), "Content-Length and Transfer-Encoding", "no 5xx",
                         [answer.status for answer in both])

    def check_many_at_once(self):
        """The same questions from eight sides get the same answers."""
        wanted = {target: self.ask(target).body for target in self.reads}
        wrong = []

        def ask_all():
            client = Client(self.client.base)
            for _ in range(3):
                for target, body in wanted.items():
                    answer = client.ask(target)
                    if answer.status != 200 or answer.body != body:
                        wrong.append((target, str(answer)))
            client.close()
        threads = [threading.Thread(target=ask_all) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.tally.check(not wrong, "eight clients", "the same answers as for one", wrong[:3])

    # ---- documents about the service -------------------------------------------------------------------------------

    def check_openapi(self):
        spec, url = self.spec, "/openapi.json"
        self.tally.check(str(spec.get("openapi", "")).startswith("3.1"), url, "OpenAPI 3.1", spec.get("openapi"))
        info = spec.get("info") or {}
        self.tally.check(info.get("title") and info.get("version"), url, "info with title and version", info)
        paths = spec.get("paths") or {}
        shapes = {re.sub(r"\{[^}]*\}", "{}", path) for path in paths}
        for route in ROUTES:
            self.tally.check(re.sub(r"\{[^}]*\}", "{}", route) in shapes, url, f"{route} documented", sorted(paths))
        operations = [(path, method, operation) for path, methods in paths.items() for method, operation in methods.items()
                      if method in ("get", "post", "put", "delete", "patch", "head", "options")]
        names = [operation.get("operationId") for _, _, operation in operations]
        self.tally.check(len(set(names)) == len(names) and None not in names, url, "distinct operationIds",
                         sorted(map(str, names)))
        for path, method, operation in operations:
            where = f"{method} {path}"
            responses = operation.get("responses") or {}
            self.tally.check(responses and all(self.resolve(answer).get("description") for answer in responses.values()),
                             where,
                             "responses with descriptions", responses)
            parameters = [self.resolve(entry) for entry in [*(operation.get("parameters") or []),
                                                            *(paths[path].get("parameters") or [])]]
            named = {entry.get("name") for entry in parameters}
            self.tally.check(set(re.findall(r"\{([^}]*)\}", path)) <= named, where, "its path parameters",
                             sorted(map(str, named)))
            if re.sub(r"\{[^}]*\}", "{}", path) in {re.sub(r"\{[^}]*\}", "{}", route) for route in ROUTES}:
                self.tally.check({"as_of", "source", "status", "lang"} <= named, where, "as_of, source, status and lang",
                                 sorted(map(str, named)))
                self.tally.check("200" in responses and "400" in responses, where, "200 and 400", sorted(responses))
        for reference in re.findall(r'"\$ref": "([^"]*)"', json.dumps(spec)):
            self.tally.check(self.target(reference) is not None, url, "a reference that leads somewhere", reference)

    def resolve(self, entry):
        return self.target(entry["$ref"]) or {} if "$ref" in entry else entry

    def target(self, reference):
        place = self.spec
        for part in reference.removeprefix("#/").split("/"):
            place = place.get(part.replace("~1", "/").replace("~0", "~")) if isinstance(place, dict) else None
        return place

    def check_docs(self):
        """A page to try it on, with no outside address."""
        answer = self.client.ask("/docs")
        for _ in range(3):
            if answer.status in (301, 302, 303, 307, 308):
                answer = self.client.ask(urljoin(answer.url, answer.header("location")))
        self.tally.check(answer.status == 200 and "text/html" in (answer.header("content-type") or ""), answer.url,
                         "a page", answer)
        text = answer.body.decode("utf-8", "replace")
        for address in re.findall(r"""(?:src|href|action)\s*=\s*["']?([^"'\s>]+)""", text):
            place = urlsplit(urljoin(answer.url, address))
            inside = place.netloc == urlsplit(answer.url).netloc
            self.tally.check(inside or place.scheme == "data" or address.startswith("#"), answer.url, "no outside address", address)
            if inside and not address.startswith("#"):
                self.status(place.path + (f"?{place.query}" if place.query else ""), 200)

    def check_health(self):
        for path in ("/health/live", "/health/ready"):
            answer = self.status(path, 200)
            self.status(path, 405, "POST")
            self.status(path, 200, "HEAD")
            control = answer.header("cache-control") or ""
            if control and "no-" not in control:
                self.tally.note(path, f"kept by caches: {control}")


def fold(name):
    """What NFKC and case folding leave of a name."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold()).strip()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("base_url")
    Protocol(parser.parse_args().base_url).run()
