#include "structure/chain_parts.hpp"
#include <algorithm>
#include <set>

namespace potential {
namespace {

using Number = std::pair<std::int32_t, char>;  // with the insertion code

bool may_go_on(const ResidueRows& residue) { return !residue.hetero && residue.rule->is_known(); }

/// Walks over the parts of each chain id, in order of the file.
class PartJoiner {
 public:
  explicit PartJoiner(AtomTable& table) : table_(table), numbers_(table.parts.size()) {
    for (const ResidueRows& residue : table.residues)
      if (may_go_on(residue))
        numbers_[residue.part].insert({residue.number, residue.insertion_code});
  }

  void join() {
    std::vector<std::uint32_t> target(table_.parts.size());
    for (std::uint32_t part = 0; part < target.size(); ++part) target[part] = place(part);
    for (ResidueRows& residue : table_.residues) residue.part = target[residue.part];
    if (joined_.empty()) return;
    std::string names;
    for (const std::string& name : joined_) names += (names.empty() ? "" : ", ") + name;
    table_.notes.push_back("TER inside chain " + names +
                           ": the residues behind it are counted as the same chain");
  }

 private:
  /// @returns the part whose chain this one belongs to.
  std::uint32_t place(std::uint32_t part) {
    const std::string& chain = table_.parts[part].chain;
    if (chain.empty() || numbers_[part].empty()) return part;
    const auto [open, is_first] = open_.try_emplace(chain, part);
    if (is_first) return part;
    std::set<Number>& known = numbers_[open->second];
    const std::set<Number>& own = numbers_[part];
    if (std::any_of(own.begin(), own.end(), [&](const Number& n) { return known.count(n) != 0; }))
      return open->second = part;
    known.insert(own.begin(), own.end());
    if (std::find(joined_.begin(), joined_.end(), chain) == joined_.end()) joined_.push_back(chain);
    return open->second;
  }

  AtomTable& table_;
  std::vector<std::set<Number>> numbers_;                ///< of each part, from its ATOM records
  std::unordered_map<std::string, std::uint32_t> open_;  ///< the last chain of each id
  std::vector<std::string> joined_;
};

}  // namespace

void join_parts(AtomTable& table) {
  std::vector<bool> of_chain(table.parts.size());
  for (const ResidueRows& residue : table.residues)
    if (may_go_on(residue)) of_chain[residue.part] = true;
  std::set<std::string_view> names;
  for (std::size_t part = 0; part < of_chain.size(); ++part) {
    const std::string& chain = table.parts[part].chain;
    if (of_chain[part] && !chain.empty() && !names.insert(chain).second)
      return PartJoiner(table).join();
  }
}

}  // namespace potential
