#include "structure/chains.hpp"
#include <algorithm>
#include <cstdlib>
#include <potential/core/separation_classes.hpp>

#include "structure/decimal.hpp"

namespace potential {
namespace {

constexpr std::int64_t longest_bond = 2000;  // mÅ, itself excluded

bool is_bonded(const Conformer& before, const AtomRow* last, const Conformer& after,
               const AtomRow* first, const SourceText& source) {
  if (last == nullptr || first == nullptr) return false;
  require_position(*last, *before.residue, source);
  require_position(*first, *after.residue, source);
  const std::int64_t dx = std::int64_t{last->x} - first->x, dy = std::int64_t{last->y} - first->y,
                     dz = std::int64_t{last->z} - first->z;
  for (const std::int64_t d : {dx, dy, dz})
    if (std::abs(d) >= longest_bond) return false;
  return dx * dx + dy * dy + dz * dz < longest_bond * longest_bond;
}

const AtomRow* find_o3(const Conformer& conformer) {
  const AtomRow* o3 = conformer.find(pack_atom("O3'"));
  return o3 != nullptr ? o3 : conformer.find(pack_atom("O3*"));
}

/// By C and N of amino acids, by O3' and P of nucleotides.
bool is_bonded(const Conformer& before, const Conformer& after, const SourceText& source) {
  const ResidueRule &one = *before.residue->rule, &next = *after.residue->rule;
  if (one.peptide && next.peptide &&
      is_bonded(before, before.find(pack_atom("C")), after, after.find(pack_atom("N")), source))
    return true;
  return one.nucleotide && next.nucleotide &&
         is_bonded(before, find_o3(before), after, after.find(pack_atom("P")), source);
}

std::int64_t step(const ResidueRows& before, const ResidueRows& after, bool bonded) {
  if (bonded) return 1;
  const std::int64_t difference = std::abs(std::int64_t{after.number} - before.number);
  return std::clamp<std::int64_t>(difference, 1, SeparationClasses::largest() + 1);
}

/// Follows each author chain and hands out chains.
class ChainWalk {
 public:
  ChainWalk(const AtomTable& table, const SourceText& source)
      : table_(table), source_(source), chain_of_part_(table.parts.size(), none) {
    std::unordered_map<std::string_view, std::size_t> numbers;
    for (const ChainPart& part : table.parts) {
      const auto [found, fresh] = numbers.try_emplace(part.chain, authors_.size());
      if (fresh) authors_.push_back({part.chain, none, 0});
      author_of_part_.push_back(found->second);
    }
  }

  void add(const Conformer& conformer) {
    const std::uint32_t part = conformer.residue->part;
    Author& author = authors_[author_of_part_[part]];
    const std::size_t chain = find_chain(author, conformer);
    ChainResidue residue{conformer, static_cast<std::uint32_t>(chain), 0};
    if (last_[chain] != none) residue.position = next_position(last_[chain], conformer);
    author.last = last_[chain] = layout_.residues.size();
    author.part = part;
    layout_.residues.push_back(residue);
  }

  ChainLayout finish() {
    const auto before = [](const ChainResidue& a, const ChainResidue& b) {
      return a.chain < b.chain;
    };
    auto& residues = layout_.residues;
    if (!std::is_sorted(residues.begin(), residues.end(), before))
      std::stable_sort(residues.begin(), residues.end(), before);
    return std::move(layout_);
  }

 private:
  static constexpr std::size_t none = SIZE_MAX;

  struct Author {
    std::string name;
    std::size_t last;    ///< its last residue
    std::uint32_t part;  ///< and the part of that one
  };

  std::size_t find_chain(const Author& author, const Conformer& conformer) {
    const std::uint32_t part = conformer.residue->part;
    if (author.last != none) {
      const ChainResidue& before = layout_.residues[author.last];
      if (author.part == part) return before.chain;
      if (table_.join_bonded && is_bonded(before.conformer, conformer, source_))
        return before.chain;
    }
    std::size_t& chain = chain_of_part_[part];
    if (chain == none) {
      chain = layout_.names.size();
      layout_.names.push_back(author.name);
      last_.push_back(none);
    }
    return chain;
  }

  std::int32_t next_position(std::size_t last, const Conformer& conformer) const {
    const ChainResidue& before = layout_.residues[last];
    const bool bonded = is_bonded(before.conformer, conformer, source_);
    const std::int64_t position =
        before.position + step(*before.conformer.residue, *conformer.residue, bonded);
    if (position > INT32_MAX)
      source_.fail("the residue numbers of chain " + layout_.names[before.chain] +
                   " jump too often to be those of a sequence");
    return static_cast<std::int32_t>(position);
  }

  const AtomTable& table_;
  const SourceText& source_;
  std::vector<std::size_t> chain_of_part_, author_of_part_;
  std::vector<Author> authors_;
  std::vector<std::size_t> last_;  ///< of each chain, its last residue
  ChainLayout layout_;
};

}  // namespace

const AtomRow& require_position(const AtomRow& row, const ResidueRows& residue,
                                const SourceText& source) {
  const std::int32_t worst = std::min({row.x, row.y, row.z});
  if (is_usable(worst)) return row;
  const std::string atom = "atom " + unpack_atom(row.atom) + " of " + residue.name + " " +
                           std::to_string(residue.number);
  source.fail_at(row.where, worst == unreadable_coordinate ? "no readable coordinates for " + atom +
                                                                 " in " + source.coordinates
                                                           : atom + " lies beyond 2,000,000 Å");
}

ChainLayout lay_out_chains(const AtomTable& table, const std::vector<Conformer>& conformers,
                           const SourceText& source) {
  ChainWalk walk(table, source);
  for (std::size_t i = 0; i < conformers.size(); ++i)
    if (conformers[i].residue->rule->kind != ResidueKind::unknown ||
        (i > 0 && is_bonded(conformers[i - 1], conformers[i], source)) ||
        (i + 1 < conformers.size() && is_bonded(conformers[i], conformers[i + 1], source)))
      walk.add(conformers[i]);
  return walk.finish();
}

}  // namespace potential
