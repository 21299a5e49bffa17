#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace potential {

/// The text of one structure file, for parsers and for errors that name a line.
struct SourceText {
  std::string id;  ///< named in errors
  std::string_view text;
  const char* coordinates = "";  ///< how this format calls them
  bool has_lines = true;         ///< it is text; errors can say where
  std::size_t lines_before = 0;  ///< of the file, where the text is a part of it

  /// @param where a place in the text, or nullptr when there is none to name
  /// @throws FormatError `id: line N: problem`, without the line where there are none.
  [[noreturn]] void fail_at(const char* where, const std::string& problem) const;
  /// @throws FormatError `id: problem`.
  [[noreturn]] void fail(const std::string& problem) const;
};

}  // namespace potential
