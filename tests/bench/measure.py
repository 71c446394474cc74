#!/usr/bin/env python3
"""Measures the kiosk beside a full-screen Chromium, and prints one table: measure.py SOURCE BIN [--runs N] [--idle S] [--only WHAT]…

Nothing here judges: goals are printed beside figures, and the exit status says only whether measuring worked."""
import argparse
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import time

import directory_work
from glass import Glass
from peer import FLAGS, Server
from processes import Program

PARTS = ("start", "memory", "idle", "frames", "directory")


class Bench:
    def __init__(self, arguments, work):
        self.arguments, self.work = arguments, pathlib.Path(work)
        self.bin = pathlib.Path(arguments.bin)
        self.assets = pathlib.Path(arguments.source) / "assets"
        self.log = open(self.work / "programs.log", "wb")
        self.rows = []
        self.glass, self.server = None, None

    def row(self, what, kiosk, unit, peer=None, goal=""):
        """Values in `unit`; the ratio is the kiosk's share of the peer's."""
        self.rows.append((what, kiosk, unit, peer, goal))
        ratio = f"{kiosk / peer:7.3f}" if peer else "      -"
        print(f"{what:<52} {kiosk:>10.3g} {f'{peer:10.3g}' if peer is not None else '         -'} {unit:<6} {ratio}  {goal}", flush=True)

    def show(self):
        if not self.glass:
            self.glass = Glass(str(self.work / "glass"))
            self.server = Server(self.assets)
        return dict(os.environ, DISPLAY=self.glass.display, SDL_AUDIODRIVER="dummy", KIOSK_ASSETS=str(self.assets))

    def kiosk(self, *more):
        env = self.show()
        return Program([str(self.bin / "civic-kiosk"), "--config", str(self.work / "demo.toml"), *more], env, self.log)

    def chromium(self):
        env = self.show()
        root = ["--no-sandbox"] if os.geteuid() == 0 else []
        profile = f"--user-data-dir={self.work / 'profile'}"
        return Program([shutil.which("chromium"), *FLAGS, *root, profile, self.server.url + "/"], env, self.log)

    def close(self):
        if self.glass:
            self.server.close()
            self.glass.close()
        self.log.close()

    # --- start to first interactive frame ---------------------------------------------------------------------------

    def start(self):
        runs = self.arguments.runs
        own, own_seen, own_rest, peer, peer_seen, peer_rest = [], [], [], [], [], []
        for number in range(runs + 1):  # the first of each warms the caches, and makes Chromium's profile
            own_word = self.own_word_of_first_frame()
            seen = self.seen(self.kiosk())
            program = self.chromium()
            peer_seen_now = self.seen(program, end=False)
            shown = self.server.await_shown("/", program.begin) - program.begin
            if number == 0:
                self.glass.picture_ppm(self.work / "chromium.ppm")
            self.end(program)
            if number > 0:
                own.append(own_word)
                own_seen.append(seen[0])
                own_rest.append(seen[1])
                peer.append(shown)
                peer_seen.append(peer_seen_now[0])
                peer_rest.append(peer_seen_now[1])
        median = statistics.median
        self.row(f"start to first interactive frame (n={runs})", median(own), "s", median(peer), "goal 0.333")
        self.row("  the same, seen on the glass", median(own_seen), "s", median(peer_seen))
        self.row("  start until the picture is at rest", median(own_rest), "s", median(peer_rest))
        self.row("  slowest first interactive frame", max(own), "s", max(peer))

    def own_word_of_first_frame(self, *more):
        with_what = more or ("--config", self.work / "demo.toml")
        done = subprocess.run([self.bin / "civic-kiosk", *with_what, "--exit-after-first-frame"], env=self.show(),
                              capture_output=True, text=True, timeout=60)
        said = re.search(r"first frame after (\d+) ms", done.stdout)
        if not said:
            raise RuntimeError("civic-kiosk --exit-after-first-frame: " + done.stderr.strip())
        return int(said.group(1)) / 1000

    def seen(self, program, end=True):
        seen = self.glass.watch(program.begin, still=1.5)
        if end:
            self.end(program)
        return seen

    def end(self, program):
        program.end()
        deadline = time.monotonic() + 10
        while self.glass.has_content(self.glass.look()) and time.monotonic() < deadline:
            time.sleep(0.05)

    # --- memory and idling ------------------------------------------------------------------------------------------

    def settled(self, program):
        self.glass.watch(program.begin, still=1.5)
        program.wait_until_quiet()
        time.sleep(5)
        return program.pss_mib()

    def idle_share(self, program):
        before, begin = program.cpu_seconds(), time.monotonic()
        time.sleep(self.arguments.idle)
        return 100 * (program.cpu_seconds() - before) / (time.monotonic() - begin)

    def memory_and_idle(self, memory, idle):
        program = self.kiosk()
        own, own_processes = self.settled(program), len(program.members())
        own_idle = self.idle_share(program) if idle else None
        self.end(program)
        program = self.chromium()
        peer, peer_processes = self.settled(program), len(program.members())
        peer_idle = self.idle_share(program) if idle else None
        peer_after = self.after_visits_of_chromium(program) if memory else None
        self.end(program)
        if memory:
            self.row(f"memory (PSS), start page, {own_processes} / {peer_processes} processes", own, "MiB", peer, "goal 0.25")
            self.row("memory (PSS), back on the start page after visits", self.after_visits(), "MiB", peer_after, "goal 0.25")
        if idle:
            self.row(f"processor when idle for {self.arguments.idle} s", own_idle, "% core", peer_idle, "goal < 0.3 %")

    def after_visits_of_chromium(self, program):
        subprocess_begin = time.monotonic()
        # Another window of the same browser would not do: the running one is asked to go.
        root = ["--no-sandbox"] if os.geteuid() == 0 else []
        subprocess.run([shutil.which("chromium"), *root, f"--user-data-dir={self.work / 'profile'}", self.server.url + "/visit/0"],
                       env=self.show(), stdout=self.log, stderr=self.log, timeout=60, check=False)
        self.server.await_shown("/visit/20", subprocess_begin, 90)
        self.server.await_shown("/", subprocess_begin, 60)
        program.wait_until_quiet()
        time.sleep(5)
        return program.pss_mib()

    # --- touch to frame ---------------------------------------------------------------------------------------------

    def visits(self, *more):
        done = subprocess.run([self.bin / "bench_frames", "--config", self.work / "demo.toml", "--script",
                               pathlib.Path(self.arguments.source) / "tests/bench/visit.json", "--visits",
                               str(self.arguments.visits), *more], env=self.show(), capture_output=True, text=True, timeout=900)
        if done.returncode != 0:
            raise RuntimeError(f"bench_frames {' '.join(more)}: {done.stderr.strip()}")
        return done.stdout

    def after_visits(self):
        return int(re.search(r"pss_kb=(\d+)", self.visits("--on-display")).group(1)) / 1024

    def frames(self):
        pages = []
        for language, size in (("en", "1920x1080"), ("ar", "1920x1080"), ("en", "1080x1920")):
            text = self.visits("--language", language, "--size", size)
            for kind, label in (("touch-to-frame", "touch to frame"), ("taps-and-keys", "  without scrolling"),
                                ("taps-and-keys-cpu", "  processor time of these")):
                said = re.search(kind + r" frames=(\d+) p50=([\d.]+) p99=([\d.]+) max=([\d.]+) over16=(\d+)", text)
                number, p50, p99, longest, over = said.groups()
                where = f"{label}, {language} {size}"
                self.row(f"{where}, p50 of {number}", float(p50), "ms")
                self.row(f"{where}, p99", float(p99), "ms", None, "goal < 16")
                self.row(f"{where}, longest ({over} over 16)", float(longest), "ms")
            pages.append(f"\nTouch to frame by page, {language} {size}, {self.arguments.visits} visits; ms\n" + text)
        self.pages = "".join(pages)


def main():
    parser = argparse.ArgumentParser(description="Measures the kiosk beside a full-screen Chromium.")
    parser.add_argument("source")
    parser.add_argument("bin")
    parser.add_argument("work", help="a folder with demo.toml, whose directory is filled")
    parser.add_argument("--runs", type=int, default=7, help="starts of each program")
    parser.add_argument("--idle", type=int, default=60, help="seconds")
    parser.add_argument("--visits", type=int, default=5, help="how often the frames' visit is made")
    parser.add_argument("--only", action="append", choices=PARTS, help="this part alone; may be repeated")
    arguments = parser.parse_args()
    parts = arguments.only or PARTS
    load = os.getloadavg()[0]
    print(f"{os.cpu_count()} processors, load {load:.1f} before" + ("; BUSY: these figures are of a loaded machine" if load > 0.7 else ""))
    print(f"{'':<52} {'kiosk':>10} {'peer':>10} {'':<6} {'ratio':>7}")
    bench = Bench(arguments, arguments.work)
    bench.pages = ""
    try:
        if "start" in parts:
            bench.start()
        if "memory" in parts or "idle" in parts:
            bench.memory_and_idle("memory" in parts, "idle" in parts)
        if "frames" in parts:
            bench.frames()
        if "directory" in parts:
            directory_work.measure(bench)
    except RuntimeError as error:
        print(f"tests/bench: {error}", file=sys.stderr)
        return 1
    finally:
        bench.close()
    print(bench.pages)
    return 0


if __name__ == "__main__":
    sys.exit(main())
