#!/usr/bin/env python3
"""Refuse dependencies whose licence asks for more than to be named.

    licences.py [cargo metadata's output; runs it otherwise]

Every package that Cargo.lock may bring in counts, on any platform and for tests as well. A package passes if its SPDX
expression can be met with the licences below alone.
"""

import json
import re
import subprocess
import sys

PERMISSIVE = {"0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "BSL-1.0", "CC0-1.0", "CDLA-Permissive-2.0", "ISC", "MIT",
              "MIT-0", "Unicode-3.0", "Unlicense", "Zlib"}


def permitted(expression):
    """Whether an SPDX expression can be met: OR is a choice, AND asks for both, and a slash is an old way to write OR."""
    words = re.findall(r"[()]|[^\s()]+", expression.replace("/", " OR "))
    met, rest = either(words)
    return met and not rest


def either(words):
    met, words = both(words)
    while words[:1] == ["OR"]:
        other, words = both(words[1:])
        met = met or other
    return met, words


def both(words):
    met, words = one(words)
    while words[:1] == ["AND"]:
        other, words = one(words[1:])
        met = met and other
    return met, words


def one(words):
    if words[:1] == ["("]:
        met, words = either(words[1:])
        return met, words[1:]
    if words[1:2] == ["WITH"]:  # an exception only permits more
        return words[0] in PERMISSIVE, words[3:]
    return bool(words) and words[0] in PERMISSIVE, words[1:]


def main():
    if len(sys.argv) > 1:
        with open(sys.argv[1], encoding="utf-8") as file:
            metadata = json.load(file)
    else:
        command = ["cargo", "metadata", "--format-version", "1", "--locked"]
        metadata = json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)
    packages = metadata["packages"]
    refused = [package for package in packages if not permitted(package["license"] or "")]
    for package in refused:
        print(f"{package['name']} {package['version']}: {package['license'] or package['license_file'] or 'no licence'}")
    print(f"{len(packages) - len(refused)} packages with a permissive licence, {len(refused)} without")
    sys.exit(1 if refused else 0)


if __name__ == "__main__":
    main()
