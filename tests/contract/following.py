#!/usr/bin/env python3
"""Follow a server with what others follow servers with: a feed reader, and the parser of Prometheus's own client.

    following.py http://127.0.0.1:8080
"""

import sys

import feedparser
import requests
from prometheus_client.parser import text_string_to_metric_families


def feed(base):
    """What the feed reader shows is what the JSON says: the same changes, newest first, in both languages."""
    for language in ("en", "ko"):
        answer = requests.get(f"{base}/v1/changes.atom?lang={language}", timeout=60)
        read = feedparser.parse(answer.content, response_headers=dict(answer.headers))
        assert not read.bozo and read.version == "atom10", read.get("bozo_exception")
        assert read.feed.title and read.feed.author and read.feed.updated_parsed, read.feed
        assert len(read.entries) == 100 and len({entry.id for entry in read.entries}) == 100, len(read.entries)
        times = [entry.updated_parsed for entry in read.entries]
        assert times == sorted(times, reverse=True), "the newest comes first"
        changes, path = [], f"/v1/changes?lang={language}&limit=1000"
        while path:
            page = requests.get(base + path, timeout=60).json()
            changes += page["items"]
            path = page["next"]
        newest = [change["date"] for change in changes[::-1][:100]]
        assert [entry.updated[:10] for entry in read.entries] == newest, "days are those of the changes"
        for entry in read.entries[:10]:
            assert entry.title and requests.get(entry.link, timeout=60).ok, entry.link
    return len(read.entries)


def metrics(base):
    """The counters go up by the requests that were made, and the text is what Prometheus reads."""

    def read():
        answer = requests.get(base + "/metrics", timeout=60)
        assert answer.headers["Content-Type"].startswith("text/plain; version=0.0.4"), answer.headers
        families = {family.name: family for family in text_string_to_metric_families(answer.text)}
        samples = families["linchpin_requests"].samples
        asked = [sample.value for sample in samples if sample.labels["route"] == "/v1/companies/{id}" and sample.labels["status"] == "2xx"]
        return families, sum(asked)

    _, before = read()
    for _ in range(5):
        requests.get(base + "/v1/companies/openai", timeout=60).raise_for_status()
    families, after = read()
    assert after == before + 5, (before, after)
    assert {family.type for family in families.values()} <= {"counter", "gauge", "histogram", "info"}, families
    assert all(family.documentation for family in families.values()), "each says what it counts"
    return len(families)


if __name__ == "__main__":
    origin = sys.argv[1].rstrip("/")
    print(f"{feed(origin)} entries and {metrics(origin)} metrics read")
