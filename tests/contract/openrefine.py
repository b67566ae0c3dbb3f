#!/usr/bin/env python3
"""Let OpenRefine itself match a list of vendors, and fill in what is known of them.

    openrefine.py http://127.0.0.1:8080 /tmp/where-it-may-write
"""

import json
import os
import signal
import socket
import subprocess
import sys
import time

import requests

VENDORS = ["엔비디어", "Azure", "OpenAI, Inc.", "AWS", "Taiwan Semiconductor Manufacturing", "no such vendor at all"]
MATCHES = ["nvidia", "microsoft", "openai", "amazon", "tsmc"]


class OpenRefine:
    """OpenRefine without a window, on a port of its own."""

    def __init__(self, folder):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}/command/core/"
        log = open(os.path.join(folder, "openrefine.log"), "w", encoding="utf-8")
        command = ["openrefine", "-i", "127.0.0.1", "-p", str(port), "-d", folder, "-x", "refine.headless=true"]
        self.process = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True)
        for _ in range(240):
            try:
                self.token = requests.get(self.address + "get-csrf-token", timeout=5).json()["token"]
                return
            except (requests.ConnectionError, requests.Timeout):
                time.sleep(0.5)
        self.stop()
        sys.exit("OpenRefine does not start")

    def stop(self):
        os.killpg(self.process.pid, signal.SIGTERM)
        self.process.wait(30)

    def post(self, command, data, **more):
        answer = requests.post(self.address + command, params={"csrf_token": self.token}, data=data, timeout=60, **more)
        answer.raise_for_status()
        return answer

    def project(self, name, text):
        files = {"project-file": (name + ".csv", text.encode(), "text/csv")}
        options = {"encoding": "UTF-8", "separator": "\t", "headerLines": 1}
        data = {"project-name": name, "format": "text/line-based/*sv", "options": json.dumps(options)}
        return self.post("create-project-from-upload", data, files=files).url.rsplit("=", 1)[1]

    def run(self, project, command, data):
        """Runs a command that goes on in the background, to its end."""
        said = self.post(command, {"project": project, "engine": json.dumps({"facets": [], "mode": "row-based"})} | data).json()
        assert said["code"] in ("ok", "pending"), said
        for _ in range(240):
            going = requests.get(self.address + "get-processes", params={"project": project}, timeout=60).json()["processes"]
            if not going:
                return
            time.sleep(0.25)
        sys.exit(f"{command} does not end: {going}")

    def rows(self, project):
        rows = self.post("get-rows", {"project": project, "start": 0, "limit": 1000}).json()
        names = [column["name"] for column in requests.get(self.address + "get-models", params={"project": project}, timeout=60).json()["columnModel"]["columns"]]
        recons = rows.get("pool", {}).get("recons", {})
        return names, [row["cells"] for row in rows["rows"]], recons


def main():
    origin, folder = sys.argv[1].rstrip("/"), sys.argv[2]
    os.makedirs(folder, exist_ok=True)
    service = origin + "/reconcile"
    manifest = requests.get(service, timeout=60).json()
    refine = OpenRefine(folder)
    try:
        project = refine.project("vendors", "vendor\n" + "\n".join(VENDORS) + "\n")

        guessed = refine.post("guess-types-of-column", {"project": project, "columnName": "vendor", "service": service}).json()
        assert guessed["code"] == "ok" and guessed["types"][0]["id"] == "company", guessed

        config = {
            "mode": "standard-service", "service": service, "autoMatch": True, "columnDetails": [], "limit": 0,
            "identifierSpace": manifest["identifierSpace"], "schemaSpace": manifest["schemaSpace"],
            "type": {"id": "company", "name": "Company"},
        }
        refine.run(project, "reconcile", {"columnName": "vendor", "config": json.dumps(config)})
        _, rows, recons = refine.rows(project)
        best = []
        for row in rows:
            recon = row[0].get("recon") or recons[str(row[0]["r"])]
            best.append((recon.get("m") or (recon["c"] or [{}])[0]).get("id"))
        assert best[: len(MATCHES)] == MATCHES, best
        judged = [(row[0].get("recon") or recons[str(row[0]["r"])])["j"] for row in rows]
        assert judged[2] == "matched" and judged[-1] != "matched", judged

        # Who is sure of its match: the others are matched to the best candidate, as a person would do by hand.
        refine.run(project, "recon-match-best-candidates", {"columnName": "vendor"})
        extension = {"properties": [{"id": "country", "name": "Country"}, {"id": "suppliers", "name": "Suppliers"}]}
        data = {
            "baseColumnName": "vendor", "endpoint": service, "columnInsertIndex": 1, "extension": json.dumps(extension),
            "identifierSpace": manifest["identifierSpace"], "schemaSpace": manifest["schemaSpace"],
        }
        refine.run(project, "extend-data", data)
        names, rows, recons = refine.rows(project)
        assert len(names) == 3, names
        rows = [row + [None] * (3 - len(row)) for row in rows]
        countries = [row[1]["v"] for row in rows if row[0] and row[1]]
        assert countries[: len(MATCHES)] == ["US", "US", "US", "US", "TW"], countries
        # Suppliers are companies: each carries its id, row under row.
        of_tsmc, within = set(), False
        for row in rows:
            if row[0]:
                within = row[0]["v"] == VENDORS[4]
            if within and row[2]:
                of_tsmc.add((row[2].get("recon") or recons[str(row[2]["r"])])["m"]["id"])
        first = requests.get(origin + "/v1/companies/tsmc/dependencies?limit=1000", timeout=60).json()
        expected = {item["company"]["id"] for item in first["items"]}
        assert of_tsmc == expected, of_tsmc ^ expected
        print(f"OpenRefine matched {len(MATCHES)} vendors and found {len(of_tsmc)} suppliers of one")
    finally:
        refine.stop()


if __name__ == "__main__":
    main()
