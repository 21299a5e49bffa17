#include "workflow/packed_output.hpp"
#include <filesystem>
#include <fstream>
#include <potential/storage/score_file.hpp>
#include <potential/support/atomic_file.hpp>
#include <potential/support/error.hpp>

#include "support/sha256.hpp"

namespace potential {
namespace {

std::string digest_of(const Options& options) {
  std::string text;
  for (const auto& [name, value] : options) text += name + '=' + value + '\n';
  return to_hex(sha256(text.data(), text.size()));
}

std::string value_of(const Options& options, const std::string& name) {
  const auto found = options.find(name);
  return found == options.end() ? "without it" : "with " + found->second;
}

}  // namespace

std::vector<std::string> columns_of(std::string_view header) {
  header = header.substr(0, header.find('\n'));
  std::vector<std::string> columns;
  for (std::size_t begin = 0;;) {
    const std::size_t end = header.find('\t', begin);
    columns.emplace_back(header.substr(begin, end - begin));
    if (end == header.npos) return columns;
    begin = end + 1;
  }
}

PackedOutput::PackedOutput(const RowFormat& format, const RowOutput& output)
    : output_(output),
      columns_(columns_of(format.header)),
      format_(format),
      rows_(output),
      lock_(output.path) {
  format_.header.pop_back();
  format_.header += "\toptions " + digest_of(*output.hdf5) + "\n";
  rows_.path += ".rows";
  rows_.hdf5.reset();
  const auto exists = [](const std::string& path) { return std::filesystem::exists(path); };
  if (output.append && !exists(rows_.path) && exists(output.path)) unpack_earlier();
}

void PackedOutput::unpack_earlier() const {
  const ScoreFileSummary earlier = read_score_summary(output_.path);
  Options names = earlier.options;
  names.insert(output_.hdf5->begin(), output_.hdf5->end());
  for (const auto& [name, ignored] : names)
    if (value_of(earlier.options, name) != value_of(*output_.hdf5, name))
      throw UsageError(output_.path, name,
                       "the rows so far were made " + value_of(earlier.options, name) +
                           " and cannot go on " + value_of(*output_.hdf5, name) +
                           "; use the same options or another output");
  if (earlier.columns != columns_)
    throw UsageError(output_.path, "", "has other columns; use another output");
  AtomicFile file(rows_.path);
  file.write(format_.header);
  bool header = true;
  unpack_scores(output_.path, [&](std::string_view text) {
    if (header) text.remove_prefix(text.find('\n') + 1);
    header = false;
    file.write(text);
  });
  file.commit();
}

void PackedOutput::finish() const {
  std::ifstream text(rows_.path, std::ios::binary);
  if (!text) throw FileError(rows_.path, "cannot be read any more");
  pack_scores(text, columns_, *output_.hdf5, output_.path);
  std::filesystem::remove(rows_.path);
}

}  // namespace potential
