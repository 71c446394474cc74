"""Import, sync and search. The peer reads the same files with Python's json module into an SQLite FTS5 index, and asks that."""
import json
import os
import pathlib
import re
import sqlite3
import statistics
import subprocess
import time


def real_data(source):
    given = os.environ.get("KIOSK_SHARED_DATA")
    return pathlib.Path(given) if given else pathlib.Path(source).parent / "shared" / "data"


def percentile(values, share):
    values = sorted(values)
    return values[min(len(values) - 1, int(share * len(values)))]


def timed(command, **more):
    begin = time.monotonic()
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, **more)
    took = time.monotonic() - begin
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(map(str, command))}: {done.stderr.strip()}")
    return took, done.stdout


def records(file):
    content = json.loads(file.read_text())
    while isinstance(content, dict):
        content = next(value for value in content.values() if isinstance(value, (list, dict)))
    return content


def fts5_import(files, path):
    begin = time.monotonic()
    table = sqlite3.connect(path)
    table.execute("CREATE VIRTUAL TABLE service USING fts5(name, description, tokenize='porter unicode61')")
    for file in files:
        table.executemany("INSERT INTO service VALUES(?, ?)",
                          ((record.get("name") or "", record.get("description") or "") for record in records(file)))
    table.commit()
    return time.monotonic() - begin, table


def fts5_search(table, queries):
    took = []
    for query in queries:
        words = re.findall(r"\w+", query)
        begin = time.perf_counter()
        table.execute("SELECT name FROM service WHERE service MATCH ? ORDER BY rank LIMIT 20",
                      (" OR ".join(f'"{word}"' for word in words),)).fetchall()
        took.append(1000 * (time.perf_counter() - begin))
    return took


def queries_of(data):
    """The judged queries; None where there are none."""
    file = data / "search" / "judgements-dev.tsv"
    if not file.exists():
        return None
    return sorted({line.split("\t")[0] for line in file.read_text().splitlines()[1:] if re.search(r"\w", line.split("\t")[0])})


def measure_sync(bench):
    times = []
    for run in range(3):
        folder = bench.work / f"sync-{run}"
        took, said = timed([bench.bin / "kioskctl", "sync", "--config", bench.work / "demo.toml", "--data-dir", folder])
        times.append(took)
    seen = sum(int(n) for n in re.findall(r"seen (\d+)", said))
    bench.row(f"sync of the demo region, {seen} services, 6 feeds", statistics.median(times), "s")


def measure(bench):
    measure_sync(bench)
    data = real_data(bench.arguments.source)
    files = sorted((data / "oruk-bristol-northlincs").glob("*.json"))
    if not files:
        print("import and search of real dumps: skipped, no real data")
        return
    folder, took, seen = bench.work / "real", 0, 0
    for file in files:
        one, said = timed([bench.bin / "kioskctl", "import", "--data-dir", folder, "--source", file.stem.split("_")[0], file])
        took += one
        seen += int(re.search(r"seen (\d+)", said).group(1))
    peer_took, table = fts5_import(files, ":memory:")
    bench.row(f"import of {len(files)} real dumps, {seen} services", took, "s", peer_took, "peer: json, FTS5")
    starts = [bench.own_word_of_first_frame("--data-dir", folder) for _ in range(3)]
    bench.row(f"start to first frame with these {seen} services", statistics.median(starts), "s")
    queries = queries_of(data)
    if not queries:
        print("search over real dumps: skipped, no judged queries")
        return
    _, said = timed([bench.bin / "kioskctl", "search", "--data-dir", folder, "--batch", "-"], input="\n".join(queries) + "\n")
    own = [json.loads(line)["ms"] for line in said.splitlines()]
    peer = fts5_search(table, queries)
    bench.row(f"search over them, {len(own)} queries, p50", percentile(own, 0.5), "ms", percentile(peer, 0.5), "peer: FTS5")
    bench.row("  p99", percentile(own, 0.99), "ms", percentile(peer, 0.99))
    bench.row("  longest", max(own), "ms", max(peer))
