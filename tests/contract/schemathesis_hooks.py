"""What Schemathesis cannot read in the OpenAPI document: which names the data have.

    PYTHONPATH=tests/contract LINCHPIN_URL=http://127.0.0.1:8080 \
        schemathesis --config-file tests/tools/schemathesis.toml run http://127.0.0.1:8080/openapi.json

Parameters that take names are given real ones, besides invented ones where they may be left out, so that most questions
reach the graph. An invented name, or cursor, fits the document and must be refused all the same: such a refusal is none
of a valid request. Nor is that of two days in the wrong order, of a layer in which nobody is, or of a question that does not say what
is down.
"""

import os

import schemathesis
from schemathesis.specs.openapi.checks import positive_data_acceptance

from client import Client

REFUSED_BY_DATA = ("/problems/unknown-name", "/problems/invalid-cursor")
LISTS = {"from": "companies", "to": "companies", "holder": "companies", "in": "companies", "down": "companies",
         "layer": "layers", "via": "layers", "role": "roles", "source": "sources"}
DAY = r"^[12][0-9]{3}(-(0[1-9]|1[0-2])(-(0[1-9]|1[0-9]|2[0-8]))?)?$"  # a year 0 there is not, a 31st not in every month


@schemathesis.hook
def before_load_schema(ctx, raw_schema):
    client = Client(os.environ["LINCHPIN_URL"])
    items = {name: client.get(f"/v1/{name}", {"limit": 1000}).json["items"]
             for name in ("companies", "layers", "roles", "sources", "dependencies")}
    ids = {name: [item["id"] for item in rows] for name, rows in items.items()}
    countries = {client.get(f"/v1/companies/{company}").json.get("country") for company in ids["companies"][:50]}
    for path, methods in raw_schema["paths"].items():
        for operation in methods.values():
            operation.get("requestBody", {}).get("content", {}).pop("text/csv", None)  # any text is a table
            for parameter in operation.get("parameters", []):
                name, schema = parameter["name"], parameter["schema"]
                if parameter.get("in") == "path" or name == "id":
                    known = ids.get(path.removeprefix("/v1/").split("/")[0])
                else:
                    known = ids.get(LISTS.get(name))
                if "[0-9]{4}" in schema.get("pattern", ""):
                    schema["pattern"] = DAY
                elif known:
                    parameter["schema"] = {"anyOf": [{"enum": known}, *([] if parameter.get("required") else [schema])]}
                elif name == "format":
                    schema["enum"] = [name for name in schema["enum"] if name != "event-stream"]  # it never ends
                elif name == "lang":
                    schema["enum"] = ["en", "ko"]
                elif name == "country":
                    schema["enum"] = sorted(countries - {None})
                if schema.get("minLength"):
                    schema["pattern"] = r"\S"  # a text of blanks is as good as none


@schemathesis.check
def valid_requests_are_answered(ctx, response, case):
    """A request that fits the document is answered, or names something that the data do not have."""
    if response.status_code == 400:
        problem = response.json()
        if problem.get("type") in REFUSED_BY_DATA or problem.get("parameter") in ("since", "until", "from", "down"):
            return None
    return positive_data_acceptance(ctx, response, case)
