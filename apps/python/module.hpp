#pragma once
// Every file of the module includes this first, so that all see the same
// conversions.
#include <pybind11/numpy.h>
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>
#include <pybind11/stl/filesystem.h>

#include <filesystem>
#include <memory>
#include <optional>
#include <potential/core/contact_counts.hpp>
#include <potential/core/model.hpp>
#include <potential/core/potential_table.hpp>
#include <string>
#include <variant>
#include <vector>

namespace potential::python {

namespace py = pybind11;
using Path = std::filesystem::path;

/// Files, folders, archives and lists, one or several.
using Inputs = std::variant<Path, std::vector<Path>>;
std::vector<std::string> words_of(const Inputs& inputs);

/// Distance bins by name or as edges in Å.
using Bins = std::variant<std::string, std::vector<double>>;
DistanceBins bins_of(const Bins& bins);

/// A table, or the file or shipped name (of a potential) that it is read from.
/// @param argument named when it is neither. @throws py::type_error; as open().
using PotentialArgument = py::object;
using CountsArgument = py::object;
std::shared_ptr<PotentialTable> potential_of(const char* argument, const PotentialArgument& given);
std::shared_ptr<ContactCounts> counts_of(const char* argument, const CountsArgument& given);

/// A scheme by its name or file, or the one of a table.
using SchemeChoice =
    std::variant<std::string, std::shared_ptr<PotentialTable>, std::shared_ptr<ContactCounts>>;
Scheme scheme_of(const SchemeChoice& choice);

/// A model and the scheme its types belong to.
struct TypedModel {
  std::shared_ptr<const Model> model;
  std::shared_ptr<const Scheme> scheme;
};

/// An array that looks at memory of `owner`, which it keeps alive. Nobody can
/// write to it.
template <class T>
py::array_t<T> view(const T* data, std::vector<py::ssize_t> shape, py::handle owner) {
  py::array_t<T> array(std::move(shape), data, owner);
  py::detail::array_proxy(array.ptr())->flags &= ~py::detail::npy_api::NPY_ARRAY_WRITEABLE_;
  return array;
}

void bind_errors(py::module_& module);
void bind_tables(py::module_& module);
void bind_training(py::module_& module);
void bind_models(py::module_& module);
void bind_extraction(py::module_& module);
void bind_scoring(py::module_& module);
void bind_scorer(py::module_& module);
void bind_mutate(py::module_& module);
void bind_simulation(py::module_& module);
void bind_evaluation(py::module_& module);

}  // namespace potential::python
