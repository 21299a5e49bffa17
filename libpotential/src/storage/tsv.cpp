#include "storage/tsv.hpp"
#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <potential/support/error.hpp>

#include <potential/support/printable.hpp>
#include "support/unread_formats.hpp"

namespace potential::storage {
namespace {

constexpr std::size_t longest_line = std::size_t{1} << 20;
constexpr std::size_t longest_shown = 40;

}  // namespace

std::string shown(std::string_view text) {
  const std::string_view begin = beginning(text, longest_shown);
  return printable(begin) + (begin.size() < text.size() ? "..." : "");
}

TsvReader::TsvReader(const std::string& path)
    : path_(path), stream_(path, std::ios::binary), buffer_(longest_line + 2, '\0') {
  std::error_code error;
  if (std::filesystem::is_directory(path, error)) throw FileError(path, "is a folder, not a file");
  if (!stream_)
    throw FileError(path, std::string("cannot open: ") + std::strerror(errno != 0 ? errno : EIO));
}

bool TsvReader::next() {
  ++line_;
  stream_.getline(buffer_.data(), static_cast<std::streamsize>(buffer_.size()));
  auto size = static_cast<std::size_t>(stream_.gcount());
  if (stream_.bad()) throw FileError(path_, "cannot read");
  if (stream_.eof() && size == 0) return false;
  if (stream_.fail() && !stream_.eof())
    fail("is longer than a megabyte, so this is not a contact map");
  if (!stream_.eof()) --size;  // the line end counts
  std::string_view rest(buffer_.data(), size);
  if (line_ == 1) refuse_unread(path_, rest);
  if (rest.find('\0') != std::string_view::npos)
    fail("holds a NUL byte, so this is not a contact map");
  if (!rest.empty() && rest.back() == '\r') rest.remove_suffix(1);
  cells_.clear();
  while (true) {
    const auto tab = rest.find('\t');
    cells_.push_back(rest.substr(0, tab));
    if (tab == std::string_view::npos) return true;
    rest.remove_prefix(tab + 1);
  }
}

void TsvReader::fail(const std::string& problem) const {
  throw FormatError(path_, "line " + std::to_string(line_), problem);
}

void TsvReader::fail_in(std::size_t column, const std::string& problem) const {
  throw FormatError(path_, "line " + std::to_string(line_) + ", column " +
                               std::to_string(column + 1) + ": " + problem);
}

}  // namespace potential::storage
