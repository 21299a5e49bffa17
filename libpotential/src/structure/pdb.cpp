#include <algorithm>
#include <cstring>
#include <gemmi/pdb.hpp>
#include <optional>
#include <set>

#include "structure/chain_parts.hpp"
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

/// Columns 73-76, where they hold a segment id or, in the 1990s, the entry's code.
std::string_view segment_field(std::string_view line) {
  return line.size() > 72 ? trim(line.substr(72, 4)) : std::string_view();
}

/// Files of the 1990s number their lines in columns 77-80.
bool has_line_number(std::string_view line) {
  if (line.size() <= 76) return false;
  const std::string_view field = trim(line.substr(76, 4));
  return !field.empty() &&
         std::all_of(field.begin(), field.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// What the atoms of a model say of how its chains are named, which shows only
/// when all of them have been seen.
struct ChainNaming {
  bool chain_id = false;     ///< some column 22 is not blank
  bool segment_id = false;   ///< columns 73-76 hold something that is not the entry's code
  bool line_number = false;  ///< columns 77-80 number the lines
  /// Columns 21-22 behind a name of three letters, and behind one that may have four.
  std::set<std::string_view> two_letters, fourth_letters;

  bool by_segment() const { return !chain_id && segment_id && !line_number; }
  bool is_two_letter_id(std::string_view columns) const { return two_letters.count(columns) != 0; }
  /// True when the model was read wrongly as one without segment ids and where a
  /// name of four letters outweighs a chain id of two.
  bool needs_second_reading() const {
    return by_segment() || std::any_of(fourth_letters.begin(), fourth_letters.end(),
                                       [&](auto columns) { return is_two_letter_id(columns); });
  }
};

class PdbParser {
 public:
  PdbParser(const SourceText& source, const ResidueRules& rules, const ParseOptions& options)
      : source_(source),
        rules_(rules),
        options_(options),
        end_(source.text.data() + source.text.size()),
        rows_ahead_(source.text.size() / 67) {}

  ParsedFile parse() {
    if (!is_atom(source_.text)) entry_code_ = segment_field(first_line());
    return parse_models();
  }

  ParsedFile parse_part(PdbProgress& progress) {
    entry_code_ = progress.entry_code;
    if (!progress.begun && !is_atom(source_.text)) entry_code_ = segment_field(first_line());
    ParsedFile parsed = parse_models();
    progress = {true, std::string(entry_code_)};
    return parsed;
  }

 private:
  ParsedFile parse_models() {
    const char* p = source_.text.data();
    while (p != end_ && !done_) {
      const char* const begin = p;
      naming_ = {};
      p = read_model(begin);
      if (seen_.needs_second_reading()) {
        naming_ = std::move(seen_);
        read_model(begin);
      }
      if (has_atoms_) finish_model();
    }
    return std::move(parsed_);
  }

  static bool is_atom(std::string_view line) {
    const std::uint32_t id = line.size() < 4 ? 0 : record_id(line.data());
    return id == record_id("ATOM") || id == record_id("HETA");
  }

  std::string_view first_line() const {
    const std::string_view line = source_.text.substr(0, source_.text.find('\n'));
    return line.substr(0, line.find('\r'));
  }

  /// @returns what stands behind the model.
  const char* read_model(const char* p) {
    builder_.emplace(rules_, options_.rows);
    builder_->reserve(rows_ahead_);
    chains_.clear();
    seen_ = {};
    chain_ = nullptr;
    label_ = nullptr;
    has_atoms_ = false;
    for (bool ended = false; p != end_ && !ended && !done_;) {
      const void* newline = std::memchr(p, '\n', static_cast<std::size_t>(end_ - p));
      const char* next = newline != nullptr ? static_cast<const char*>(newline) : end_;
      const char* line_end = next;
      if (line_end != p && line_end[-1] == '\r') --line_end;
      if (line_end - p >= 3) ended = !read_line({p, static_cast<std::size_t>(line_end - p)});
      p = next == end_ ? end_ : next + 1;
    }
    return p;
  }

  /// @returns false when the line ends the model.
  bool read_line(std::string_view line) {
    // Four characters are there: the text of a file goes on with a NUL.
    const std::uint32_t id = record_id(line.data());
    if (id == record_id("ATOM") || id == record_id("HETA"))
      read_atom(line);
    else if (is_short_record(id, "TER "))
      end_chain();
    else if (id == record_id("MODE") || id == record_id("ENDM") || is_short_record(id, "END "))
      return !has_atoms_;
    else if (id == record_id("HEAD") && line.size() >= 66 && !trim(line.substr(62, 4)).empty())
      entry_code_ = trim(line.substr(62, 4));
    return true;
  }

  void read_atom(std::string_view line) {
    if (!has_atoms_ && begins_unwanted_model()) return;
    if (line.size() < 27) source_.fail_at(line.data(), "the atom record is cut short");
    if (label_ == nullptr || std::memcmp(label_, line.data() + 17, 10) != 0 ||
        (naming_.by_segment() && segment_field(line) != segment_))
      begin_residue(line);
    if (!wanted_) return;
    AtomRow row;
    const std::string_view name = trim(line.substr(12, 4));
    row.altloc = line[16];
    row.hydrogen = is_hydrogen(name);
    if (!AtomTableBuilder::is_wanted(row.hydrogen, row.altloc, options_.rows)) return;
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
    builder_->add(row);
  }

  /// With ModelChoice::first it is enough to know that there is a second one.
  bool begins_unwanted_model() {
    parsed_.several = !parsed_.models.empty();
    done_ = parsed_.several && options_.models == ModelChoice::first;
    has_atoms_ = !done_;
    return done_;
  }

  /// Columns 18-21 hold a residue name of four letters (LYSH).
  bool has_long_name(std::string_view line) {
    if (line[20] == ' ') return false;
    const std::string_view columns = line.substr(20, 2);
    if (!rules_.has_name(line.substr(17, 4))) {
      if (line[21] != ' ') seen_.two_letters.insert(columns);
      return false;
    }
    seen_.fourth_letters.insert(columns);
    return !naming_.is_two_letter_id(columns);
  }

  void look_at_naming(std::string_view line) {
    segment_ = segment_field(line);
    seen_.chain_id |= line[21] != ' ';
    seen_.segment_id |= !segment_.empty() && !same_letters(segment_, entry_code_);
    seen_.line_number |= has_line_number(line);
  }

  void begin_residue(std::string_view line) {
    label_ = line.data() + 17;
    look_at_naming(line);
    const bool long_name = has_long_name(line);
    std::string_view id = trim(long_name ? line.substr(21, 1) : line.substr(20, 2));
    if (naming_.by_segment()) id = segment_;
    if (chain_ == nullptr || id != id_) {
      id_ = id;
      chain_ = &chains_[pack_name<std::uint32_t>(id)];
    }
    chain_->open = true;
    const gemmi::SeqId number = gemmi::pdb_impl::read_seq_id(line.data() + 22);
    ResidueLabel label;
    label.name = trim(line.substr(17, long_name ? 4 : 3));
    label.chain = id;
    label.part_key = chain_->key;
    // Gemmi's mark for a blank number, -999, is a number that occurs.
    label.number = trim(line.substr(22, 4)).empty() ? 0 : number.num.value;
    label.insertion_code = line[26];
    label.hetero = record_id(line.data()) == record_id("HETA");
    label.key = pack_name<std::uint64_t>(line.substr(22, 5));
    wanted_ = builder_->begin_residue(label);
  }

  /// A TER ends the chain of the last atom.
  void end_chain() {
    if (label_ == nullptr) return;
    if (chain_->open) chain_->key = std::to_string(++chain_->ended);
    chain_->open = false;
    label_ = nullptr;
  }

  void finish_model() {
    AtomTable table = builder_->finish();
    rows_ahead_ = table.rows.size();
    join_parts(table);
    if (naming_.by_segment()) note_segments(table);
    parsed_.models.push_back(std::move(table));
  }

  static void note_segments(AtomTable& table) {
    std::vector<std::string> names;
    for (const ChainPart& part : table.parts)
      if (std::find(names.begin(), names.end(), part.chain) == names.end())
        names.push_back(part.chain);
    if (names == std::vector<std::string>{""}) return;  // only water has them
    std::string text;
    for (std::size_t i = 0; i < names.size() && i < 5; ++i)
      text += (i == 0 ? "" : ", ") + (names[i].empty() ? "_" : names[i]);
    table.notes.push_back("no chain ids; the segment ids in columns 73-76 are taken instead: " +
                          text + (names.size() > 5 ? ", ..." : ""));
  }

  /// What is known of a chain id.
  struct OpenChain {
    int ended = 0;      ///< TER records so far
    std::string key;    ///< the same as text
    bool open = false;  ///< there were atoms since
  };

  const SourceText& source_;
  const ResidueRules& rules_;
  const ParseOptions options_;
  const char* const end_;
  std::size_t rows_ahead_;  ///< of the next model, about
  ParsedFile parsed_;
  std::string_view entry_code_;
  ChainNaming naming_;  ///< by which the model is read
  ChainNaming seen_;    ///< what it showed so far
  std::optional<AtomTableBuilder> builder_;
  std::unordered_map<std::uint32_t, OpenChain> chains_;  ///< of this model, by id
  OpenChain* chain_ = nullptr;
  std::string_view id_, segment_;  ///< of the last atom
  const char* label_ = nullptr;    ///< its columns 18-27
  bool wanted_ = false;
  bool has_atoms_ = false;
  bool done_ = false;
};

}  // namespace

ParsedFile parse_pdb(const SourceText& source, const ResidueRules& rules,
                     const ParseOptions& options) {
  return PdbParser(source, rules, options).parse();
}

ParsedFile parse_pdb_part(const SourceText& part, const ResidueRules& rules,
                          PdbProgress& progress) {
  return PdbParser(part, rules, {ModelChoice::all, RowChoice::polymer, false}).parse_part(progress);
}

}  // namespace potential
