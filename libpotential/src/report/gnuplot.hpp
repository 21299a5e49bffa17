#pragma once
#include <string>

namespace potential {

/// Runs gnuplot on a script, without a shell; what it draws on its standard
/// output goes to `path`, whole or not at all.
/// @throws Error when gnuplot is missing or fails, with what it says; FileError.
void run_gnuplot(const std::string& script, const std::string& path);

/// The command for a picture of width x height pixels in the format that the
/// path's ending says; a PDF has 96 of them an inch.
std::string gnuplot_terminal(const std::string& path, int width, int height);

/// Any text as a string of gnuplot's language, in single quotes: nothing in it
/// has a meaning. Control characters become spaces.
std::string gnuplot_quote(const std::string& text);

}  // namespace potential
