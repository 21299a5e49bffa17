#include "structure/source_text.hpp"
#include <algorithm>
#include <potential/support/error.hpp>

namespace potential {

void SourceText::fail_at(const char* where, const std::string& problem) const {
  if (where == nullptr || !has_lines) fail(problem);
  const auto line =
      lines_before + static_cast<std::size_t>(std::count(text.data(), where, '\n')) + 1;
  throw FormatError(id, "line " + std::to_string(line), problem);
}

void SourceText::fail(const std::string& problem) const { throw FormatError(id, problem); }

}  // namespace potential
