#pragma once
#include <potential/training/train.hpp>
#include <utility>

#include "module.hpp"

namespace potential::python {

/// The options of training as Python gives them.
struct Recipe {
  std::string reference;
  double pseudocount = 0;
  std::string smoothing;
  bool pool = false;
  std::optional<Bins> bins;
  std::optional<double> cutoff;
  double alpha = 0;
  std::optional<double> kuhn_length;
  std::string normalize;
  std::optional<int> decimals;

  /// @throws UsageError.
  TrainOptions options() const;
};

/// Defines a function of some data and, by keyword, the options of training.
template <class Data, class Result>
void def_recipe_function(py::module_& module, const char* name,
                         Result (*function)(const Data&, const Recipe&), const std::string& doc,
                         const py::arg& data) {
  const TrainOptions standard;
  module.def(
      name,
      [function](const Data& given, const std::string& reference, double pseudocount,
                 const std::string& smoothing, bool pool, const std::optional<Bins>& bins,
                 std::optional<double> cutoff, double alpha, std::optional<double> kuhn_length,
                 const std::string& normalize, std::optional<int> decimals) {
        return function(given, {reference, pseudocount, smoothing, pool, bins, cutoff, alpha,
                                kuhn_length, normalize, decimals});
      },
      data, py::kw_only(), py::arg("reference") = to_string(standard.reference),
      py::arg("pseudocount") = standard.pseudocount,
      py::arg("smoothing") = standard.smoothing.to_string(), py::arg("pool") = standard.pool,
      py::arg("bins") = py::none(), py::arg("cutoff") = py::none(),
      py::arg("alpha") = standard.alpha, py::arg("kuhn_length") = py::none(),
      py::arg("normalize") = to_string(standard.normalize), py::arg("decimals") = py::none(),
      doc.c_str());
}

}  // namespace potential::python
