#pragma once
#include <atomic>

namespace potential::app {

/// From now on SIGINT, SIGTERM and SIGHUP ask the run to stop; a second one
/// ends it at once. A full disk quota and a closed pipe do not end the program
/// but make writing fail.
void catch_signals();
/// Opens standard streams that the caller has closed, lest a file that is
/// written takes their number and gets what is meant for them.
void open_standard_streams();
/// True after such a signal.
const std::atomic<bool>& stop_requested();
/// The signal's number, 0 before.
int stop_signal();
/// SIGINT and the like.
const char* signal_name(int number);
/// Ends the program as the signal would have; @returns 128 + n if it lives on.
int end_by_signal(int number);

}  // namespace potential::app
