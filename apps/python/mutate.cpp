#include <potential/scoring/mutate.hpp>
#include <potential/support/error.hpp>

#include "models.hpp"
#include "module.hpp"

namespace potential::python {
namespace {

MutationScan mutate(const PotentialArgument& potential, const Path& model,
                    const std::optional<Texts>& names) {
  const auto held = potential_of("potential", potential);
  const PotentialTable& table = *held;
  const py::gil_scoped_release unlocked;
  MutationScanner scanner(table);
  return scanner.scan(read_renamed(model.string(), table.axes.scheme,
                                   names.value_or(table.axes.scheme.residue_names())));
}

}  // namespace

void bind_mutate(py::module_& module) {
  py::class_<MutationScan>(module, "MutationScan", "What each mutation of a model would change.")
      .def_readonly("score", &MutationScan::score,
                    "Total of the model itself, natural-log units, not normalized.")
      .def_readonly("residues", &MutationScan::residues,
                    "[R] those that carry a site, in order: rows of changes.")
      .def_readonly("names", &MutationScan::names, "[A] of the new residue: columns of changes.")
      .def_property_readonly(
          "changes",
          [](const py::object& self) {
            const auto& scan = self.cast<const MutationScan&>();
            return view(scan.changes.data(),
                        {static_cast<py::ssize_t>(scan.residues.size()),
                         static_cast<py::ssize_t>(scan.names.size())},
                        self);
          },
          "[R, A] score of the mutant less that of the model, below 0 where the mutant scores\n"
          "better; NaN where the new residue would have no site. Not copied.")
      .def("__repr__", [](const MutationScan& scan) {
        return "<potential.MutationScan, " + std::to_string(scan.residues.size()) + " residues>";
      });
  module.def("mutate", mutate, py::arg("potential"), py::arg("model"), py::kw_only(),
             py::arg("names") = py::none(),
             "What each mutation of one residue would change of the score. A mutant is the\n"
             "same file with the residue renamed: it keeps the atoms that its new name knows, a\n"
             "CB that it lacks is built, and all else stays where it is. That is no estimate of\n"
             "a change of stability.\n\n"
             "potential: as for score, with one site a residue ('rapdf-ca', 'rapdf-cb',\n"
             "'rapdf-centroid'). model: a structure file, of which the first model is taken.\n"
             "names: of new residues; default: all of the scheme. Returns a MutationScan.\n"
             "Releases the GIL. Raises UsageError, FileError.");
}

}  // namespace potential::python
