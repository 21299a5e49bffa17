#pragma once
#include <atomic>
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace potential {

/// How far a long run has come.
struct Progress {
  std::size_t done = 0;   ///< files read
  std::size_t total = 0;  ///< of how many; 0 = not known
  std::size_t skipped = 0;
};

/// What a caller of a long run wants to hear, and its way to stop it. The
/// functions are called from one thread at a time, in the order of the input.
struct RunObserver {
  std::function<void(const std::string& id, const std::string& reason)> on_skip;
  std::function<void(const std::string& id, const std::string& note)> on_note;
  std::function<void(const Progress&)> on_progress;
  std::vector<std::string> outputs;           ///< what the caller will write; none may be an input
  const std::atomic<bool>* cancel = nullptr;  ///< when true the run ends with Cancelled

  void skipped(const std::string& id, const std::string& reason) const {
    if (on_skip) on_skip(id, reason);
  }
  void noted(const std::string& id, const std::string& note) const {
    if (on_note) on_note(id, note);
  }
  void progressed(const Progress& progress) const {
    if (on_progress) on_progress(progress);
  }
  bool cancelled() const { return cancel != nullptr && *cancel; }
};

}  // namespace potential
