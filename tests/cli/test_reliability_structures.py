"""Bad structures: each has an outcome, the table of docs/reliability.md."""

import bz2
import gzip
import io
import lzma
import os
import re
import tarfile
import threading
import unittest

import h5py

from program import ProgramTest, cif_text, pdb, pdb_text, random_atoms

FAST = ["--types", "residue-cb", "--bins", "seed"]
ATOMS = random_atoms(1, "A")
GOOD = pdb_text(ATOMS)


def with_columns(text, line, first, replacement):
    """Replaces columns, counted from 1, of the line-th ATOM record."""
    lines = text.splitlines()
    old = lines[line]
    lines[line] = old[:first - 1] + replacement + old[first - 1 + len(replacement):]
    return "\n".join(lines) + "\n"


class Structures(ProgramTest):
    def extract(self, *names, options=()):
        """@returns the sites by id of what was counted, and the reasons of what was not."""
        self.write("zz-good.pdb", pdb(99))
        done = self.run_program("extract", *names, "zz-good.pdb", "-o", "c.h5", *FAST, *options)
        with h5py.File(self.path("c.h5")) as file:
            sites = dict(zip([i.decode() for i in file["structures/id"]],
                             file["structures/sites"][:].tolist()))
            skipped = dict(zip([i.decode() for i in file["skipped/id"]],
                               [r.decode() for r in file["skipped/reason"]]))
        self.assertEqual(sites.pop("zz-good.pdb"), 22)
        for name in skipped:
            self.assertIn(os.path.basename(name), done.stderr)
        return sites, skipped

    def test_skipped_with_the_reason(self):
        cases = {
            "blank.pdb": (with_columns(GOOD, 5, 31, " " * 24), "coordinate"),
            "stars.pdb": (with_columns(GOOD, 5, 31, "********"), "coordinate"),
            "x.pdb": (with_columns(GOOD, 5, 31, "   X.XXX"), "coordinate"),
            "nan.pdb": (with_columns(GOOD, 5, 39, "     nan"), "coordinate"),
            "inf.pdb": (with_columns(GOOD, 5, 47, "     inf"), "coordinate"),
            "empty.pdb": ("", "empty"),
            "empty.cif": ("", "empty"),
            "blank-lines.pdb": ("\n\n\n", "no atoms"),
            "page.cif": ("<!DOCTYPE html>\n<html><body>404 Not Found</body></html>\n", "mmCIF"),
            "page.pdb": ("<!DOCTYPE html>\n<html><body>404 Not Found</body></html>\n", "no atoms"),
            "cut.pdb": (GOOD[:2000].rsplit("\n", 1)[0] + "\nATOM     90  N   ALA A  20      1", "coordinate"),
            "nul.pdb": (GOOD[:500] + "\0" + GOOD[501:], "NUL"),
            "only-dna.pdb": (re.sub(r"(?m)^(ATOM.{13})...", r"\1 DA", GOOD), "no site"),
            "nan.cif": (cif_text(ATOMS).replace(f"{ATOMS[5][4]:.3f}", "nan", 1), "oordinate"),
            "unknown.cif": (re.sub(r"(?m)^(ATOM 5 .*?) \? \S+", r"\1 ? ?", cif_text(ATOMS)),
                            "oordinate"),
            "no-columns.cif": ("data_x\nloop_\n_atom_site.id\n1\n", "no column"),
            "wide.pdb": (with_columns(GOOD, 5, 31, "9999999.9"), "coordinate"),
            "far.cif": (cif_text([(*a[:4], a[4] + 3e6, *a[5:]) for a in ATOMS]), "beyond"),
        }
        for name, (text, _) in cases.items():
            self.write(name, text)
        sites, skipped = self.extract(*cases)
        for name, (_, reason) in cases.items():
            with self.subTest(name):
                self.assertIn(reason, skipped.get(name, "(counted)"))
                self.assertNotIn(name, sites)

    def test_counted(self):
        shift = [(n, r, c, i, x + 1e6, y - 1e6, z) for n, r, c, i, x, y, z in ATOMS]
        twice = GOOD.replace("TER\n", "").replace("END\n", "")
        cases = {
            "crlf.pdb": (pdb(3).replace("\n", "\r\n"), 22),
            "ends.pdb": (pdb(4) + "END\nEND\n", 22),
            "atoms-twice.pdb": (twice + twice.splitlines()[3] + "\nTER\nEND\n", 22),
            "latin.pdb": (b"REMARK   1 caf\xe9 \xff\xfe\n" + pdb(5).encode(), 22),
            "name with spaces \xe9.pdb": (pdb(2), 22),
            "far.cif": (cif_text(shift), 22),
            "no-end.pdb": (pdb(6).split("TER")[0], 22),
            # Without N and C no CB can be placed; the two GLY stand on their CA.
            "ca-only.pdb": (pdb_text([atom for atom in random_atoms(7, "A") if atom[0] == "CA"]), 2),
            "some-dna.pdb": (pdb(8).replace("ALA", " DA").replace("MET", " DT"), 19),
        }
        for name, (text, _) in cases.items():
            self.write(name, text)
        sites, skipped = self.extract(*cases)
        for name, (_, expected) in cases.items():
            with self.subTest(name):
                self.assertEqual(sites.get(name), expected, skipped.get(name))

    def test_models_with_different_atoms(self):
        first, second = random_atoms(3, "A"), [a for a in random_atoms(4, "A") if a[3] <= 8]
        strip = lambda atoms: pdb_text(atoms).replace("END\n", "")
        self.write("m.pdb", "MODEL        1\n" + strip(first) + "ENDMDL\nMODEL        2\n" +
                   strip(second) + "ENDMDL\nEND\n")
        sites, _ = self.extract("m.pdb", options=["--models", "all"])
        self.assertEqual(sites["m.pdb#1"], 22)
        self.assertEqual(sites["m.pdb#2"], 8)

    def test_names_of_bytes_that_are_no_text(self):
        path = os.path.join(self.folder.encode(), b"set", b"\xff\xfe.pdb")
        os.mkdir(self.path("set"))
        with open(path, "w") as file:
            file.write(GOOD)
        self.run_program("extract", "set", "-o", "c.h5", *FAST)
        self.run_program("extract", "set", "-o", "c.h5", "--append", *FAST)
        with h5py.File(self.path("c.h5")) as file:
            self.assertEqual(len(file["structures/id"]), 1)
            self.assertEqual(len(file["skipped/id"]), 0)

    def test_a_name_with_a_line_end_stays_one_line(self):
        self.write("a\nb\x1b[31m.pdb", "")
        done = self.run_program("extract", "a\nb\x1b[31m.pdb", "-o", "c.h5", *FAST, status=1)
        self.assertEqual(len(done.stderr.splitlines()), 2, done.stderr)
        self.assertNotIn("\x1b", done.stderr)

    def test_a_gz_cut_anywhere_is_never_counted_in_part(self):
        packed = gzip.compress(GOOD.encode(), mtime=0)
        names = []
        for size in range(0, len(packed), 7):
            names.append(f"cut{size:05d}.pdb.gz")
            with open(self.path(names[-1]), "wb") as file:
                file.write(packed[:size])
        sites, skipped = self.extract(*names)
        self.assertEqual(sites, {})
        self.assertEqual(sorted(skipped), names)

    def test_a_damaged_archive_is_never_counted_in_part(self):
        buffer = io.BytesIO()
        with tarfile.open(fileobj=buffer, mode="w") as tar:
            for i in range(3):
                data = pdb(i).encode()
                info = tarfile.TarInfo(f"m{i}.pdb")
                info.size = len(data)
                tar.addfile(info, io.BytesIO(data))
        data = buffer.getvalue()
        member = 512 + (len(pdb(0)) + 511) // 512 * 512
        for size in (10, 512, 700, member - 1, member + 300, member + 600, 2 * member + 600):
            with self.subTest(size):
                self.write("x.tar", data[:size])
                sites, skipped = self.extract("x.tar")
                self.assertEqual(sorted(sites), [f"x.tar:m{i}.pdb" for i in range(size // member)])
                self.assertTrue(all(count == 22 for count in sites.values()))
                self.assertIn("x.tar", skipped)

    def test_things_that_are_no_files(self):
        os.mkdir(self.path("folder.pdb"))
        os.mkfifo(self.path("pipe.pdb"))
        os.symlink("nowhere", self.path("dangling.pdb"))
        sites, skipped = self.extract("folder.pdb", "dangling.pdb", "missing.pdb")
        self.assertEqual(sites, {})
        self.assertEqual(sorted(skipped), ["dangling.pdb", "folder.pdb", "missing.pdb"])

    def test_a_folder_with_a_pipe_does_not_wait_for_it(self):
        self.write("set/a.pdb", pdb(1))
        os.mkfifo(self.path("set/b.pdb"))
        sites, skipped = self.extract("set")
        self.assertEqual(list(sites), ["set/a.pdb"])
        self.assertIn("pipe", skipped["set/b.pdb"])

    def test_a_pipe_that_is_named_is_read(self):
        os.mkfifo(self.path("b.pdb"))
        writer = threading.Thread(target=self.write, args=("b.pdb", pdb(1)))
        writer.start()
        sites, _ = self.extract("b.pdb")
        writer.join()
        self.assertEqual(sites, {"b.pdb": 22})

    def test_formats_that_are_not_read_are_named(self):
        for name, data, word in (("a.pdb.bz2", bz2.compress(GOOD.encode()), "bzip2"),
                                 ("b.cif.xz", lzma.compress(b"data_x"), "xz"),
                                 ("c.pdb", bz2.compress(GOOD.encode()), "bzip2"),
                                 ("d.pdb", GOOD.encode("utf-16"), "UTF-16"),
                                 ("e.pdb", GOOD.encode("utf-16-le"), "UTF-16"),
                                 ("f.pdb.gz", GOOD.encode("utf-16"), "UTF-16")):
            self.write(name, data)
            _, skipped = self.extract(name)
            self.assertIn(word, skipped[name])
        with tarfile.open(self.path("x.tar.bz2"), "w:bz2") as tar:
            tar.add(self.path("zz-good.pdb"), "a.pdb")
        _, skipped = self.extract("x.tar.bz2")
        self.assertIn("bzip2", skipped["x.tar.bz2"])
        self.write("list", "zz-good.pdb\n".encode("utf-16"))
        done = self.run_program("extract", "@list", "-o", "c.h5", status=1)
        self.assert_one_line(done, "list", "UTF-16")

    def test_what_follows_an_archive_is_told(self):
        for mode, name in (("w", "x.tar"), ("w:gz", "x.tar.gz")):
            with tarfile.open(self.path(name), mode) as tar:
                self.write("m.pdb", pdb(1))
                tar.add(self.path("m.pdb"), "m.pdb")
            for more in (b"garbage", self.read(name)):
                self.write("y" + name.replace(".gz", ".GZ"), self.read(name) + more)
                sites, skipped = self.extract("y" + name.replace(".gz", ".GZ"))
                self.assertEqual(len(sites), 1)
                self.assertIn("follows", skipped["y" + name.replace(".gz", ".GZ")])

    def test_no_permission(self):
        self.write("locked.pdb", GOOD)
        os.chmod(self.path("locked.pdb"), 0)
        if os.access(self.path("locked.pdb"), os.R_OK):
            self.skipTest("this user may read everything")
        sites, skipped = self.extract("locked.pdb")
        self.assertIn("ermission", skipped["locked.pdb"])

    def test_a_hundred_thousand_atoms(self):
        lines = []
        for i in range(20_400):
            x, y, z = i % 100 * 5.0, i // 100 % 100 * 5.0, i // 10000 * 5.0
            for k, name in enumerate(("N", "CA", "C", "O", "CB")):
                serial = 5 * i + k + 1
                number = f"{serial:5d}" if serial < 100_000 else hybrid36(serial - 100_000)
                lines.append(f"ATOM  {number}  {name:<3s} ALA {'ABC'[i // 9999]}{i % 9999 + 1:4d}    "
                             f"{x + k:8.3f}{y:8.3f}{z:8.3f}  1.00 20.00")
        self.write("large.pdb", "\n".join(lines) + "\nEND\n")
        sites, skipped = self.extract("large.pdb")
        self.assertEqual(sites.get("large.pdb"), 20_400, skipped)

    def test_a_list_of_50000_inputs(self):
        names = [self.write(f"in/{i:05d}.pdb", "") for i in range(20)]
        self.write("good.pdb", GOOD)
        self.write("list", "".join(f"{names[i % 20]}\n" for i in range(50_000)) + "good.pdb\n")
        self.run_program("extract", "@list", "-o", "c.h5", "-q", *FAST)
        with h5py.File(self.path("c.h5")) as file:
            self.assertEqual((len(file["structures/id"]), len(file["skipped/id"])), (1, 50_000))


def hybrid36(value):
    digits, text = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", ""
    value += 10 * 36 ** 4
    while value:
        text = digits[value % 36] + text
        value //= 36
    return text


class ParsersFolder(ProgramTest):
    def test_all_of_it_at_once(self):
        parsers = self.real("parsers")
        files = [os.path.join(folder, name) for folder, _, names in os.walk(parsers)
                 for name in names if re.search(r"\.(pdb|ent|cif|mmcif|mmtf|bcif)(\.gz)?$", name)]
        self.run_program("extract", parsers, "-o", "c.h5", "-q", "--models", "all")
        with h5py.File(self.path("c.h5")) as file:
            counted = [i.decode() for i in file["structures/id"]]
            skipped = dict(zip([i.decode() for i in file["skipped/id"]],
                               [r.decode() for r in file["skipped/reason"]]))
        self.assertTrue(all(skipped.values()))
        met = {re.sub(r"#\d+$", "", name) for name in [*counted, *skipped]}
        self.assertEqual(met, set(files))
        self.assertGreater(len(counted), 60)
        for name in skipped:
            self.assertTrue(name not in counted)


if __name__ == "__main__":
    unittest.main()
