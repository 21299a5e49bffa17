"""Type hints and docstrings: of everything, and right."""

import ast
import inspect
import os
import shutil
import subprocess
import unittest

from module import ModuleTest, potential

from potential import _core

STUB = os.path.join(os.path.dirname(potential.__file__), "_core.pyi")
USE = """
import numpy as np
import potential

counts = potential.extract(["a.pdb", "b.pdb"], bins=[0.0, 3.0, 5.0], progress=lambda a, b, c: None)
table = potential.train(counts, reference="dfire", cutoff=14.5)
shape: tuple[int, ...] = table.scores.shape
best: potential.ModelScore = potential.score(table, "models/", top_pairs=2)[0]
name: str = best.top_pairs[0].first.chain
model = potential.Model.from_sites(np.zeros((2, 3)), ["ALA:CB", "LEU:CB"], [1, 2])
potential.score_models(table, [model])
try:
    result = potential.evaluate(table, "models/", labels={"a.pdb": 1.0})
    rho: float | None = result.figures["spearman"]
except potential.FileError as error:
    path: str = error.path
"""
WRONG = {
    'potential.train(1)': "arg-type",
    'potential.train(potential.extract("x"), normalize="best")': "arg-type",
    'potential.score(potential.open("x"), "y")': "arg-type",
    'potential.extract("x", pool=True)': "call-arg",
    'potential.Potential.open("x").scores = 3': "misc",
}


def public(names):
    return {name for name in names if not name.startswith("_")}


class TypeHints(ModuleTest):
    def setUp(self):
        super().setUp()
        with open(STUB) as file:
            self.stub = ast.parse(file.read())

    def test_every_public_name_is_in_the_stub_and_the_other_way_round(self):
        named = {node.name for node in self.stub.body
                 if isinstance(node, (ast.FunctionDef, ast.ClassDef))}
        self.assertEqual(named, public(vars(_core)))
        self.assertEqual(named | {"InputWarning"}, set(potential.__all__))
        self.assertTrue(os.path.exists(os.path.join(os.path.dirname(STUB), "py.typed")))

    def test_so_is_every_member_of_every_class(self):
        for node in self.stub.body:
            if isinstance(node, ast.ClassDef) and not issubclass(getattr(_core, node.name), Exception):
                named = {member.name for member in node.body if isinstance(member, ast.FunctionDef)}
                members = vars(getattr(_core, node.name))
                self.assertEqual(public(named), public(members), node.name)
                for name in public(members):
                    stub = next(m for m in node.body if m.name == name)
                    self.assertEqual(isinstance(members[name], property),
                                     any(ast.unparse(d) == "property" for d in stub.decorator_list), name)

    def test_parameters_have_the_names_and_order_of_the_module(self):
        checked = 0
        functions = [(node, getattr(_core, node.name)) for node in self.stub.body
                     if isinstance(node, ast.FunctionDef)]
        for cls in (node for node in self.stub.body if isinstance(node, ast.ClassDef)):
            functions += [(m, getattr(getattr(_core, cls.name), m.name)) for m in cls.body
                          if isinstance(m, ast.FunctionDef) and not m.name.startswith("_")
                          and not any(ast.unparse(d) == "property" for d in m.decorator_list)]
        for node, function in functions:
            signature = function.__doc__.split("\n", 1)[0]
            described = ast.parse("def " + _plain(signature) + ": ...").body[0].args
            names = lambda args: ([a.arg for a in args.args], [a.arg for a in args.kwonlyargs],
                                  len(args.defaults), [d is not None for d in args.kw_defaults])
            expected, found = names(described), names(node.args)
            self.assertEqual(expected, found, node.name)
            checked += 1
        self.assertGreater(checked, 20)

    @unittest.skipUnless(shutil.which("mypy", path="/usr/bin"), "mypy is not installed")
    def test_mypy_understands_them(self):
        def mypy(text):
            self.write("use.py", text)
            folder = os.path.dirname(os.path.dirname(STUB))
            return subprocess.run(["/usr/bin/mypy", "--strict", "--python-version", "3.11",
                                   "--cache-dir", self.path("cache"), "use.py"], cwd=self.folder,
                                  capture_output=True, text=True, env={**os.environ, "MYPYPATH": folder})
        done = mypy(USE)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        done = mypy("import potential\n" + "\n".join(WRONG) + "\n")
        for line, kind in enumerate(WRONG.values(), 2):
            self.assertRegex(done.stdout, rf"use.py:{line}: error: .*\[{kind}\]")


def _plain(signature):
    """A signature of pybind11 without types and default values."""
    name, rest = signature.split("(", 1)
    depth, parts, part = 0, [], ""
    for c in rest[:rest.rindex(") ->")]:
        depth += {"[": 1, "(": 1, "{": 1, "]": -1, ")": -1, "}": -1}.get(c, 0)
        if c == "," and depth == 0:
            parts.append(part)
            part = ""
        else:
            part += c
    parts += [part] if part.strip() else []
    words = [p.split(":")[0].split("=")[0].strip() + ("=0" if "=" in p else "") for p in parts]
    return f"{name}({', '.join(words)})"


class Docstrings(ModuleTest):
    def test_everything_has_one(self):
        trivial = {"id", "target", "sites", "contacts", "residues", "chain", "name", "first", "second",
                   "matched", "native_residues", "without_score", "without_label"}
        for name in potential.__all__:
            thing = getattr(potential, name)
            self.assertTrue(inspect.getdoc(thing), name)
            if inspect.isclass(thing) and not issubclass(thing, Exception):
                for member, value in vars(thing).items():
                    if not member.startswith("_") and member not in trivial:
                        text = inspect.getdoc(value) or ""
                        self.assertTrue(text.strip(), f"{name}.{member}")

    def test_those_of_arrays_say_shape_and_type(self):
        for name, member in (("Potential", "scores"), ("Potential", "standard_errors"),
                             ("Counts", "counts"), ("Model", "coordinates"), ("Curve", "distances")):
            text = inspect.getdoc(getattr(getattr(potential, name), member))
            self.assertRegex(text, r"^\[[KPBn, 3]+\] (float64|uint64)")


if __name__ == "__main__":
    unittest.main()
