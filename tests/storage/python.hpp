#pragma once
#include <cstdlib>
#include <initializer_list>
#include <string>

/// True when Debian's Python can import a module.
inline bool python_has(const std::string& module) {
  return std::system(("/usr/bin/python3 -c 'import " + module + "' >/dev/null 2>&1").c_str()) == 0;
}

/// Runs a script of this folder. @returns true when it ended well.
inline bool run_python(const std::string& script, std::initializer_list<std::string> arguments) {
  std::string command = "/usr/bin/python3 '" POTENTIAL_SOURCE_DIR "/tests/storage/" + script + "'";
  for (const std::string& argument : arguments) command += " '" + argument + "'";
  return std::system(command.c_str()) == 0;
}
