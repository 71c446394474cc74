#!/usr/bin/env python3
"""Words: every key that code names exists in English, and every key of English is named somewhere. Whether the languages
agree with English (keys, placeholders, plural forms) is tested through text::Words::lint() in app_words_test.cpp."""
import glob
import json
import os
import re
import sys

# Keys that code puts together: a prefix in code, the rest from data or from an enumeration.
COMPOSED = ("topic.", "duty.", "sorry.")


def named_keys(root):
    keys, prefixes = set(), set()
    for top in ("kiosk/screens", "kiosk/text", "kiosk/ui", "kiosk/visit", "kiosk/receipts", "kiosk/app"):
        for path in glob.glob(os.path.join(root, top, "*.cpp")) + glob.glob(os.path.join(root, top, "*.h")):
            with open(path, encoding="utf-8") as file:
                text = file.read()
            keys |= set(re.findall(r'"([a-z][a-z_]*(?:\.[a-z0-9_]+)+)"', text))
            prefixes |= set(re.findall(r'"([a-z][a-z_]*(?:\.[a-z0-9_]+)*\.)"', text))
    return keys, prefixes


def main():
    root = sys.argv[1] if len(sys.argv) > 1 else "."
    with open(os.path.join(root, "assets/words/en.json"), encoding="utf-8") as file:
        english = {key for key in json.load(file) if key != "_meta"}
    keys, prefixes = named_keys(root)
    namespaces = {key.split(".")[0] for key in english}
    stems = {key.rsplit(".", 1)[0] for key in english}
    faults = [f"{key}: named in code, missing in en.json" for key in sorted(keys - english)
              if key.split(".")[0] in namespaces and key not in stems]
    for key in sorted(english - keys):
        composed = key.startswith(COMPOSED) or any(key.startswith(prefix) for prefix in prefixes) or key.rsplit(".", 1)[0] in keys
        if not composed:
            faults.append(f"{key}: in en.json, named nowhere")
    for fault in faults:
        print(fault)
    print(f"{len(english)} keys, {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
