#include "workflow/input_run.hpp"
#include <potential/support/atomic_file.hpp>

namespace potential {

InputRun::InputRun(const Inputs& inputs, const RunOptions& options, Choice choice)
    : options_(options),
      choice_(std::move(choice)),
      list_(inputs.standard_input),
      source_(inputs.names, &list_),
      total_(source_.known_total()) {
  // One that is not there yet is no input: millions need not be compared with it.
  for (const std::string& output : options.observer.outputs)
    if (same_file(output, output)) outputs_.push_back(output);
}

bool InputRun::must_pause() const {
  if (choice_.must_pause) return choice_.must_pause();
  if (options_.observer.cancelled()) throw Cancelled();
  return false;
}

std::optional<InputFile> InputRun::next() {
  while (!must_pause()) {
    const bool mine = !choice_.is_mine || choice_.is_mine(position_);
    std::optional<InputFile> file = source_.next(mine);
    if (!file) {
      at_end_ = true;
      break;
    }
    ++position_;
    require_no_output(*file, outputs_);  // also where it is not mine
    if (mine && !(choice_.is_done && choice_.is_done(*file))) return file;
    ++passed_;
  }
  return std::nullopt;
}

void InputRun::skip(const std::string& id, const std::string& reason, bool as_asked) {
  if (options_.strict && !as_asked) throw FileError(id, reason);
  ++progress_.skipped;
  options_.observer.skipped(id, reason);
}

void InputRun::finish_file() {
  ++progress_.done;
  Progress shown = progress_;
  shown.done += passed_;
  shown.total = total_;
  options_.observer.progressed(shown);
}

}  // namespace potential
