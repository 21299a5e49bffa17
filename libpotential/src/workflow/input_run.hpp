#pragma once
#include <functional>
#include <istream>
#include <optional>
#include <potential/structure/input.hpp>
#include <potential/support/cancellation.hpp>
#include <potential/support/error.hpp>
#include <potential/workflow/inputs.hpp>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "pipeline/pipeline.hpp"

namespace potential {

/// What came of one file, or why it cannot be used.
template <class Result>
struct Outcome {
  std::string id;
  std::string problem;  ///< empty when there is a result
  Result result{};
};

/// The result of work() for a file, an Error of it as the file's problem.
template <class Work>
auto attempt(const InputFile& file, Work&& work) -> Outcome<decltype(work())> {
  Outcome<decltype(work())> outcome{file.id, file.problem};
  if (!outcome.problem.empty()) return outcome;
  try {
    outcome.result = work();
  } catch (const Error& error) {
    outcome.problem = error.reason_for(file.id);
  }
  return outcome;
}

/// The loop of every run over inputs: files are handed out one after another,
/// worked on by many threads, and what came of them is gathered in their order.
/// It refuses to read what the run will write, stops when asked to, and tells the
/// observer of progress and of inputs that cannot be used.
class InputRun {
 public:
  /// What a run may decide about files, one after another, before they are read.
  struct Choice {
    std::function<bool(std::size_t position)> is_mine;  ///< of all inputs, from 0
    std::function<bool(const InputFile&)> is_done;      ///< need not be read again
    std::function<bool()> must_pause;                   ///< hand out no more for now
  };

  /// @throws FileError when a list cannot be opened.
  InputRun(const Inputs& inputs, const RunOptions& options, Choice choice = {});

  /// Until the inputs end, or a pause is due: sink(work(file)).
  /// @throws Cancelled, unless there is a `must_pause` to decide about that;
  ///         what work and sink throw.
  template <class Result>
  void for_each_file(const std::function<Result(const InputFile&)>& work,
                     const std::function<void(Result&)>& sink) {
    run_pipeline<InputFile, Result>(
        thread_count(options_.threads), [this] { return next(); },
        [&](InputFile& file) { return work(file); },
        [&](Result& result) {
          sink(result);
          finish_file();
        });
    // The reading of the last file may have been cut short by the signal.
    if (!choice_.must_pause) stop_if(options_.observer.cancel);
  }

  /// Of a sink: tells that an input is left out.
  /// @throws Error when the run is strict, and this is not as it was asked for.
  void skip(const std::string& id, const std::string& reason, bool as_asked = false);

  bool at_end() const { return at_end_; }
  std::size_t passed() const { return passed_; }  ///< files that were not read

 private:
  std::optional<InputFile> next();
  bool must_pause() const;
  void finish_file();

  const RunOptions& options_;
  const Choice choice_;
  std::istringstream list_;
  InputSource source_;
  const std::size_t total_;           ///< before any is read; 0 = not known
  std::vector<std::string> outputs_;  ///< that exist
  std::size_t position_ = 0;
  bool at_end_ = false;
  std::atomic<std::size_t> passed_{0};
  Progress progress_;
};

}  // namespace potential
