#include "structure/pdb_stream.hpp"
#include <algorithm>
#include <cstring>
#include <potential/support/error.hpp>

#include "structure/parsers.hpp"
#include "support/unread_formats.hpp"

namespace potential {
PdbStream::PdbStream(const std::string& path, std::string id) : stream_(path), path_(path) {
  piece_.id = std::move(id);
  piece_.coordinates = coordinate_columns;
}

bool PdbStream::read_more() {
  const std::string_view block = stream_.next();
  if (!stream_.problem().empty()) throw FormatError(piece_.id, stream_.problem());
  held_.append(block);
  return !block.empty();
}

/// Behind the last ENDMDL that is held, or 0.
std::size_t PdbStream::end_of_piece() {
  constexpr std::string_view mark = "\nENDMDL";
  const std::size_t from = searched_ - std::min(searched_, mark.size());
  const std::size_t found = std::string_view(held_).substr(from).rfind(mark);
  searched_ = found == std::string_view::npos ? held_.size() : from + found;
  const std::size_t line_end = held_.find('\n', searched_ + 1);
  return line_end == std::string::npos ? 0 : line_end + 1;
}

const SourceText& PdbStream::next() {
  piece_.lines_before +=
      static_cast<std::size_t>(std::count(piece_.text.begin(), piece_.text.end(), '\n'));
  held_.erase(0, begin_);
  searched_ = 0;
  std::size_t end = 0;
  while (!ended_ && (held_.size() < piece_bytes || (end = end_of_piece()) == 0))
    ended_ = !read_more();
  if (ended_) end = held_.size();
  piece_.text = std::string_view(held_).substr(0, end);
  if (!begun_) {
    refuse_unread(piece_.id, piece_.text);
    piece_.text = without_mark(piece_.text);
  }
  begun_ = true;
  begin_ = end;
  if (const void* nul = std::memchr(piece_.text.data(), '\0', piece_.text.size()))
    piece_.fail_at(static_cast<const char*>(nul), nul_problem);
  return piece_;
}

}  // namespace potential
