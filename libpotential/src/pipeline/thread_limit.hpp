#pragma once

namespace potential {

/// Starts this many threads beside the caller's and ends them again: oneTBB would
/// end the program when it cannot. Once for each number that a process asks for.
/// @throws Error when the system refuses (a limit of memory or processes).
void require_threads(int number);

}  // namespace potential
