#pragma once
#include <optional>
#include <string>
#include <vector>

#include "module.hpp"

namespace potential::python {

/// The scores of one pair of types at every distance, in one class. The arrays
/// look at the table.
struct Curve {
  std::string pair, separation;
  py::object bin_edges, scores, standard_errors, counts;
};

/// @param self  Counts or a Potential
const TableAxes& axes_of(const py::object& self);
/// [B + 1] Å
py::array_t<double> edges_of(const DistanceBins& bins);
/// The methods `query` and `bin_of` of a table.
std::vector<Curve> query(const py::object& self, const std::string& pattern,
                         const std::optional<std::string>& separation);
int bin_of(const py::object& self, double distance);

/// What counts and potentials have in common: the axes of their tables.
template <class Class>
void bind_axes(Class& type) {
  type.def_property_readonly(
      "scheme", [](const py::object& self) { return axes_of(self).scheme.name(); },
      "Name of the scheme that says which sites are counted, and the type of each.");
  type.def_property_readonly(
      "types", [](const py::object& self) { return axes_of(self).scheme.type_names(); },
      "Names of the T types, in order of their numbers.");
  type.def_property_readonly(
      "pairs", [](const py::object& self) { return axes_of(self).pairs.labels(); },
      "Labels of the P pairs of types, such as 'ALA:CB-LEU:CB'.");
  type.def_property_readonly(
      "first",
      [](const py::object& self) {
        const auto& numbers = axes_of(self).pairs.first();
        return view(numbers.data(), {static_cast<py::ssize_t>(numbers.size())}, self);
      },
      "[P] uint16, the number of the first type of each pair; not copied.");
  type.def_property_readonly(
      "second",
      [](const py::object& self) {
        const auto& numbers = axes_of(self).pairs.second();
        return view(numbers.data(), {static_cast<py::ssize_t>(numbers.size())}, self);
      },
      "[P] uint16, the number of the second type of each pair; not copied.");
  type.def_property_readonly(
      "bin_edges", [](const py::object& self) { return edges_of(axes_of(self).bins); },
      "[B + 1] float64, edges of the distance bins in Å. Bin b holds every distance d\n"
      "with bin_edges[b] <= d < bin_edges[b + 1].");
  type.def_property_readonly(
      "bins", [](const py::object& self) { return axes_of(self).bins.labels(); },
      "Labels of the B distance bins, such as '3-4A'.");
  type.def_property_readonly(
      "separations", [](const py::object& self) { return axes_of(self).separations.labels(); },
      "Labels of the K classes of sequence separation, such as '1+' or 'inter'.");
  type.def("query", query, py::arg("pair"), py::arg("separation") = py::none(),
           "The curves of the pairs of types that `pair` names: 'ALA:CB-LEU:CB' in either\n"
           "order, with * and ? as in file names; where a type is a residue also 'ALA:CYS'.\n"
           "One a pair and class of separation, or of one class, `separation`.\n\n"
           "Raises UsageError when nothing has that name.");
  type.def("bin_of", bin_of, py::arg("distance"),
           "Number of the bin that holds a distance in Å. Raises UsageError when none does.");
}

void bind_curve(py::module_& module);

}  // namespace potential::python
