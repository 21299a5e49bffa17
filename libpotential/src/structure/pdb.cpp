#include <cstring>
#include <gemmi/pdb.hpp>

#include "structure/decimal.hpp"
#include "structure/parsers.hpp"

namespace potential {
namespace {

std::string_view trim(std::string_view field) {
  while (!field.empty() && field.front() == ' ') field.remove_prefix(1);
  while (!field.empty() && field.back() == ' ') field.remove_suffix(1);
  return field;
}

/// The first four characters without their case. Gemmi's is_record_type does the
/// same, but shifts negative numbers where a byte is not ASCII.
constexpr std::uint32_t record_id(const char* text) {
  std::uint32_t id = 0;
  for (int i = 0; i < 4; ++i) id = id << 8 | (static_cast<unsigned char>(text[i]) & ~0x20U);
  return id;
}

/// For records of three letters: a blank, line end or NUL stands behind them.
constexpr bool is_short_record(std::uint32_t id, const char* name) {
  return (id & ~0xfU) == (record_id(name) & ~0xfU);
}

class PdbParser {
 public:
  PdbParser(const SourceText& source, const ResidueRules& rules, ModelChoice choice)
      : source_(source), choice_(choice), builder_(rules) {
    builder_.reserve(source.text.size() / 67);
  }

  ParsedFile parse() {
    const char* p = source_.text.data();
    const char* const end = p + source_.text.size();
    while (p != end && !done_) {
      const void* newline = std::memchr(p, '\n', static_cast<std::size_t>(end - p));
      const char* next = newline != nullptr ? static_cast<const char*>(newline) : end;
      const char* line_end = next;
      if (line_end != p && line_end[-1] == '\r') --line_end;
      if (line_end - p >= 3) read_line({p, static_cast<std::size_t>(line_end - p)});
      p = next == end ? end : next + 1;
    }
    end_model();
    return std::move(parsed_);
  }

 private:
  void read_line(std::string_view line) {
    // Four characters are there: the text of a file goes on with a NUL.
    const std::uint32_t id = record_id(line.data());
    if (id == record_id("ATOM") || id == record_id("HETA"))
      read_atom(line);
    else if (is_short_record(id, "TER "))
      end_chain();
    else if (id == record_id("MODE") || id == record_id("ENDM") || is_short_record(id, "END "))
      end_model();
  }

  void read_atom(std::string_view line) {
    if (!has_atoms_ && begins_unwanted_model()) return;
    if (line.size() < 27) source_.fail_at(line.data(), "the atom record is cut short");
    if (label_ == nullptr || std::memcmp(label_, line.data() + 17, 10) != 0) begin_residue(line);
    if (!wanted_) return;
    AtomRow row;
    const std::string_view name = trim(line.substr(12, 4));
    row.altloc = line[16];
    row.hydrogen = is_hydrogen(name);
    if (!AtomTableBuilder::is_wanted(row.hydrogen, row.altloc)) return;
    row.atom = pack_atom(name);
    row.where = line.data();
    if (line.size() >= 54) {
      row.x = parse_milli_column(line.data() + 30);
      row.y = parse_milli_column(line.data() + 38);
      row.z = parse_milli_column(line.data() + 46);
    } else {
      row.x = row.y = row.z = unreadable_coordinate;
    }
    if (line.size() > 54) row.occupancy = line.substr(54, 6);
    if (line.size() > 60) row.b_factor = line.substr(60, 6);
    builder_.add(row);
  }

  /// With ModelChoice::first it is enough to know that there is a second one.
  bool begins_unwanted_model() {
    has_atoms_ = true;
    parsed_.several = models_ > 0;
    ++models_;
    done_ = parsed_.several && choice_ == ModelChoice::first;
    if (done_) has_atoms_ = false;
    return done_;
  }

  void begin_residue(std::string_view line) {
    label_ = line.data() + 17;
    const std::string_view chain = line.substr(20, 2);
    if (chain != chain_) {
      chain_ = chain;
      segment_ = &segments_[pack_name<std::uint16_t>(trim(chain))];
    }
    segment_->open = true;
    const gemmi::SeqId number = gemmi::pdb_impl::read_seq_id(line.data() + 22);
    ResidueLabel label;
    label.name = trim(line.substr(17, 3));
    label.chain = trim(chain);
    label.part_key = segment_->key;
    // Gemmi's mark for a blank number, -999, is a number that occurs.
    label.number = trim(line.substr(22, 4)).empty() ? 0 : number.num.value;
    label.insertion_code = line[26];
    label.key = pack_name<std::uint64_t>(line.substr(22, 5));
    wanted_ = builder_.begin_residue(label);
  }

  /// A TER ends the chain of the last atom.
  void end_chain() {
    if (label_ == nullptr) return;
    if (segment_->open) segment_->key = std::to_string(++segment_->ended);
    segment_->open = false;
    label_ = nullptr;
  }

  void end_model() {
    if (!has_atoms_) return;
    parsed_.models.push_back(builder_.finish());
    segments_.clear();
    chain_ = {};
    label_ = nullptr;
    has_atoms_ = false;
  }

  /// What is known of an author chain.
  struct Segment {
    int ended = 0;      ///< TER records so far
    std::string key;    ///< the same as text
    bool open = false;  ///< there were atoms since
  };

  const SourceText& source_;
  const ModelChoice choice_;
  ParsedFile parsed_;
  AtomTableBuilder builder_;
  std::unordered_map<std::uint16_t, Segment> segments_;  ///< of this model, by chain
  Segment* segment_ = nullptr;
  std::string_view chain_;       ///< columns 21-22 of the last atom
  const char* label_ = nullptr;  ///< columns 18-27 of the last atom
  bool wanted_ = false;
  bool has_atoms_ = false;
  bool done_ = false;
  std::size_t models_ = 0;
};

}  // namespace

ParsedFile parse_pdb(const SourceText& source, const ResidueRules& rules, ModelChoice choice) {
  return PdbParser(source, rules, choice).parse();
}

}  // namespace potential
