#!/usr/bin/env python3
"""The dependency test of the architecture: every #include of ours goes the way that the layout allows, no folder includes
another's private header, no cycles, and each C library is included by one folder only.

A header is private when its own folder's README or its first comment says "Private to" the folder."""
import os
import re
import sys

# What each folder may include. core may include nothing of ours.
VALUES = {"directory", "search", "areas", "promises", "receipts", "settings"}
ALLOWED = {
    "core": set(),
    "work": {"core"},
    "store": {"work", "core"},
    "net": {"work", "core"},
    "settings": {"store", "net", "work", "core"},
    "text": {"core"},
    "directory": {"store", "net", "work", "core"},
    "search": {"directory", "store", "net", "work", "core"},
    "areas": {"store", "net", "work", "core"},
    "promises": {"store", "net", "work", "core"},
    "receipts": {"text", "store", "net", "work", "core"},
    "visit": VALUES | {"core"},
    "ui": {"text", "core"},
    "screens": {"ui", "text", "visit", "core"} | VALUES,
    "drivers/printer": {"work", "core"},
    "drivers/scanner": {"core"},
    "app": None,  # everything
}
# Screens see values through visit; what they may never reach:
FORBIDDEN_HEADERS = {"screens": re.compile(r"kiosk/(directory/(sync|import|directory)|promises/(journal|booking_desk|report_desk|backend|report_backend|code_lookup|zms|fhir|open311))")}
ONLY_IN = {
    "sqlite3.h": "store", "curl/curl.h": "net", "imgui.h": "ui", "SDL.h": "ui", "SDL2/SDL.h": "ui",
}


def folder_of(path):
    parts = path.split("/")
    return "/".join(parts[:2]) if parts[0] == "drivers" else parts[1]


def includes(path):
    with open(path, encoding="utf-8") as file:
        text = file.read()
    return re.findall(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]', text, re.M), text


def sources(root):
    for top in ("kiosk", "drivers"):
        for folder, _, names in os.walk(os.path.join(root, top)):
            for name in sorted(names):
                if name.endswith((".h", ".cpp")):
                    yield os.path.relpath(os.path.join(folder, name), root)


def is_private(root, header):
    path = os.path.join(root, header)
    if not os.path.exists(path):
        return False
    with open(path, encoding="utf-8") as file:
        comment = "".join(line for line in file.readlines()[:8] if line.startswith("//"))
    return bool(re.search(r"Private to|Private\.", comment))


def faults_of(root, path, graph):
    mine = folder_of(path)
    if mine not in ALLOWED:
        yield f"{path}: the folder {mine} is not part of the architecture"
        return
    found, _ = includes(os.path.join(root, path))
    for name in found:
        if name in ONLY_IN and ONLY_IN[name] != mine:
            yield f"{path}: includes {name}, which belongs to {ONLY_IN[name]} alone"
        if not name.startswith(("kiosk/", "drivers/")):
            continue
        other = folder_of(name)
        if not os.path.exists(os.path.join(root, name)):
            yield f"{path}: includes {name}, which does not exist"
        if other == mine:
            continue
        graph.setdefault(mine, set()).add(other)
        if ALLOWED[mine] is not None and other not in ALLOWED[mine]:
            yield f"{path}: {mine} may not depend on {other} ({name})"
        if is_private(root, name):
            yield f"{path}: {name} is private to {other}"
        if mine in FORBIDDEN_HEADERS and FORBIDDEN_HEADERS[mine].search(name):
            yield f"{path}: {mine} may not include {name}"


def cycle(graph):
    done, path = set(), []

    def visit(node):
        if node in path:
            return path[path.index(node):] + [node]
        if node in done:
            return None
        path.append(node)
        for other in sorted(graph.get(node, ())):
            found = visit(other)
            if found:
                return found
        path.pop()
        done.add(node)
        return None

    for node in sorted(graph):
        found = visit(node)
        if found:
            return found
    return None


def main():
    root = sys.argv[1] if len(sys.argv) > 1 else "."
    graph, faults, files = {}, [], 0
    for path in sources(root):
        files += 1
        faults += list(faults_of(root, path, graph))
    ring = cycle(graph)
    if ring:
        faults.append("a cycle: " + " -> ".join(ring))
    for fault in faults:
        print(fault)
    print(f"{files} files, {len(faults)} faults")
    return 1 if faults or files < 50 else 0


if __name__ == "__main__":
    sys.exit(main())
