#include "output.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <potential/support/atomic_file.hpp>
#include <potential/support/error.hpp>
#include <potential/workflow/shipped.hpp>
#include <set>

#include "signals.hpp"

namespace potential::app {
namespace {

void add_file(const std::string& word, std::vector<std::string>& files) {
  files.push_back(word[0] == '@' ? word.substr(1) : word);
  if (const auto shipped = find_shipped(word)) files.push_back(*shipped);
}

/// A pipe or a device, which is written to and never replaced.
bool is_special(const std::string& path) {
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  return std::filesystem::exists(status) && !std::filesystem::is_regular_file(status) &&
         !std::filesystem::is_directory(status);
}

void check_place(const std::string& path, const Arguments& arguments,
                 const std::vector<std::string>& inputs) {
  for (const std::string& file : files_read(arguments, inputs))
    if (same_file(path, file) && !is_special(path))
      throw UsageError(path, "", "is an input as well as the output; choose another name");
  outputs_of(arguments);
  if (!is_special(path)) const AtomicFile trial(path);
}

void write_special(const std::string& path, const std::string& text) {
  std::FILE* const file = std::fopen(path.c_str(), "w");
  const bool written =
      file != nullptr && std::fwrite(text.data(), 1, text.size(), file) == text.size();
  const int problem = errno;
  if (file == nullptr && problem == EINTR && stop_requested()) throw Cancelled();
  if (file == nullptr || std::fclose(file) != 0 || !written)
    throw FileError(path, std::string("cannot write: ") +
                              std::strerror(written || file == nullptr ? errno : problem));
}

}  // namespace

std::vector<std::string> files_read(const Arguments& arguments,
                                    const std::vector<std::string>& inputs) {
  std::vector<std::string> files;
  for (const std::string& input : inputs) add_file(input, files);
  for (const std::string& value : arguments.values_of(Kind::input)) add_file(value, files);
  return files;
}

std::string output_file(const Arguments& arguments, const std::vector<std::string>& inputs,
                        const std::string& option) {
  const std::string path = arguments.text(option);
  if (path.empty()) throw UsageError("give the output file: -o FILE");
  if (path == "-") throw UsageError("the result cannot go to standard output; give -o FILE");
  if (is_special(path)) throw UsageError(path, "", "the result needs a regular file");
  check_place(path, arguments, inputs);
  return path;
}

std::string output_text_file(const Arguments& arguments, const std::vector<std::string>& inputs,
                             const std::string& option) {
  const std::string path = arguments.text(option);
  if (path.empty() || path == "-") return "-";
  check_place(path, arguments, inputs);
  return path;
}

std::vector<std::string> outputs_of(const Arguments& arguments) {
  std::vector<std::string> outputs;
  std::set<std::filesystem::path> seen;
  for (const std::string& path : arguments.values_of(Kind::output)) {
    if (path == "-" || is_special(path)) continue;
    std::error_code error;
    if (!seen.insert(std::filesystem::weakly_canonical(output_target(path), error)).second)
      throw UsageError(path, "", "two results cannot go to one file");
    outputs.push_back(path);
  }
  return outputs;
}

void write_text(const std::string& path, const std::string& text) {
  if (path == "-") {
    if (std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0)
      return;
    if (errno == EPIPE) throw ClosedPipe();
    throw FileError("standard output", std::string("cannot write: ") + std::strerror(errno));
  }
  if (is_special(path)) return write_special(path, text);
  AtomicFile file(path);
  file.write(text);
  file.commit();
}

}  // namespace potential::app
