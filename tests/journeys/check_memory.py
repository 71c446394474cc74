#!/usr/bin/env python3
"""check_memory.py OUT TOUR: of what a tour types "backwards", each word stands in a dump of the process taken during the visit
("during-…"), and none in the one taken "after" them: not its first letters either, as each key makes a copy of what is
typed so far; in UTF-8, UTF-16 or UTF-32, in letters as typed, in small ones or in capitals."""
import glob
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
    beginning = word[:SHORTEST]
    for spelt in {beginning, beginning.lower(), beginning.upper()}:
        for encoding in ("utf-8", "utf-16-le", "utf-32-le"):
            at = dump.find(spelt.encode(encoding))
            if at >= 0:
                yield f"{spelt} in {encoding}, {dump.count(spelt.encode(encoding))} times; first among {dump[max(at - 60, 0):at + 80]!r}"


def take_dump(path):
    with open(path, "rb") as file:
        dump = file.read()
    os.unlink(path)  # hundreds of megabytes
    return dump


def main():
    out, tour = sys.argv[1:]
    words = sorted(set(planted_words(tour)))
    unseen = set(words)
    faults = []
    for path in sorted(glob.glob(os.path.join(out, "tour", "*.memory"))):
        name = os.path.basename(path).removesuffix(".memory")
        dump = take_dump(path)
        for word in words:
            places = list(found_in(dump, word))
            if name == "after":
                faults += [f"after the visit: {place}" for place in places]
            elif places:
                unseen.discard(word)
    print(f"{len(words)} words typed; {len(words) - len(unseen)} in the dumps during the visits")
    faults += [f"{word} is in no dump during a visit: that it is gone later proves nothing" for word in sorted(unseen)]
    for fault in faults:
        print("FAULT", fault)
    sys.exit(1 if faults else 0)


main()
