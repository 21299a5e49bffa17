#include <fmt/format.h>

#include <potential/training/few_structures.hpp>

namespace potential {

std::string note_on_structures(const PotentialTable& table) {
  if (table.structures == 0 || table.structures >= few_structures) return "";
  return fmt::format(
      "trained from {} structure{} only; below {}, the scores of rare pairs are mostly chance",
      table.structures, table.structures == 1 ? "" : "s", few_structures);
}

}  // namespace potential
