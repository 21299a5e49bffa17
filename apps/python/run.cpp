#include "run.hpp"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include <potential/support/printable.hpp>

namespace potential::python {
namespace {

using Clock = std::chrono::steady_clock;
constexpr auto look_up = std::chrono::milliseconds(50);
/// Of the line that a warning shows: the caller of the function in Python around
/// each of ours (potential/_arguments.py).
constexpr int callers_level = 2;
constexpr auto between_progress = std::chrono::milliseconds(100);

/// What the working thread hands to the one that speaks Python.
class Mailbox {
 public:
  void warn(const std::string& line) {
    const std::lock_guard<std::mutex> lock(mutex_);
    lines_.push_back(line);
    wake_.notify_one();
  }
  void progress(const Progress& progress) {
    const std::lock_guard<std::mutex> lock(mutex_);
    progress_ = progress;
  }
  void finish() {
    const std::lock_guard<std::mutex> lock(mutex_);
    finished_ = true;
    wake_.notify_one();
  }

  struct Mail {
    std::vector<std::string> lines;
    std::optional<Progress> progress;
    bool finished = false;
  };
  /// Waits for something to tell, but not for long.
  Mail take() {
    const py::gil_scoped_release unlocked;
    std::unique_lock<std::mutex> lock(mutex_);
    wake_.wait_for(lock, look_up, [this] { return finished_ || !lines_.empty(); });
    Mail mail{std::move(lines_), progress_, finished_};
    lines_.clear();
    progress_.reset();
    return mail;
  }

 private:
  std::mutex mutex_;
  std::condition_variable wake_;
  std::vector<std::string> lines_;
  std::optional<Progress> progress_;
  bool finished_ = false;
};

/// Passes on to Python what has come.
class Teller {
 public:
  explicit Teller(const Listener& listener) : listener_(listener) {}

  void tell(const Mailbox::Mail& mail) {
    for (const std::string& line : mail.lines) warn(line);
    if (mail.progress) latest_ = mail.progress;
    const auto now = Clock::now();
    if (latest_ && !listener_.progress.is_none() &&
        (mail.finished || now - told_ >= between_progress)) {
      listener_.progress(latest_->done, latest_->total, latest_->skipped);
      latest_.reset();
      told_ = now;
    }
    if (PyErr_CheckSignals() != 0) throw py::error_already_set();
  }

 private:
  void warn(const std::string& line) const {
    const auto text = py::reinterpret_steal<py::object>(
        PyUnicode_DecodeUTF8(line.data(), static_cast<py::ssize_t>(line.size()), "replace"));
    if (!listener_.warn.is_none())
      listener_.warn(text);
    else
      py::module_::import("warnings")
          .attr("warn")(text, py::module_::import("potential").attr("InputWarning"), callers_level);
  }

  const Listener& listener_;
  std::optional<Progress> latest_;
  Clock::time_point told_{};
};

RunObserver observer_of(Mailbox& mailbox, const std::atomic<bool>& cancel) {
  RunObserver observer;
  observer.on_skip = [&](const std::string& id, const std::string& reason) {
    mailbox.warn(printable(id + ": skipped: " + reason));
  };
  observer.on_note = [&](const std::string& id, const std::string& note) {
    mailbox.warn(printable(id + ": " + note));
  };
  observer.on_progress = [&](const Progress& progress) { mailbox.progress(progress); };
  observer.cancel = &cancel;
  return observer;
}

}  // namespace

void run_work(const Listener& listener, const std::function<void(const RunObserver&)>& work) {
  Mailbox mailbox;
  std::atomic<bool> cancel{false};
  std::exception_ptr failure;
  std::thread worker([&] {
    try {
      work(observer_of(mailbox, cancel));
    } catch (...) {
      failure = std::current_exception();
    }
    mailbox.finish();
  });
  Teller teller(listener);
  std::optional<py::error_already_set> raised;
  for (bool finished = false; !finished;) {
    const Mailbox::Mail mail = mailbox.take();
    finished = mail.finished;
    if (raised) continue;
    try {
      teller.tell(mail);
    } catch (const py::error_already_set& error) {
      raised = error;
      cancel = true;
    }
  }
  worker.join();
  if (raised) throw py::error_already_set(*raised);
  if (failure) std::rethrow_exception(failure);
}

}  // namespace potential::python
