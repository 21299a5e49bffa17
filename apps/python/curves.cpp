#include "curves.hpp"

#include <cmath>
#include <potential/core/pair_pattern.hpp>
#include <potential/support/error.hpp>

namespace potential::python {
namespace {

/// [B] of one row.
template <class T>
py::object one_row(const Table<T>& table, Eigen::Index row, py::handle owner) {
  return view(table.data() + row * table.cols(), {table.cols()}, owner);
}

std::vector<int> classes_of(const TableAxes& axes, const std::optional<std::string>& label) {
  std::vector<int> classes;
  for (int k = 0; k < axes.classes(); ++k)
    if (!label || axes.separations.label(k) == *label) classes.push_back(k);
  if (classes.empty())
    throw UsageError("separation: no class '" + *label + "'; the file has " +
                     axes.separations.to_string());
  return classes;
}

}  // namespace

const TableAxes& axes_of(const py::object& self) {
  return py::isinstance<ContactCounts>(self) ? self.cast<const ContactCounts&>().axes
                                             : self.cast<const PotentialTable&>().axes;
}

py::array_t<double> edges_of(const DistanceBins& bins) {
  py::array_t<double> edges(bins.size() + 1);
  for (int i = 0; i <= bins.size(); ++i)
    edges.mutable_at(i) = bins.edges()[static_cast<std::size_t>(i)] / 1000.0;
  return edges;
}

std::vector<Curve> query(const py::object& self, const std::string& pattern,
                         const std::optional<std::string>& separation) {
  const TableAxes& axes = axes_of(self);
  const auto classes = classes_of(axes, separation);
  std::vector<Curve> curves;
  for (const int pair : find_pairs(axes.scheme, axes.pairs, pattern))
    for (const int k : classes) {
      const Eigen::Index row = Eigen::Index{k} * axes.rows() + pair;
      Curve curve{axes.pairs.labels()[static_cast<std::size_t>(pair)],
                  axes.separations.label(k),
                  edges_of(axes.bins),
                  py::none(),
                  py::none(),
                  py::none()};
      if (py::isinstance<ContactCounts>(self)) {
        curve.counts = one_row(self.cast<const ContactCounts&>().counts, row, self);
      } else {
        const auto& table = self.cast<const PotentialTable&>();
        curve.scores = one_row(table.score, row, self);
        curve.standard_errors = one_row(table.standard_error, row, self);
        if (table.counts) curve.counts = one_row(*table.counts, row, self);
      }
      curves.push_back(std::move(curve));
    }
  return curves;
}

int bin_of(const py::object& self, double distance) {
  const DistanceBins& bins = axes_of(self).bins;
  const int bin =
      std::isfinite(distance) && distance >= 0 && distance < 1e6 ? bins.find(distance) : -1;
  if (bin < 0)
    throw UsageError("no bin holds this distance; the bins go from " +
                     format_angstrom(bins.edges().front()) + " to " +
                     format_angstrom(bins.cutoff()) + " Å");
  return bin;
}

void bind_curve(py::module_& module) {
  py::class_<Curve>(module, "Curve",
                    "One pair of types at every distance, in one class of sequence separation.\n"
                    "Its arrays look at the table it was asked of, and are read-only.")
      .def_readonly("pair", &Curve::pair, "Such as 'ALA:CB-LEU:CB'.")
      .def_readonly("separation", &Curve::separation, "Label of the class.")
      .def_readonly("bin_edges", &Curve::bin_edges, "[B + 1] float64, Å.")
      .def_property_readonly(
          "distances",
          [](const Curve& curve) {
            const auto edges = curve.bin_edges.cast<py::array_t<double>>();
            py::array_t<double> middle(edges.size() - 1);
            for (py::ssize_t i = 0; i + 1 < edges.size(); ++i)
              middle.mutable_at(i) = (edges.at(i) + edges.at(i + 1)) / 2;
            return middle;
          },
          "[B] float64, the middle of each bin, Å.")
      .def_readonly("scores", &Curve::scores,
                    "[B] float64, natural-log units, lower = more native-like; None for counts.")
      .def_readonly("standard_errors", &Curve::standard_errors,
                    "[B] float64, of each score; None for counts.")
      .def_readonly("counts", &Curve::counts,
                    "[B] uint64, number of pairs of sites seen; None for a combined potential.")
      .def("__repr__", [](const Curve& curve) {
        return "<potential.Curve " + curve.pair + ", separation " + curve.separation + ">";
      });
}

}  // namespace potential::python
