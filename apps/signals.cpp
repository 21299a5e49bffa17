#include "signals.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <csignal>
#include <initializer_list>

namespace potential::app {
namespace {

// A signal handler can reach nothing but globals.
std::atomic<bool> stop{false};
std::atomic<int> received{0};
static_assert(std::atomic<bool>::is_always_lock_free && std::atomic<int>::is_always_lock_free);

void on_signal(int number) {
  received = number;
  stop = true;
}

}  // namespace

void catch_signals() {
  struct sigaction action {};
  action.sa_handler = on_signal;
  action.sa_flags = static_cast<int>(SA_RESETHAND);
  for (const int number : {SIGINT, SIGTERM, SIGHUP}) ::sigaction(number, &action, nullptr);
  // A file-size limit and a closed pipe are to be errors of write(), so that
  // temporary files are removed and the reason is told.
  std::signal(SIGXFSZ, SIG_IGN);
  std::signal(SIGPIPE, SIG_IGN);
}

void open_standard_streams() {
  // Open for the wrong direction: a result that goes to a closed stream is an
  // error, as it would be without this.
  for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
    if (::fcntl(descriptor, F_GETFD) < 0 &&
        ::open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY) < 0)
      ::_exit(1);
}

const std::atomic<bool>& stop_requested() { return stop; }
int stop_signal() { return received; }

const char* signal_name(int number) {
  return number == SIGINT ? "SIGINT" : number == SIGTERM ? "SIGTERM" : "SIGHUP";
}

int end_by_signal(int number) {
  std::signal(number, SIG_DFL);
  std::raise(number);
  return 128 + number;
}

}  // namespace potential::app
