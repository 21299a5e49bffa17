#pragma once
#include <memory>
#include <potential/workflow/evaluate.hpp>

#include "module.hpp"

namespace potential::python {

using Evaluation = std::shared_ptr<EvaluatedTarget>;

/// The classes of what evaluations return, and their means.
void bind_evaluation_results(py::module_& module);

}  // namespace potential::python
