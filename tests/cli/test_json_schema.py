"""What --format json writes is what docs/json-schema says; TSV, CSV and the table agree."""

import csv
import io
import json
import os
import unittest

from program import SOURCE, ProgramTest, pdb

try:
    import jsonschema
except ImportError:
    jsonschema = None


def schema_of(name):
    with open(os.path.join(SOURCE, "docs", "json-schema", name + ".json")) as file:
        return json.load(file)


class JsonSchema(ProgramTest):
    def setUp(self):
        super().setUp()
        for i in range(4):
            self.write(f"set/s{i}.pdb", pdb(i, "AB"))
            self.write(f"models/m{i}.pdb", pdb(i + 10, "AB"))
        self.write("models/broken.pdb", "nonsense\n")
        self.run_program("build", "set", "-o", "p.h5", "--counts", "c.h5", "-q")

    def json(self, *words):
        return json.loads(self.run_program(*words, "--format", "json", "-q").stdout)

    def check(self, name, answer):
        if jsonschema is None:
            self.skipTest("python3-jsonschema is not installed")
        schema = schema_of(name)
        validator = jsonschema.Draft202012Validator
        validator.check_schema(schema)
        validator(schema).validate(answer)
        # A schema that takes anything would be of no use.
        for wrong in ({"a": 1}, [{}], [{**answer[0], "more": 1}], [{**answer[0], list(answer[0])[0]: []}]):
            self.assertFalse(validator(schema).is_valid(wrong), wrong)

    def test_score(self):
        answer = self.json("score", "p.h5", "models")
        self.check("score", answer)
        self.assertEqual(len(answer), 5)
        self.assertIsNone(answer[-1]["score"])
        self.assertNotEqual(answer[-1]["warnings"], "")
        self.run_program("combine", "p.h5", "-o", "q.h5", "--calibration", "1.3,0.13,0.8")
        self.check("score", self.json("score", "q.h5", "models", "--residues", "A:5-9"))
        answer = self.json("score", "q.h5", "models", "--shuffle-z")
        self.check("score", answer)
        self.assertGreater(answer[0]["quality"], answer[0]["quality_low"])
        self.assertIsNone(answer[-1]["quality"])

    def test_mutate(self):
        self.run_program("build", "set", "--types", "residue-cb", "-o", "b.h5", "-q")
        self.check("mutate", self.json("mutate", "b.h5", "models/m0.pdb"))

    def test_query(self):
        self.check("query", self.json("query", "p.h5", "ALA:CB-*"))
        self.check("query", self.json("query", "c.h5", "ALA:CB-*"))
        self.check("query", self.json("query", "p.h5"))
        self.check("query", self.json("query", "c.h5"))

    def test_evaluate(self):
        self.write("labels.tsv", "model\trmsd\n" + "".join(f"m{i}\t{i * 1.5}\n" for i in range(4)))
        words = ("--labels", "labels.tsv", "--label", "rmsd", "--bootstrap", "50", "models")
        self.check("evaluate", self.json("evaluate", "p.h5", *words))
        self.check("evaluate", self.json("evaluate", "p.h5", "--native", "models/m0.pdb", *words))
        for target in ("t1", "t2"):
            for i in range(4):
                self.write(f"all/{target}/models/m{i}.pdb", pdb(i + 10, "AB"))
            self.write(f"all/{target}/native.pdb", pdb(10, "AB"))
        answer = self.json("evaluate", "p.h5", "--targets", "all", "--bootstrap", "50")
        self.check("evaluate", answer)
        self.assertEqual([row["target"] for row in answer], ["t1", "t2", "mean"])

    def test_the_formats_agree(self):
        for words in (("score", "p.h5", "models"), ("query", "p.h5", "ALA:CB-LEU:CB")):
            rows = self.json(*words)
            for row in rows:
                row.pop("unscored_interfaces", None)  # JSON's alone
            text = lambda value: "" if value is None else f"{value:.6g}" if isinstance(value, float) else str(value)
            number = lambda cell: f"{float(cell):.6g}" if "." in cell and cell.replace(".", "").lstrip("-").isdigit() else cell
            for form, separator in (("tsv", "\t"), ("csv", ",")):
                out = self.run_program(*words, "--format", form, "-q").stdout
                got = list(csv.DictReader(io.StringIO(out), delimiter=separator))
                self.assertEqual([{k: number(v) for k, v in row.items()} for row in got],
                                 [{k: number(text(v)) for k, v in row.items()} for row in rows])
            table = self.run_program(*words, "-q").stdout.splitlines()
            self.assertEqual(table[0].split(), list(rows[0]))
            self.assertEqual(len(table), len(rows) + 1)
            self.assertLess(max(len(cell) for line in table for cell in line.split()
                                if cell.replace(".", "").lstrip("-").isdigit()), 12)


if __name__ == "__main__":
    unittest.main()
