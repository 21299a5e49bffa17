#include "module.hpp"

#include <fmt/format.h>

#include <potential/support/version.hpp>

namespace potential::python {

std::vector<std::string> words_of(const Inputs& inputs) {
  if (const auto* one = std::get_if<Path>(&inputs)) return {one->string()};
  std::vector<std::string> words;
  for (const Path& path : std::get<std::vector<Path>>(inputs)) words.push_back(path.string());
  return words;
}

DistanceBins bins_of(const Bins& bins) {
  if (const auto* name = std::get_if<std::string>(&bins)) return DistanceBins::parse(*name);
  return DistanceBins::parse(
      fmt::format("{}", fmt::join(std::get<std::vector<double>>(bins), ",")));
}

namespace {

/// @throws py::type_error for None.
template <class Table>
const Scheme& scheme_in(const std::shared_ptr<Table>& table) {
  if (table == nullptr) throw py::type_error("None was given in place of a scheme");
  return table->axes.scheme;
}

}  // namespace

Scheme scheme_of(const SchemeChoice& choice) {
  if (const auto* name = std::get_if<std::string>(&choice)) return load_scheme(*name);
  if (const auto* table = std::get_if<std::shared_ptr<PotentialTable>>(&choice))
    return scheme_in(*table);
  return scheme_in(std::get<std::shared_ptr<ContactCounts>>(choice));
}

}  // namespace potential::python

PYBIND11_MODULE(_core, module) {
  using namespace potential::python;
  module.doc() = "The library libpotential. Use the package `potential`, which names all of it.";
  module.attr("__version__") = potential::library_version();
  bind_errors(module);
  bind_tables(module);
  bind_training(module);
  bind_models(module);
  bind_extraction(module);
  bind_scoring(module);
  bind_scorer(module);
  bind_mutate(module);
  bind_simulation(module);
  bind_evaluation(module);
}
