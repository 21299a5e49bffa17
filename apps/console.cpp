#include "console.hpp"

#include <fmt/format.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <cmath>
#include <potential/support/printable.hpp>

#include "signals.hpp"

namespace potential::app {
namespace {

std::string clock_text(double seconds) {
  const auto whole = std::lround(seconds);
  if (whole >= 3600)
    return fmt::format("{}:{:02}:{:02}", whole / 3600, whole / 60 % 60, whole % 60);
  return fmt::format("{}:{:02}", whole / 60, whole % 60);
}

}  // namespace

std::string one_line(const std::string& message) {
  constexpr std::size_t longest = 1000;
  const std::string_view begin = beginning(message, longest);
  return printable(begin) + (begin.size() < message.size() ? "..." : "");
}

Console::Console(bool quiet)
    : quiet_(quiet),
      live_(!quiet && ::isatty(STDERR_FILENO) == 1),
      log_(std::make_shared<spdlog::logger>("potential",
                                            std::make_shared<spdlog::sinks::stderr_sink_mt>())) {
  log_->set_pattern("potential: %l: %v");
  log_->flush_on(spdlog::level::info);
}

Console::~Console() { finish(); }

void Console::warn(const std::string& message) {
  if (quiet_) return;
  finish();
  log_->warn("{}", one_line(message));
}

void Console::note(const std::string& message) {
  if (quiet_) return;
  finish();
  log_->info("{}", one_line(message));
}

RunObserver Console::observer() {
  RunObserver observer;
  observer.on_skip = [this](const std::string& id, const std::string& reason) {
    warn(id + ": skipped: " + reason);
  };
  observer.on_note = [this](const std::string& id, const std::string& note) {
    warn(id + ": " + note);
  };
  if (live_) observer.on_progress = [this](const Progress& progress) { show(progress); };
  observer.cancel = &stop_requested();
  return observer;
}

void Console::show(const Progress& progress) {
  const auto now = std::chrono::steady_clock::now();
  if (now - last_ < std::chrono::milliseconds(100)) return;
  last_ = now;
  const double seconds = std::chrono::duration<double>(now - start_).count();
  const double rate = static_cast<double>(progress.done) / std::max(seconds, 1e-9);
  std::string line = fmt::format("{}", progress.done);
  if (progress.total > 0) line += fmt::format("/{}", progress.total);
  line += fmt::format(" files, {:.0f}/s", rate);
  if (progress.total > progress.done)
    line += fmt::format(", {} left",
                        clock_text(static_cast<double>(progress.total - progress.done) / rate));
  line += fmt::format(", {} skipped", progress.skipped);
  fmt::print(stderr, "\r\033[K{}", line);
  std::fflush(stderr);
  shown_ = true;
}

void Console::finish() {
  if (!shown_) return;
  fmt::print(stderr, "\r\033[K");
  std::fflush(stderr);
  shown_ = false;
}

}  // namespace potential::app
