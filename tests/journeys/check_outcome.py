#!/usr/bin/env python3
"""After a tour: check_outcome.py SANDBOX_URL OUT TOUR SOURCE. Every receipt's QR is read by zbarimg; the sandbox's ledger has no
broken client rule, as many confirmed bookings as the kiosk says, and each report that the kiosk calls sent exactly once; and the
counts of the gap report hold no word that was typed; every appointment has its calendar file."""
import glob
import json
import os
import re
import subprocess
import sys
import urllib.request


def qr_faults(out):
    for path in sorted(glob.glob(os.path.join(out, "tour", "receipts", "*.png"))):
        read = subprocess.run(["zbarimg", "-q", "--raw", path], capture_output=True, text=True)
        if read.returncode != 0 or not read.stdout.strip():
            yield f"{path}: no QR code could be read"
        else:
            print(f"{os.path.basename(path)}: {read.stdout.strip()}")


def kioskctl(out, *arguments):
    return subprocess.run([os.environ["KIOSKCTL"], *arguments, "--config", os.path.join(out, "demo.toml")], capture_output=True, text=True)


def concept_ids(source):
    for path in glob.glob(os.path.join(source, "assets", "search", "*.txt")):
        with open(path, encoding="utf-8") as file:
            yield from re.findall(r"^concept (\S+)$", file.read(), re.M)


def gap_faults(out, tour, source):
    report = kioskctl(out, "gaps", "--json")
    if report.returncode != 0:
        yield "kioskctl gaps: " + report.stderr.strip()
        return
    gaps = json.loads(report.stdout)
    counted = gaps["left_out"] + sum(row["nothing"] + row["weak"] for row in gaps["rows"])
    print(f"{counted} searches without an answer counted")
    with open(tour, encoding="utf-8") as file:
        typed = " ".join(step["type"] for step in json.load(file) if isinstance(step.get("type"), str))
    if os.path.basename(tour) == "search-nothing.json" and counted == 0:
        yield "searches found nothing, and none was counted"
    held = b"".join(open(path, "rb").read() for path in glob.glob(os.path.join(out, "**", "gaps.db*"), recursive=True)).lower()
    ids = " ".join(concept_ids(source))
    for word in set(re.findall(r"\w{5,}", typed.lower())):
        if word not in ids and word.encode() in held:
            yield f"gaps.db holds a word that was typed: {word}"


def ledger_faults(url, out):
    with urllib.request.urlopen(url + "/sandbox/ledger") as answer:
        ledger = json.load(answer)
    for violation in ledger["violations"]:
        yield f"the client broke a rule: {violation}"
    confirmed = sum(1 for booking in ledger["bookings"] if booking["status"] == "confirmed")
    print(f"{confirmed} confirmed bookings in the ledger")
    journal = kioskctl(out, "promises", "list", "--json")
    if journal.returncode != 0:
        yield "kioskctl promises list: " + journal.stderr.strip()
        return
    promises = json.loads(journal.stdout)
    said = sum(1 for promise in promises if promise["state"] == "confirmed")
    if said != confirmed:
        yield f"the kiosk says {said} confirmed, the back ends hold {confirmed}"
    yield from report_faults(promises, ledger)
    yield from calendar_faults(promises, out)


def calendar_faults(promises, out):
    files = [open(path, encoding="utf-8", newline="").read().replace("\r\n ", "") for path in glob.glob(os.path.join(out, "calendar", "*.ics"))]
    for promise in promises:
        if promise["kind"] != "booking" or promise["state"] not in ("confirmed", "cancelled"):
            continue
        own = [text for text in files if f"UID:{promise['id']}@" in text]
        if len(own) != 1:
            yield f"booking {promise['id']} has {len(own)} calendar files"
        elif ("STATUS:CANCELLED" in own[0]) != (promise["state"] == "cancelled"):
            yield f"the calendar file of booking {promise['id']} does not say {promise['state']}"


def report_faults(promises, ledger):
    held = [report["reference"] for report in ledger["reports"]]
    print(f"{len(held)} reports in the ledger")
    for promise in promises:
        if promise["kind"] != "report":
            continue
        times = held.count(promise["reference"])
        if promise["open"]:
            yield f"report {promise['id']} is left open: {promise['state']}"
        if times != (1 if promise["state"] == "sent" else 0):
            yield f"report {promise['id']} is {promise['state']}, and the back ends hold it {times} times"


def main():
    url, out, tour, source = sys.argv[1:5]
    faults = list(qr_faults(out)) + list(ledger_faults(url, out)) + list(gap_faults(out, tour, source))
    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
