#!/usr/bin/env python3
"""check_memory.py OUT TOUR: of what a tour types "backwards", the dump of the process taken "during" the visit holds some, and the
one taken "after" it holds nothing: no word of it in UTF-8, UTF-16 or UTF-32, in letters as typed, in small ones or in capitals."""
import json
import os
import re
import sys

SHORTEST = 8  # letters: a shorter word may stand there by chance


def planted_words(tour):
    with open(tour, encoding="utf-8") as file:
        steps = json.load(file)
    for step in steps:
        if isinstance(step.get("type"), dict) and "backwards" in step["type"]:
            yield from (word for word in re.findall(r"[\w]+", step["type"]["backwards"][::-1]) if len(word) >= SHORTEST)


def found_in(dump, word):
    for spelt in {word, word.lower(), word.upper()}:
        for encoding in ("utf-8", "utf-16-le", "utf-32-le"):
            at = dump.find(spelt.encode(encoding))
            if at >= 0:
                yield f"{spelt} in {encoding}, {dump.count(spelt.encode(encoding))} times; first among {dump[max(at - 60, 0):at + 80]!r}"


def main():
    out, tour = sys.argv[1:]
    words = sorted(set(planted_words(tour)))
    dumps = {}
    for name in ("during", "after"):
        path = os.path.join(out, "tour", name + ".memory")
        with open(path, "rb") as file:
            dumps[name] = file.read()
        os.unlink(path)  # hundreds of megabytes
    seen = [word for word in words if any(found_in(dumps["during"], word))]
    print(f"{len(words)} words typed; {len(seen)} in the {len(dumps['during']) >> 20} MiB of the dump during the visit")
    faults = [] if seen else ["nothing that was typed is in the dump during the visit: it proves nothing"]
    for word in words:
        faults += [f"after the visit: {where}" for where in found_in(dumps["after"], word)]
    for fault in faults:
        print("FAULT", fault)
    sys.exit(1 if faults else 0)


main()
