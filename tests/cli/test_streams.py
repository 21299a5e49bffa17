"""Archives that come as a stream: standard input, a pipe with a name, HTTP."""

import functools
import http.server
import io
import os
import shutil
import subprocess
import tarfile
import threading
import unittest

import h5py
from program import PROGRAM, ProgramTest, pdb

OPTIONS = ("--types", "residue-cb", "-q")


def archive(names):
    content = io.BytesIO()
    with tarfile.open(fileobj=content, mode="w") as tar:
        for k, name in enumerate(names):
            text = pdb(k, "AB").encode()
            member = tarfile.TarInfo(name)
            member.size = len(text)
            tar.addfile(member, io.BytesIO(text))
    return content.getvalue()


class Server(http.server.ThreadingHTTPServer):
    """Serves a folder on this machine. A file that is asked for as NAME.cut stops
    half-way, though the header promises all of it."""

    class Handler(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_):
            pass

        def do_GET(self):
            if not self.path.endswith(".cut"):
                return super().do_GET()
            with open(os.path.join(self.directory, self.path[1:-4]), "rb") as file:
                content = file.read()
            self.send_response(200)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content[: len(content) // 2])

    def __init__(self, folder):
        super().__init__(("127.0.0.1", 0), functools.partial(self.Handler, directory=folder))
        self.thread = threading.Thread(target=self.serve_forever)
        self.thread.start()

    def stop(self):
        self.shutdown()
        self.thread.join()
        self.server_close()


class Streams(ProgramTest):
    def setUp(self):
        super().setUp()
        self.names = [f"m/s{k:02d}.pdb" for k in range(12)]
        self.content = archive(self.names)
        with open(self.path("x.tar"), "wb") as file:
            file.write(self.content)
        self.run_program("extract", "x.tar", "-o", "file.h5", *OPTIONS)

    def pipe(self, content, *words):
        return subprocess.run([PROGRAM, *words], input=content, cwd=self.folder,
                              capture_output=True, timeout=60)

    def rows(self, name):
        with h5py.File(self.path(name)) as file:
            return ([i.decode() for i in file["structures/id"]],
                    [d.decode() for d in file["structures/sha256"]], file["counts"][()].tolist(),
                    [r.decode() for r in file["skipped/reason"]])

    def same_as_the_file(self, name, prefix):
        ids, digests, counts, skipped = self.rows(name)
        self.assertEqual(ids, [prefix + n for n in self.names])
        self.assertEqual((digests, counts, skipped), self.rows("file.h5")[1:])

    def test_standard_input(self):
        done = self.pipe(self.content, "extract", "tar:-", "-o", "in.h5", *OPTIONS)
        self.assertEqual((done.returncode, done.stderr), (0, b""))
        self.same_as_the_file("in.h5", "tar:-:")

    def test_a_file_as_standard_input_is_read_from_where_it_stands(self):
        with open(self.path("two.tar"), "wb") as file:
            file.write(b"header" + self.content)
        with open(self.path("two.tar"), "rb") as file:
            os.lseek(file.fileno(), 6, os.SEEK_SET)
            done = subprocess.run([PROGRAM, "extract", "tar:-", "-o", "in.h5", *OPTIONS],
                                  stdin=file, cwd=self.folder, timeout=60)
        self.assertEqual(done.returncode, 0)
        self.same_as_the_file("in.h5", "tar:-:")

    def test_shards_and_packed_archives(self):
        import gzip
        for k in (1, 2, 3):
            done = self.pipe(gzip.compress(self.content), "extract", "tar:-", "-o", f"{k}.h5",
                             "--shard", f"{k}/3", *OPTIONS)
            self.assertEqual(done.returncode, 0)
        self.run_program("merge", "1.h5", "2.h5", "3.h5", "-o", "in.h5")
        self.same_as_the_file("in.h5", "tar:-:")

    def test_a_pipe_with_a_name(self):
        os.mkfifo(self.path("p.tar"))
        writer = subprocess.Popen(["cp", "x.tar", "p.tar"], cwd=self.folder)
        self.run_program("extract", "p.tar", "-o", "in.h5", *OPTIONS)
        self.assertEqual(writer.wait(), 0)
        self.same_as_the_file("in.h5", "p.tar:")

    def test_scores(self):
        self.run_program("train", "file.h5", "-o", "rapdf.h5", "-q")
        table = self.run_program("score", "rapdf.h5", "x.tar", "--format", "tsv", "-q").stdout
        done = self.pipe(self.content, "score", "rapdf.h5", "tar:-", "--format", "tsv", "-q")
        self.assertEqual(done.stdout.decode().replace("tar:-:", "x.tar:"), table)

    def test_a_stream_that_ends_early(self):
        for size in (len(self.content) // 2, self.content.index(b"m/s06.pdb"), 700, 0):
            done = self.pipe(self.content[:size], "extract", "tar:-", "-o", "cut.h5", *OPTIONS)
            if size <= 700:
                self.assertEqual(done.returncode, 1)
                continue
            self.assertEqual(done.returncode, 0)
            ids, _, _, skipped = self.rows("cut.h5")
            self.assertEqual(ids, ["tar:-:" + n for n in self.names[: len(ids)]])
            self.assertGreaterEqual(len(ids), 3)
            self.assertLessEqual(len(ids), 6)
            self.assertEqual(len(skipped), 1)
            self.assertRegex(skipped[0], "cut short|breaks off")

    def test_standard_input_is_one_thing(self):
        done = self.pipe(self.content, "extract", "-", "tar:-", "-o", "x.h5", *OPTIONS)
        self.assertEqual(done.returncode, 2)
        self.assertIn(b"standard input can be read once", done.stderr)

    @unittest.skipUnless(shutil.which("curl"), "curl is not installed")
    def test_http(self):
        server = Server(self.folder)
        self.addCleanup(server.stop)
        url = f"http://127.0.0.1:{server.server_port}/x.tar"
        command = f"curl -s {{}} | {PROGRAM} extract tar:- -o {{}} {' '.join(OPTIONS)}"
        done = subprocess.run(command.format(url, "web.h5"), shell=True, cwd=self.folder, timeout=60)
        self.assertEqual(done.returncode, 0)
        self.same_as_the_file("web.h5", "tar:-:")
        subprocess.run(command.format(url + ".cut", "cut.h5"), shell=True, cwd=self.folder, timeout=60,
                       check=True)
        ids, digests, _, skipped = self.rows("cut.h5")
        self.assertEqual(digests, self.rows("file.h5")[1][: len(ids)])
        self.assertIn(len(ids), (5, 6))
        self.assertRegex(skipped[0], "cut short|breaks off")


if __name__ == "__main__":
    unittest.main()
