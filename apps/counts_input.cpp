#include "counts_input.hpp"

#include <potential/storage/contact_map.hpp>
#include <potential/storage/files.hpp>
#include <potential/support/error.hpp>

namespace potential::app {

ContactCounts read_counts_or_map(const std::string& path) {
  switch (kind_of_file(path)) {
    case FileKind::counts:
      return read_counts(path);
    case FileKind::potential:
      throw FormatError(path, "is a potential; training needs a counts file or a contact map");
    case FileKind::other:
      break;
  }
  return read_contact_map(path);
}

}  // namespace potential::app
