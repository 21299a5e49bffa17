#pragma once
#include <string>
#include <vector>

#include "command_line.hpp"

namespace potential::app {

/// Where an HDF5 result goes: the value of -o, which must be a file.
/// Fails before the work, not after it, when nothing can be written there.
/// @throws UsageError when -o is missing, `-`, or the same file as an input;
///         FileError when the place cannot be written.
std::string output_file(const Arguments& arguments, const std::vector<std::string>& inputs,
                        const std::string& option = "output");

/// Where a text result goes: a file (checked as above), or "-" for standard output.
std::string output_text_file(const Arguments& arguments, const std::vector<std::string>& inputs,
                             const std::string& option = "output");

/// What a command line names as read: words, lists (`@LIST`), shipped potentials,
/// and the files of options.
std::vector<std::string> files_read(const Arguments& arguments,
                                    const std::vector<std::string>& inputs);

/// Whoever reads standard output has gone, as `head` does when it has enough.
struct ClosedPipe {};

/// Every file that the options name as a result (`-` left out), for
/// RunObserver::outputs. @throws UsageError when two of them are the same file.
std::vector<std::string> outputs_of(const Arguments& arguments);

/// Writes a text result, whole or not at all. @throws FileError, ClosedPipe.
void write_text(const std::string& path, const std::string& text);

}  // namespace potential::app
