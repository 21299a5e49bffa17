#include "output.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <potential/support/atomic_file.hpp>
#include <potential/support/error.hpp>

namespace potential::app {
namespace {

void check_place(const std::string& path, const std::vector<std::string>& inputs) {
  for (const std::string& input : inputs) {
    const std::string file = !input.empty() && input[0] == '@' ? input.substr(1) : input;
    if (same_file(path, file))
      throw UsageError(path + ": is an input as well as the output; choose another name");
  }
  const AtomicFile trial(path);
}

}  // namespace

std::string output_file(const Arguments& arguments, const std::vector<std::string>& inputs,
                        const std::string& option) {
  const std::string path = arguments.text(option);
  if (path.empty()) throw UsageError("give the output file: -o FILE");
  if (path == "-") throw UsageError("an HDF5 result cannot go to standard output; give -o FILE");
  check_place(path, inputs);
  return path;
}

std::string output_text_file(const Arguments& arguments, const std::vector<std::string>& inputs,
                             const std::string& option) {
  const std::string path = arguments.text(option);
  if (path.empty() || path == "-") return "-";
  check_place(path, inputs);
  return path;
}

void write_text(const std::string& path, const std::string& text) {
  if (path == "-") {
    if (std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0)
      return;
    if (errno == EPIPE) throw ClosedPipe();
    throw FileError("standard output", std::string("cannot write: ") + std::strerror(errno));
  }
  AtomicFile file(path);
  file.write(text);
  file.commit();
}

}  // namespace potential::app
