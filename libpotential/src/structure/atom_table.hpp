#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "structure/names.hpp"
#include "structure/residue_rules.hpp"

namespace potential {

/// One atom of a file, in the form that PDB and mmCIF have in common. Views
/// and pointers lead into the text of the file.
struct AtomRow {
  PackedAtomName atom = 0;
  char altloc = ' ';
  bool hydrogen = false;
  std::uint32_t residue = 0;         ///< index into AtomTable::residues
  std::int32_t x = 0, y = 0, z = 0;  ///< mÅ, or why there is none (decimal.hpp)
  std::string_view occupancy, b_factor;
  const char* where = nullptr;  ///< its line
};

/// The rows of one residue under one name. Those with one `slot` are the
/// alternatives at one place of the chain (microheterogeneity).
struct ResidueRows {
  const ResidueRule* rule = nullptr;
  std::string name;
  std::int32_t number = 0;
  char insertion_code = ' ';
  std::uint32_t part = 0;  ///< index into AtomTable::parts
  std::uint32_t slot = 0;
  std::uint32_t begin = 0, end = 0;  ///< rows
  bool alternatives = false;         ///< some row has an altloc
  bool hetero = false;               ///< its first record is a HETATM (PDB)
  bool returns = false;              ///< its number was left and came back
  std::int64_t repeats = -1;         ///< the earlier residue whose atoms it holds again
  std::int64_t sibling = -1;         ///< another name in this slot, met before
};

/// A stretch that begins a chain of its own: a chain id and a TER count (PDB,
/// until join_parts) or an entity (mmCIF).
struct ChainPart {
  std::string chain;
  std::string key;
};

/// The rows of one model that may belong to a polymer, sorted by residue.
struct AtomTable {
  std::vector<AtomRow> rows;
  std::vector<ResidueRows> residues;
  std::vector<ChainPart> parts;
  bool join_bonded = false;  ///< a bond to the residue before outweighs a new part (mmCIF)
  std::vector<std::string> notes;
  std::string problem;             ///< why the model cannot be counted
  std::size_t other_residues = 0;  ///< of a kind of polymer that the scheme says nothing of
};

/// Which rows a table holds.
enum class RowChoice {
  polymer,  ///< heavy atoms of residues that may be in a polymer
  all       ///< every atom of the file
};

/// How a residue is called in the file.
struct ResidueLabel {
  std::string_view name;
  std::string_view chain, part_key;  ///< see ChainPart
  std::int32_t number = 0;
  char insertion_code = ' ';
  bool hetero = false;
  std::uint64_t key = 0;  ///< what tells residues of one part apart
};

/// Gathers rows into residues. Rows of one residue need not stand together.
class AtomTableBuilder {
 public:
  explicit AtomTableBuilder(const ResidueRules& rules, RowChoice choice = RowChoice::polymer)
      : rules_(rules), choice_(choice) {}

  /// Makes room for about so many rows.
  void reserve(std::size_t rows) {
    table_.rows.reserve(rows);
    table_.residues.reserve(rows / 8);
  }
  /// The rows that follow belong to this residue. @returns false when they are
  /// of no interest (ResidueKind::ignored) and need not be added.
  bool begin_residue(const ResidueLabel& label);
  /// True when a row of this atom is worth adding.
  static bool is_wanted(bool hydrogen, char altloc, RowChoice choice = RowChoice::polymer) {
    return !hydrogen || altloc != ' ' || choice == RowChoice::all;
  }
  void add(AtomRow row);
  /// The rows so far. The builder is spent then.
  AtomTable finish();

 private:
  struct Key {
    std::uint64_t label;
    std::uint32_t part;
    bool operator==(const Key& o) const { return label == o.label && part == o.part; }
  };
  struct Hash {
    std::size_t operator()(const Key& k) const {
      return static_cast<std::size_t>(
          (k.label ^ (std::uint64_t{k.part} << 40)) * 0x9E3779B97F4A7C15ULL >> 16);
    }
  };
  std::uint32_t find_part(std::string_view chain, std::string_view key);
  /// Why it is not known yet to which residue the next row belongs.
  enum class Doubt { none, other_name, came_back };

  void open(bool alternative);
  void decide(const AtomRow& first);
  void decide_name(const AtomRow& first);
  void decide_return(const AtomRow& first);
  void follow(const AtomRow& row);
  std::int64_t find_name(std::uint32_t residue) const;
  const AtomRow* find_row(std::uint32_t residue, const AtomRow& row) const;
  void sort_rows();
  void settle_sugars();
  void settle_repeats();
  void drop_repeats();
  void note_counts();

  const ResidueRules& rules_;
  const RowChoice choice_;
  AtomTable table_;
  std::unordered_map<Key, std::uint32_t, Hash> latest_;  ///< last residue of a label
  std::unordered_map<std::string, std::uint32_t> parts_;
  ResidueLabel label_;      ///< of the residue being added to
  std::uint32_t part_ = 0;  ///< and its part
  const ResidueRule* rule_ = nullptr;
  std::uint32_t current_ = 0;
  std::uint32_t slots_ = 0;
  Doubt doubt_ = Doubt::none;      ///< the first row under a label tells
  PackedAtomName first_atom_ = 0;  ///< heavy, of the residue opened last
  bool sorted_ = true;
  std::size_t placeholders_ = 0, told_apart_ = 0, doubled_ = 0;
};

}  // namespace potential
