#pragma once
#include <functional>
#include <potential/pipeline/progress.hpp>

#include "module.hpp"

namespace potential::python {

/// What a caller wants to hear of a long run; None for either is fine.
struct Listener {
  py::object progress;  ///< called with (done, total, skipped), at most ten times a second
  py::object warn;      ///< called with a line; None: warnings.warn
};

/// Does `work` on a thread of its own, without the GIL, while this thread sees to
/// Python: signals (Ctrl-C), warnings, progress. What Python raises meanwhile
/// (KeyboardInterrupt, an error of a callback) cancels the work and is raised
/// from here when it has come to its end.
void run_work(const Listener& listener, const std::function<void(const RunObserver&)>& work);

}  // namespace potential::python
