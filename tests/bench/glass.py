"""A panel without a panel: Xvfb, and an eye on its framebuffer that sees what a resident would see, and when."""
import mmap
import os
import struct
import subprocess
import time

WIDTH, HEIGHT = 1920, 1080


class Glass:
    """Xvfb at 1920x1080x24 whose framebuffer is a file (xwd format: big-endian header, then rows of 4 bytes a pixel)."""

    def __init__(self, folder):
        os.makedirs(folder, exist_ok=True)
        reading, writing = os.pipe()
        self.server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{WIDTH}x{HEIGHT}x24", "-fbdir", folder, "-nolisten", "tcp",
             "-noreset"], pass_fds=[writing], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(writing)
        with os.fdopen(reading) as pipe:
            number = pipe.readline().strip()
        if not number:
            raise RuntimeError("Xvfb did not start")
        self.display = ":" + number
        with open(os.path.join(folder, "Xvfb_screen0"), "rb") as file:
            self.memory = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        header = struct.unpack(">25I", self.memory[:100])
        self.start = header[0] + header[19] * 12
        self.stride = header[12]

    def close(self):
        self.server.terminate()
        self.server.wait()

    def look(self):
        """Some of the picture: every 36th row, whole rows, so that a line of text does not slip through."""
        return b"".join(self.memory[self.start + y * self.stride:self.start + y * self.stride + WIDTH * 4]
                        for y in range(18, HEIGHT, 36))

    @staticmethod
    def has_content(picture):
        """Not one colour, as an empty screen and a page before its content are."""
        return len(set(memoryview(picture).cast("I")[::7])) > 3

    def watch(self, begin, still=2.0, patience=60.0):
        """(seconds from `begin` to the first content, to the last change before `still` seconds of none)."""
        last, first, changed = None, None, begin
        while time.monotonic() - begin < patience:
            picture = self.look()
            now = time.monotonic()
            if picture != last:
                last, changed = picture, now
                if first is None and self.has_content(picture):
                    first = now
            elif first is not None and now - changed > still:
                return first - begin, changed - begin
            time.sleep(0.004)
        raise RuntimeError("nothing came to rest on the screen")

    def picture_ppm(self, path):
        with open(path, "wb") as file:
            file.write(b"P6 %d %d 255\n" % (WIDTH, HEIGHT))
            for y in range(HEIGHT):
                row = bytearray(self.memory[self.start + y * self.stride:self.start + y * self.stride + WIDTH * 4])
                row[0::4], row[2::4] = row[2::4], row[0::4]
                del row[3::4]
                file.write(row)
