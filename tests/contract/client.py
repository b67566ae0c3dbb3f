"""One connection to the server, and the tally of what was checked."""

import http.client
import json
import socket
import sys
from urllib.parse import quote, urlencode, urljoin, urlsplit

SHOWN = 200  # findings printed in full; all are counted


class Answer:
    """Status, headers (names in any case, repeated ones joined) and body of a response."""

    def __init__(self, url, status, headers, body, version=11):
        self.url, self.status, self.body, self.version = url, status, body, version
        self.headers = {}
        for name, value in headers:
            name = name.lower()
            self.headers[name] = f"{self.headers[name]}, {value}" if name in self.headers else value

    def header(self, name):
        return self.headers.get(name.lower())

    @property
    def json(self):
        """The body as JSON; none if it is not (NaN and duplicate keys included)."""
        try:
            return json.loads(self.body, parse_constant=refuse, object_pairs_hook=distinct_keys)
        except ValueError:
            return None

    def __str__(self):
        return f"{self.status} {self.headers.get('content-type', 'no content type')} {self.body[:160]!r}"


class Client:
    """Requests over one kept connection; opened again when the server has closed it."""

    def __init__(self, base, timeout=30):
        parts = urlsplit(base if "//" in base else "http://" + base)
        self.base = f"http://{parts.netloc}"
        self.host, self.port, self.timeout = parts.hostname, parts.port or 80, timeout
        self.connection = None
        self.asked = 0

    def ask(self, target, method="GET", headers=None, body=None):
        """`target` is a path with its query, or a whole URL of this server. Redirects are not followed."""
        target = self.relative(target)
        self.asked += 1
        for attempt in (1, 2):
            try:
                if self.connection is None:
                    self.connection = http.client.HTTPConnection(self.host, self.port, timeout=self.timeout)
                    self.connection.connect()
                    self.connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                return self.send(target, method, headers or {}, body)
            except (http.client.HTTPException, ConnectionError, TimeoutError) as trouble:
                self.close()
                if attempt == 2 or isinstance(trouble, TimeoutError):
                    return Answer(self.base + target, 0, [], repr(trouble).encode())

    def send(self, target, method, headers, body):
        connection = self.connection
        connection.putrequest(method, target, skip_accept_encoding=True)
        for name, value in headers.items() if isinstance(headers, dict) else headers:
            connection.putheader(name, value)
        if body is not None:
            connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body)
        response = connection.getresponse()
        answer = Answer(self.base + target, response.status, response.getheaders(), response.read(), response.version)
        if response.will_close:
            self.close()
        return answer

    def get(self, path, query=None, headers=None):
        return self.ask(path + (f"?{urlencode(query)}" if query else ""), headers=headers)

    def relative(self, target):
        parts = urlsplit(urljoin(self.base, target)) if "//" in target else None
        return (parts.path + (f"?{parts.query}" if parts.query else "")) if parts and parts.netloc else target

    def close(self):
        if self.connection:
            self.connection.close()
        self.connection = None

    def raw(self, data, answers=1, heads=()):
        """Bytes on a fresh connection → the answers to them. `heads`: positions of answers without a body."""
        found = []
        with socket.create_connection((self.host, self.port), timeout=10) as connection:
            try:
                connection.sendall(data)
                reader = connection.makefile("rb")
                for position in range(answers):
                    found.append(read_answer(reader, position in heads))
            except (OSError, ValueError, EOFError):
                pass
        return found


def read_answer(reader, headless):
    line = reader.readline(70000).split(None, 2)
    if len(line) < 2:
        raise EOFError
    headers = []
    while (header := reader.readline(70000).strip()):
        name, _, value = header.decode("latin-1").partition(":")
        headers.append((name, value.strip()))
    answer = Answer("raw", int(line[1]), headers, b"")
    if 100 <= answer.status < 200:
        return read_answer(reader, headless)
    if not headless and answer.status not in (204, 304):
        if (answer.header("transfer-encoding") or "").lower() == "chunked":
            while (size := int(reader.readline().split(b";")[0], 16)):
                answer.body += reader.read(size)
                reader.readline()
            reader.readline()
        elif answer.header("content-length"):
            answer.body = reader.read(int(answer.header("content-length")))
        else:
            answer.body = reader.read()
    return answer


class Tally:
    """Counts what holds and what does not, and says the latter aloud."""

    def __init__(self):
        self.passed = self.failed = self.noted = 0

    def check(self, holds, url, expected, got):
        """`expected` and `got` may be functions, called only for a finding."""
        if holds:
            self.passed += 1
            return True
        self.failed += 1
        if self.failed <= SHOWN:
            print(f"FAIL {url}\n     expected {said(expected)}\n     got      {said(got)}", flush=True)
        return False

    def equal(self, expected, got, url, what=""):
        return self.check(expected == got, url, lambda: f"{what} {difference(expected, got)}",
                          lambda: f"{what} {difference(got, expected)}")

    def note(self, url, text):
        """Something to look at which no contract forbids."""
        self.noted += 1
        if self.noted <= SHOWN:
            print(f"NOTE {url}\n     {text}", flush=True)

    def finish(self):
        if self.failed > SHOWN:
            print(f"... and {self.failed - SHOWN} findings more")
        if self.noted:
            print(f"{self.noted} notes")
        print(f"{self.passed} passed, {self.failed} failed", flush=True)
        sys.exit(1 if self.failed else 0)


def difference(one, other):
    """The value; of two large sets or maps only what the other lacks."""
    if isinstance(one, (set, frozenset)) and isinstance(other, (set, frozenset)):
        return f"{len(one)} in all, of which only here {sorted(map(str, one - other))[:8]}"
    if isinstance(one, dict) and isinstance(other, dict):
        own = [(key, one[key]) for key in one if key not in other or one[key] != other[key]]
        return f"{len(one)} in all, of which only here {own[:4]}"
    if isinstance(one, list) and isinstance(other, list) and len(one) > 8:
        at = next((at for at, pair in enumerate(zip(one, other)) if pair[0] != pair[1]), min(len(one), len(other)))
        return f"{len(one)} in all, first different at {at}: {one[at:at + 3]}"
    return repr(one)


def said(text):
    text = str(text() if callable(text) else text)
    return text if len(text) < 1200 else text[:1200] + "…"


def refuse(constant):
    raise ValueError(constant)


def distinct_keys(pairs):
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("duplicate keys")
    return members


def path_segment(name):
    return quote(name, safe="")
