"""include_graph.py on made-up trees: each rule is broken once and must be named."""

import pathlib
import tempfile
import unittest

import include_graph

PUBLIC, PRIVATE = "libpotential/include/potential/", "libpotential/src/"
SOUND = {
    PUBLIC + "support/error.hpp": "#include <string>\n",
    PUBLIC + "core/model.hpp": "#include <Eigen/Core>\n#include <potential/support/error.hpp>\n",
    PRIVATE + "pairs/kernel.hpp": "#pragma once\n#include <potential/core/model.hpp>\n",
    PRIVATE + "pairs/kernel.cpp": '#include "pairs/kernel.hpp"\n#include <unistd.h>\n',
    PRIVATE + "scoring/score.cpp": '  #  include "pairs/kernel.hpp"\n#include <fmt/format.h>\n',
    PRIVATE + "storage/hdf5.hpp": "#include <hdf5.h>\n",
    "apps/main.cpp": '#include "console.hpp"\n#include <potential/core/model.hpp>\n',
    "apps/console.hpp": "#include <spdlog/spdlog.h>\n",
    "apps/python/module.cpp": "#include <pybind11/stl/filesystem.h>\n",
}


class IncludeGraph(unittest.TestCase):
    def problems(self, changed=None):
        with tempfile.TemporaryDirectory() as folder:
            for name, text in {**SOUND, **(changed or {})}.items():
                path = pathlib.Path(folder, name)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
            return include_graph.check(folder)

    def assert_one(self, problems, *parts):
        self.assertEqual(len(problems), 1, problems)
        for part in parts:
            self.assertIn(part, problems[0])

    def test_sound_tree_has_no_problem(self):
        self.assertEqual(self.problems(), [])

    def test_room_that_may_not_know_another(self):
        self.assert_one(self.problems({PRIVATE + "training/train.cpp": '#include "pairs/kernel.hpp"\n'}),
                        "training/train.cpp", "training may not know pairs")

    def test_library_may_not_know_apps(self):
        found = self.problems({PRIVATE + "scoring/a.cpp": '#include "../../../apps/console.hpp"\n'})
        self.assert_one(found, "scoring/a.cpp", "the library does not know apps/")

    def test_circle_of_files_in_one_room(self):
        found = self.problems({PRIVATE + "pairs/a.hpp": '#include "pairs/b.hpp"\n',
                               PRIVATE + "pairs/b.hpp": '#include "a.hpp"\n'})
        self.assert_one(found, "circle of files", "pairs/a.hpp", "pairs/b.hpp")

    def test_circle_of_rooms(self):
        found = self.problems({PRIVATE + "support/a.cpp": "#include <potential/core/model.hpp>\n"})
        self.assertEqual(len(found), 2, found)
        self.assertIn("support may not know core", found[0])
        self.assertIn("circle of rooms: core -> support -> core", found[1])

    def test_third_party_header_outside_its_room(self):
        for header in ("gemmi/cif.hpp", "archive.h", "hdf5_hl.h", "tbb/info.h", "openssl/evp.h",
                       "nlohmann/json.hpp", "boost/program_options.hpp", "pybind11/numpy.h"):
            found = self.problems({PRIVATE + "scoring/a.cpp": f"#include <{header}>\n"})
            self.assert_one(found, "scoring/a.cpp", header)

    def test_unknown_third_party_header(self):
        self.assert_one(self.problems({PRIVATE + "core/a.cpp": "#include <new/thing.hpp>\n"}),
                        "<new/thing.hpp>", "THIRD_PARTY")

    def test_public_header_that_includes_a_private_one(self):
        self.assert_one(self.problems({PUBLIC + "pairs/a.hpp": '#include "pairs/kernel.hpp"\n'}),
                        "pairs/a.hpp", "private")

    def test_public_header_that_asks_its_users_for_a_library(self):
        self.assert_one(self.problems({PUBLIC + "core/a.hpp": "#include <fmt/format.h>\n"}),
                        "core/a.hpp", "fmt")
        self.assert_one(self.problems({PUBLIC + "core/a.hpp": "#include <sys/stat.h>\n"}),
                        "core/a.hpp", "sys/stat.h")

    def test_apps_with_a_private_header(self):
        changed = {"apps/main.cpp": '#include "pairs/kernel.hpp"\n'}
        self.assert_one(self.problems(changed), "apps/main.cpp", "pairs/kernel.hpp")

    def test_python_module_with_a_file_of_the_program(self):
        self.assert_one(self.problems({"apps/python/a.cpp": '#include "../console.hpp"\n'}),
                        "apps/python/a.cpp", "console.hpp")

    def test_include_without_a_file(self):
        self.assert_one(self.problems({PRIVATE + "core/a.cpp": "#include <potential/core/gone.hpp>\n"}),
                        "no file", "core/gone.hpp")

    def test_file_outside_the_rooms(self):
        self.assert_one(self.problems({PRIVATE + "attic/a.hpp": ""}), "attic", "no room")

    def test_tree_without_sources(self):
        with tempfile.TemporaryDirectory() as folder:
            self.assertEqual(len(include_graph.check(folder)), 1)


if __name__ == "__main__":
    unittest.main()
