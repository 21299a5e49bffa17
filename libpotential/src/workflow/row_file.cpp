#include "workflow/row_file.hpp"
#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <potential/support/error.hpp>

#include "core/model_id.hpp"

namespace potential {
namespace {

constexpr std::size_t max_held = 1 << 16;  // bytes
constexpr std::chrono::seconds max_wait{1};

[[noreturn]] void fail(const std::string& path, const char* doing) {
  throw FileError(path, std::string(doing) + std::strerror(errno));
}

}  // namespace

/// The whole rows of an earlier run, one after another.
class RowFile::Earlier {
 public:
  Earlier(const std::string& path, const RowFormat& format)
      : path_(path), format_(format), in_(path, std::ios::binary) {
    step();
    if (!begins_as_these_rows())
      throw UsageError(path, "",
                       "its first line is not that of these rows, so they cannot be added to it; "
                       "use the same options or another output");
    if (!format.header.empty() && !at_end()) step();
  }

  bool at_end() const { return !has_line_; }
  std::uint64_t begin() const { return begin_; }  ///< of the row at hand
  const std::string& line() const { return line_; }

  /// Passes over the rows of a file: one, or those of its models by their numbers.
  /// @returns false when there is none.
  bool pass(const InputFile& file) {
    std::uint64_t last = 0;
    bool any = false;
    for (; has_line_; step()) {
      const auto number = number_in_row(file);
      if (!number || (any && *number <= last)) break;
      any = true;
      last = *number;
      if (last > 0) continue;
      step();
      break;
    }
    return any;
  }

  [[noreturn]] void refuse(const std::string& expected) const {
    throw UsageError(path_, "",
                     "its rows do not belong to these inputs (" + expected +
                         "); use the same inputs and options, or another output");
  }

 private:
  /// A row without an end of line is torn.
  void step() {
    begin_ += has_line_ ? line_.size() + 1 : 0;
    has_line_ = static_cast<bool>(std::getline(in_, line_)) && !in_.eof();
  }

  /// Of the first line, or of what there is of it.
  bool begins_as_these_rows() const {
    const std::string& header = format_.header;
    if (has_line_) return header.empty() || line_ + "\n" == header;
    const std::string expected = header.empty() ? format_.beginning("") : header;
    const std::size_t size = std::min(line_.size(), expected.size());
    return line_.compare(0, size, expected, 0, size) == 0;
  }

  /// The number k of `file#k` where the row is of this file, 0 of its only model.
  std::optional<std::uint64_t> number_in_row(const InputFile& file) const {
    for (const auto& id : {ModelId::make(file.id, file.chains), ModelId::make(file.id)}) {
      const std::string beginning = format_.beginning(id.text());
      if (line_.compare(0, beginning.size(), beginning) != 0 || line_.size() == beginning.size())
        continue;
      const char next = line_[beginning.size()];
      if (next == '\t' || next == ',' || next == '"') return 0;
      if (next == '#') return std::strtoull(line_.c_str() + beginning.size() + 1, nullptr, 10);
    }
    return std::nullopt;
  }

  const std::string& path_;
  const RowFormat& format_;
  std::ifstream in_;
  std::string line_;
  bool has_line_ = false;
  std::uint64_t begin_ = 0;
};

RowFile::RowFile(const RowFormat& format, const RowOutput& output)
    : format_(format), output_(output) {
  if (output.append || output.checkpoint)
    open_in_place();
  else if (!output.path.empty())
    whole_.emplace(output.path);
  if (!earlier_) begin_rows();
}

RowFile::~RowFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

void RowFile::open_in_place() {
  lock_.emplace(output_.path);
  descriptor_ = ::open(output_.path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  if (descriptor_ < 0) fail(output_.path, "cannot open: ");
  if (output_.append) earlier_ = std::make_unique<Earlier>(output_.path, format_);
  if (earlier_ && earlier_->at_end() && earlier_->begin() == 0) earlier_.reset();
}

void RowFile::begin_rows() {
  if (descriptor_ >= 0 && ::ftruncate(descriptor_, 0) != 0) fail(output_.path, "cannot write: ");
  text_ = format_.header;
}

bool RowFile::holds(const InputFile& file) {
  if (!earlier_) return false;
  const std::uint64_t begin = earlier_->begin();
  if (!earlier_->at_end() && !earlier_->pass(file))
    earlier_->refuse("the row of " + file.id + " should stand where '" +
                     earlier_->line().substr(0, 80) + "' does");
  if (!earlier_->at_end()) return true;
  make_again(begin, earlier_->begin());
  earlier_.reset();
  return false;
}

/// The last file's rows may not be all of them, and tell whether the potential and the
/// options are those of before.
void RowFile::make_again(std::uint64_t begin, std::uint64_t end) {
  again_.open(output_.path, std::ios::binary);
  again_.seekg(static_cast<std::streamoff>(begin));
  again_left_ = end - begin;
  if (::ftruncate(descriptor_, static_cast<off_t>(end)) != 0 ||
      ::lseek(descriptor_, 0, SEEK_END) < 0)
    fail(output_.path, "cannot write: ");
}

bool RowFile::stands_already(const std::string& line) {
  if (again_left_ == 0) return false;
  std::string before(std::min<std::uint64_t>(line.size(), again_left_), '\0');
  if (!again_.read(before.data(), static_cast<std::streamsize>(before.size())) || before != line)
    throw UsageError(output_.path, "",
                     "the row '" + line.substr(0, line.find('\n')).substr(0, 80) +
                         "' was another before; use the same potential and options, or another "
                         "output");
  again_left_ -= line.size();
  return true;
}

void RowFile::add(const ModelScore& row) {
  const std::string line = format_.line(row);
  if (stands_already(line)) return;
  text_ += line;
  const auto now = Clock::now();
  if (output_.checkpoint && now - written_ >= *output_.checkpoint)
    sync();
  else if (text_.size() >= max_held || now - written_ >= max_wait)
    write();
}

void RowFile::write() {
  written_ = Clock::now();
  std::string_view rest = text_;
  if (whole_)
    whole_->write(rest);
  else if (descriptor_ < 0)
    output_.write(rest);
  else
    while (!rest.empty()) {
      const ssize_t written = ::write(descriptor_, rest.data(), rest.size());
      if (written < 0 && errno != EINTR) fail(output_.path, "cannot write: ");
      rest.remove_prefix(static_cast<std::size_t>(std::max<ssize_t>(written, 0)));
    }
  text_.clear();
}

void RowFile::sync() {
  write();
  if (descriptor_ >= 0 && ::fdatasync(descriptor_) != 0) fail(output_.path, "cannot write: ");
}

void RowFile::finish() {
  if (earlier_ && !earlier_->at_end())
    earlier_->refuse("no input is left for '" + earlier_->line().substr(0, 80) + "'");
  if (again_left_ > 0)
    throw UsageError(output_.path, "",
                     "its last rows belong to none of these models; use the same inputs and "
                     "options, or another output");
  sync();
  if (whole_) whole_->commit();
}

}  // namespace potential
