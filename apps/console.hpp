#pragma once
#include <atomic>
#include <chrono>
#include <memory>
#include <string>

#include <potential/pipeline/progress.hpp>

#include "command_line.hpp"

namespace spdlog {
class logger;
}

namespace potential::app {

/// A message as it is shown: one line, whatever is in the names and texts of
/// files, and of bearable length.
std::string one_line(const std::string& message);

/// What a person sees beside the results, all on stderr: warnings, and on a
/// terminal one status line while a long run goes on.
class Console {
 public:
  /// @param quiet hides warnings and progress
  explicit Console(bool quiet);
  ~Console();

  void warn(const std::string& message);
  /// What is good to know of a run that went well; hidden as warnings are.
  void note(const std::string& message);
  /// An observer that names what is skipped, shows progress and stops on a signal.
  RunObserver observer();
  /// Takes the status line away.
  void finish();

 private:
  void show(const Progress& progress);

  bool quiet_;
  bool live_;
  bool shown_ = false;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  std::chrono::steady_clock::time_point last_{};
  std::shared_ptr<spdlog::logger> log_;
};

}  // namespace potential::app
