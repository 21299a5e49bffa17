#pragma once
#include <atomic>

namespace potential::app {

/// From now on SIGINT, SIGTERM and SIGHUP ask the run to stop; a second one
/// ends it at once.
void catch_signals();
/// True after such a signal.
const std::atomic<bool>& stop_requested();
/// The signal's number, 0 before.
int stop_signal();

}  // namespace potential::app
