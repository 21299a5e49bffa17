#include "signals.hpp"

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
}

const std::atomic<bool>& stop_requested() { return stop; }
int stop_signal() { return received; }

}  // namespace potential::app
