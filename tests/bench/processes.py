"""A program with all its helpers: memory and processor use, from /proc."""
import os
import signal
import subprocess
import time


def read(path):
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError:  # it has ended
        return b""


class Program:
    """Started in a session of its own; `members()` are its descendants and whatever else is in that session."""

    def __init__(self, command, env, log):
        self.begin = time.monotonic()
        self.process = subprocess.Popen(command, env=env, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)

    def members(self):
        parents, sessions = {}, {}
        for name in os.listdir("/proc"):
            if not name.isdigit():
                continue
            fields = read(f"/proc/{name}/stat").rpartition(b")")[2].split()
            if len(fields) > 4:
                parents[int(name)], sessions[int(name)] = int(fields[1]), int(fields[3])
        known = {pid for pid, session in sessions.items() if session == self.process.pid} | {self.process.pid}
        while True:
            more = {pid for pid, parent in parents.items() if parent in known} - known
            if not more:
                return known
            known |= more

    def pss_mib(self):
        """Proportional set size: shared pages count by their share, so that nothing counts twice."""
        total = 0
        for pid in self.members():
            for line in read(f"/proc/{pid}/smaps_rollup").splitlines():
                if line.startswith(b"Pss:"):
                    total += int(line.split()[1])
        return total / 1024

    def cpu_seconds(self):
        """User and system time of every task, in the scheduler's own nanoseconds."""
        total = 0
        for pid in self.members():
            try:
                tasks = os.listdir(f"/proc/{pid}/task")
            except OSError:
                continue
            for task in tasks:
                fields = read(f"/proc/{pid}/task/{task}/schedstat").split()
                total += int(fields[0]) if fields else 0
        return total / 1e9

    def wait_until_quiet(self, patience=60):
        """Until it has used under a hundredth of a core for two seconds: start-up work is over."""
        end = time.monotonic() + patience
        while time.monotonic() < end:
            before = self.cpu_seconds()
            time.sleep(2)
            if self.cpu_seconds() - before < 0.02:
                return

    def end(self):
        for pid in self.members():
            try:
                os.kill(pid, signal.SIGTERM)
            except OSError:
                pass
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        for _ in range(50):
            left = self.members() - {self.process.pid}
            if not left:
                return
            time.sleep(0.1)
        for pid in left:
            try:
                os.kill(pid, signal.SIGKILL)
            except OSError:
                pass
