"""Chains in contact: what is scored of them, and what is said when it is not."""

import csv
import gzip
import io
import json
import math
import unittest

from program import ProgramTest, pdb_text, random_atoms


def rows_of(tsv):
    return list(csv.DictReader(io.StringIO(tsv), delimiter="\t"))


def complex_text(seed, chains, apart=0):
    """Chains that begin 4 Å from each other, chain k moved by k times `apart` Å."""
    atoms, first = [], {}
    for n, r, c, i, x, y, z in random_atoms(seed, chains):
        x0, y0, z0 = first.setdefault(c, (x, y, z))
        k = chains.index(c)
        atoms.append((n, r, c, i, round(x - x0 + apart * k, 3), round(y - y0, 3),
                      round(z - z0 + 4 * k, 3)))
    return pdb_text(atoms)


class Complexes(ProgramTest):
    def setUp(self):
        super().setUp()
        for i in range(6):
            self.write(f"set/s{i}.pdb", complex_text(i, "A"))
        self.write("models/a.pdb", complex_text(50, "HLA"))
        self.write("models/b.pdb", complex_text(51, "HLA"))
        self.write("models/apart.pdb", complex_text(52, "HLA", 200))
        layout = ["--separations", "1-4,5+", "--bins", "half", "--pseudocount", "0.1"]
        self.run_program("extract", "set", "-o", "c.h5", "-q", *layout[:4])
        self.run_program("train", "c.h5", "-o", "chains.h5", "-q", *layout[4:])
        self.run_program("train", "c.h5", "-o", "both.h5", "-q", "--inter-as", "5+", *layout[4:])
        self.run_program("combine", "both.h5", "-o", "interface.h5", "--separations", "inter",
                         "--binary-digits", "8")

    def score(self, *words):
        return {row["model"]: row
                for row in rows_of(self.run_program("score", *words, "--format", "tsv", "-q").stdout)}

    def test_a_potential_that_says_nothing_of_interfaces_is_named_once(self):
        for words in (["score", "chains.h5", "models"],
                      ["report", "chains.h5", "models", "-o", "r.html"],
                      ["evaluate", "chains.h5", "--native", "models/a.pdb", "models", "--bootstrap", "0"]):
            said = self.run_program(*words).stderr
            self.assertEqual(said.count("potential has no class for pairs between chains"), 1, said)
            self.assertIn("models/a.pdb", said)
            self.assertNotIn("no class for pairs", self.run_program(
                *[word.replace("chains.h5", "both.h5") for word in words]).stderr)
        self.assertIn("no class for pairs between chains", self.read("r.html").decode())
        rows = json.loads(self.run_program("score", "chains.h5", "models", "--format", "json",
                                           "-q").stdout)
        for row in rows:
            touch = row["model"] != "models/apart.pdb"
            self.assertEqual(row["unscored_interfaces"], "H:L, L:A" if touch else "")
            self.assertEqual("chains that touch" in row["warnings"], touch)

    def test_between_and_interfaces_agree_to_the_last_digit(self):
        for potential in ("both.h5", "interface.h5"):
            self.score(potential, "models", "--interfaces", "i.tsv")
            rows = [row for row in rows_of(self.read("i.tsv").decode()) if row["model"] == "models/a.pdb"]
            self.assertEqual([(row["chain_1"], row["chain_2"]) for row in rows],
                             [("H", "L"), ("H", "A"), ("L", "A")])
            for row in rows:
                alone = self.score(potential, "models/a.pdb", "--between",
                                   f"{row['chain_1']}:{row['chain_2']}")["models/a.pdb"]
                self.assertEqual((alone["score"], alone["contacts"]), (row["score"], row["contacts"]))
                self.assertGreater(float(row["standard_error"]), 0)
            antibody = self.score(potential, "models", "--between", "H,L:A")["models/a.pdb"]
            self.assertEqual(float(antibody["score"]), float(rows[1]["score"]) + float(rows[2]["score"]))
            only = self.score(potential, "models/a.pdb", "--chains", "H,A", "--interfaces", "j.tsv")
            self.assertEqual(int(only["models/a.pdb"]["residues"]), 44)
            alone, = rows_of(self.read("j.tsv").decode())
            self.assertAlmostEqual(float(alone["score"]), float(rows[1]["score"]), places=8)
        total = self.score("interface.h5", "models")
        self.assertEqual(float(total["models/a.pdb"]["score"]), sum(float(row["score"]) for row in rows))
        self.assertEqual(float(total["models/apart.pdb"]["score"]), 0)

    def test_options_that_poses_do_not_take_are_refused(self):
        self.write("p.tsv", "qx\tqy\tqz\tqw\ttx\tty\ttz\n0\t0\t0\t1\t0\t0\t0\n0\t0\t0\t1\t1e8\t0\t0\n")
        self.write("r.pdb", complex_text(1, "H"))
        self.write("l.pdb", complex_text(2, "L"))
        words = ["score", "interface.h5", "--receptor", "r.pdb", "--ligand", "l.pdb", "--poses", "p.tsv"]
        for option in (["--top", "1"], ["--shard", "1/2"], ["--stream"], ["--min-plddt", "50"],
                       ["--between", "H:L"]):
            done = self.run_program(*words, *option, status=2)
            self.assert_one_line(done, option[0], "does not go with --poses")
        self.assert_one_line(self.run_program(*words, status=2), "pose 2: ", "2,000,000 Å")

    def test_a_model_of_one_chain_has_no_score_between_chains(self):
        self.write("one.pdb", complex_text(3, "A"))
        done = self.run_program("score", "interface.h5", "one.pdb", "models/a.pdb", "-q")
        self.assertIn("only one chain has sites", done.stdout)
        rows = self.score("interface.h5", "models", "--normalize", "contact")
        self.assertEqual(float(rows["models/apart.pdb"]["score"]), 0)
        for row in rows.values():
            self.assertGreaterEqual(float(row["standard_error"]), 0)

    def test_residues_of_low_plddt_touch_nothing(self):
        text = "".join(line[:60] + ("  10.00" if line[21] == "L" else "  90.00")[1:] + line[66:]
                       if line.startswith("ATOM") else line
                       for line in complex_text(50, "HL").splitlines(True))
        self.write("low.pdb", text)
        touching = self.run_program("score", "chains.h5", "low.pdb").stderr
        self.assertIn("no class for pairs between chains", touching)
        kept = self.run_program("score", "chains.h5", "low.pdb", "--min-plddt", "50", "--bfactor-is-plddt")
        self.assertNotIn("no class for pairs between chains", kept.stderr + kept.stdout)

    def test_evaluation_and_report_score_between_chains(self):
        self.run_program("evaluate", "both.h5", "--native", "models/a.pdb", "models", "--between", "H,L:A",
                         "--bootstrap", "0", "--per-model", "m.tsv", "-q")
        scores = self.score("both.h5", "models", "--between", "H,L:A")
        for row in rows_of(self.read("m.tsv").decode()):
            self.assertEqual(row["score"], scores[row["model"]]["score"])
        self.run_program("report", "both.h5", "models", "--between", "H,L:A", "-o", "r.html", "-q")

    def test_what_cannot_be_scored_between(self):
        self.assert_one_line(self.run_program("score", "chains.h5", "models", "--between", "H:A", status=2),
                             "--between", "no class for pairs between chains")
        for wrong in ("H", "H:", "H:H", "H:L:A"):
            self.assert_one_line(self.run_program("score", "both.h5", "models", "--between", wrong, status=2),
                                 "--between")
        self.write("models/lone.pdb", complex_text(60, "H"))
        done = self.run_program("score", "both.h5", "models", "--between", "H:A", "--format", "tsv")
        self.assertIn("no chain A", rows_of(done.stdout)[-1]["warnings"])
        self.assert_one_line(self.run_program("train", "c.h5", "-o", "x.h5", "--inter-as", "9+", status=2),
                             "9+", "1-4,5+")

    def test_the_recipe_says_which_class_judges_them(self):
        self.assertIn("5+/inter", self.run_program("query", "both.h5").stdout)
        self.assertRegex(self.run_program("query", "both.h5").stdout, r"inter-as\s+5\+")
        left = self.score("both.h5", "models/a.pdb", "set/s0.pdb", "--leave-out", "c.h5")
        self.assertIn("left out", left["set/s0.pdb"]["warnings"])


def atom_lines(path):
    with gzip.open(path, "rt") as file:
        return [line for line in file if line.startswith("ATOM")]


def moved(lines, move):
    """The lines with move(x, y, z) as coordinates."""
    return [line[:30] + "%8.3f%8.3f%8.3f" % move(*(float(line[k:k + 8]) for k in (30, 38, 46)))
            + line[54:] for line in lines]


def rotation(q):
    length = math.sqrt(sum(part * part for part in q))
    x, y, z, w = (part / length for part in q)
    return ((1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)),
            (2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)),
            (2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)))


class ShippedInterface(ProgramTest):
    def scores(self, potential, *words):
        done = self.run_program("score", potential, *words, "--format", "tsv")
        return {row["model"]: float(row["score"]) for row in rows_of(done.stdout)}, done.stderr

    def slid(self, target, steps):
        """The partners of a complex, the second slid outwards; names of files by step."""
        lines = atom_lines(self.real(f"docking/{target}/bound.pdb.gz"))
        centre = {}
        for chain in "AB":
            own = [line for line in lines if line[21] == chain]
            centre[chain] = [sum(float(line[k:k + 8]) for line in own) / len(own) for k in (30, 38, 46)]
        axis = [b - a for a, b in zip(centre["A"], centre["B"])]
        length = math.sqrt(sum(part * part for part in axis))
        for step in steps:
            shift = [part / length * step for part in axis]
            text = [line for line in lines if line[21] == "A"] + ["TER\n"]
            text += moved([line for line in lines if line[21] == "B"],
                          lambda x, y, z: (x + shift[0], y + shift[1], z + shift[2]))
            yield self.write(f"slid{step}.pdb", "".join(text))

    def test_a_ligand_slid_along_a_receptor(self):
        for target in ("1E6J", "1UDI"):
            files = list(self.slid(target, (0, 4, 10, 20)))
            scores, said = self.scores("interface", *files)
            self.assertEqual(sorted(files, key=scores.get), files)
            self.assertNotIn("chains that touch", said)
            scores, said = self.scores("rapdf", *files)
            self.assertEqual(said.count("chains that touch"), 1)
            self.assertLess(max(scores.values()) - min(scores.values()), 1e-6)

    def test_two_chains_pushed_into_each_other(self):
        files = list(self.slid("1E6J", (-20, 0, 200)))
        scores, _ = self.scores("interface", *files)
        self.assertEqual(scores[files[2]], 0)
        self.assertGreater(scores[files[0]], scores[files[2]])
        self.assertLess(scores[files[1]], scores[files[2]])
        _, said = self.scores("rapdf", *files)
        self.assertIn("chains that touch", said)

    def test_poses_score_as_their_files(self):
        folder = self.real("docking/1ATN")
        receptor, ligand = (f"{folder}/{name}.pdb.gz" for name in ("receptor", "ligand"))
        with open(f"{folder}/poses.tsv") as file:
            poses = rows_of(file.read())[:12]
        columns = ("qx", "qy", "qz", "qw", "tx", "ty", "tz")
        self.write("poses.tsv", "pose\t" + "\t".join(columns) + "\n" + "".join(
            "\t".join([row["pose"], *(row[name] for name in columns)]) + "\n" for row in poses))
        still = [line[:21] + "A" + line[22:] for line in atom_lines(receptor)]
        part = [line[:21] + "B" + line[22:] for line in atom_lines(ligand)]
        text = []
        for k, row in enumerate(poses, 1):
            r, t = rotation([float(row[name]) for name in columns[:4]]), [float(row[n]) for n in columns[4:]]
            place = lambda *p: tuple(sum(a * b for a, b in zip(r[axis], p)) + t[axis] for axis in range(3))
            text += [f"MODEL     {k:4d}\n", *still, "TER\n", *moved(part, place), "TER\n", "ENDMDL\n"]
        self.write("poses.pdb", "".join(text))
        written, _ = self.scores("interface", "poses.pdb")
        scored, _ = self.scores("interface", "--receptor", receptor, "--ligand", ligand, "--poses",
                                "poses.tsv")
        self.assertEqual(scored, {row["pose"]: written[f"poses.pdb#{k}"]
                                  for k, row in enumerate(poses, 1)})

    def test_what_poses_need(self):
        self.write("r.pdb", complex_text(1, "A"))
        self.write("p.tsv", "qx\tqy\tqz\tqw\ttx\tty\ttz\n0\t0\t0\t1\t0\t0\t5\n")
        words = ["--receptor", "r.pdb", "--ligand", "r.pdb", "--poses", "p.tsv"]
        self.assertEqual(list(self.scores("interface", *words)[0]), ["1"])
        self.assert_one_line(self.run_program("score", "interface", *words[:4], status=2), "--poses")
        self.assert_one_line(self.run_program("score", "interface", "r.pdb", *words, status=2), "--poses")
        self.assert_one_line(self.run_program("score", "rapdf", *words, status=2), "no class for pairs")
        self.assert_one_line(self.run_program("score", "interface", *words, "--between", "A:B", status=2),
                             "--between")
        self.write("bad.tsv", "qx\tqy\tqz\tqw\ttx\tty\ttz\n0\t0\t0\t0\t0\t0\t5\n")
        self.assert_one_line(self.run_program("score", "interface", *words[:5], "bad.tsv", status=1),
                             "bad.tsv", "line 2")


if __name__ == "__main__":
    unittest.main()
