#include <algorithm>
#include <array>
#include <gemmi/cif.hpp>
#include <optional>
#include <potential/structure/decimal.hpp>
#include <potential/structure/parsers.hpp>

namespace potential {
namespace {

namespace cif = gemmi::cif;
namespace pegtl = tao::pegtl;

/// Positions are worked out only for an error.
class CifInput : public pegtl::memory_input<pegtl::tracking_mode::lazy> {
 public:
  using memory_input::memory_input;
  /// What Gemmi's grammar asks for: 1 at the beginning of a line.
  std::size_t column() const { return current() == begin() || current()[-1] == '\n' ? 1 : 2; }
};

enum Column : std::size_t {
  auth_asym,
  label_asym,
  auth_comp,
  label_comp,
  auth_atom,
  label_atom,
  auth_seq,
  label_seq,
  insertion,
  altloc,
  entity,
  model_number,
  cartn_x,
  cartn_y,
  cartn_z,
  occupancy,
  b_factor,
  column_count,
  not_wanted = column_count
};

constexpr std::array<std::string_view, column_count> column_names = {
    "auth_asym_id",    "label_asym_id",      "auth_comp_id", "label_comp_id",     "auth_atom_id",
    "label_atom_id",   "auth_seq_id",        "label_seq_id", "pdbx_PDB_ins_code", "label_alt_id",
    "label_entity_id", "pdbx_PDB_model_num", "Cartn_x",      "Cartn_y",           "Cartn_z",
    "occupancy",       "B_iso_or_equiv"};

constexpr std::string_view category = "_atom_site.";

/// Tags are the same in any case.
bool same_tag(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return gemmi::lower(x) == gemmi::lower(y); });
}

/// The wanted column that a tag names; nothing when it is of another category.
std::optional<std::size_t> find_column(std::string_view tag) {
  if (!same_tag(tag.substr(0, category.size()), category)) return std::nullopt;
  const std::string_view name = tag.substr(category.size());
  std::size_t column = 0;
  while (column < column_count && !same_tag(column_names[column], name)) ++column;
  return column;
}

bool is_null(std::string_view value) { return value == "?" || value == "." || value.empty(); }

/// A value without its quotes; empty for `?` and `.`.
std::string_view unquote(std::string_view value) {
  if (is_null(value)) return {};
  const char first = value.front();
  if ((first == '"' || first == '\'') && value.size() >= 2)
    return value.substr(1, value.size() - 2);
  if (first == ';' && value.size() > 2 && value[value.size() - 2] == '\n') {
    value = value.substr(1, value.size() - 3);
    if (!value.empty() && value.back() == '\r') value.remove_suffix(1);
  }
  return value;
}

/// Takes rows of _atom_site into the tables of the models.
class AtomSite {
 public:
  AtomSite(const SourceText& source, const ResidueRules& rules, ModelChoice choice)
      : source_(source), rules_(rules), choice_(choice) {}

  /// One place more than there are columns, for values that are not wanted.
  using Values = std::array<std::string_view, column_count + 1>;

  bool has_rows() const { return has_rows_; }

  /// @param has which columns the file has
  void begin(const std::array<bool, column_count>& has, const char* where) {
    const auto either = [&](Column first, Column second) { return has[first] ? first : second; };
    asym_ = either(auth_asym, label_asym);
    comp_ = either(auth_comp, label_comp);
    atom_ = either(auth_atom, label_atom);
    seq_ = either(auth_seq, label_seq);
    for (const std::size_t column : {asym_, comp_, atom_, seq_, std::size_t{cartn_x},
                                     std::size_t{cartn_y}, std::size_t{cartn_z}})
      if (!has[column])
        source_.fail_at(where, "_atom_site has no column " + std::string(column_names[column]));
    last_ = {};
  }

  void add(const Values& values) {
    has_rows_ = true;
    if (!same_residue(values)) begin_residue(values);
    if (!wanted_) return;
    AtomRow row;
    const std::string_view name = unquote(values[atom_]);
    const std::string_view alternative = unquote(values[altloc]);
    if (!alternative.empty()) row.altloc = alternative.front();
    row.hydrogen = is_hydrogen(name);
    if (!AtomTableBuilder::is_wanted(row.hydrogen, row.altloc)) return;
    row.atom = pack_atom(name);
    row.x = parse_milli(values[cartn_x]);
    row.y = parse_milli(values[cartn_y]);
    row.z = parse_milli(values[cartn_z]);
    row.occupancy = values[occupancy];
    row.b_factor = values[b_factor];
    row.where = values[cartn_x].data();
    model_->builder.add(row);
  }

  ParsedFile finish() {
    ParsedFile parsed;
    parsed.several = several_;
    for (auto& model : models_) {
      parsed.models.push_back(model->builder.finish());
      parsed.models.back().join_bonded = true;
    }
    return parsed;
  }

 private:
  struct OpenModel {
    std::string number;
    AtomTableBuilder builder;
  };

  bool same_residue(const Values& values) const {
    for (const std::size_t column :
         {seq_, comp_, asym_, std::size_t{insertion}, std::size_t{entity}, std::size_t{label_seq},
          std::size_t{model_number}})
      if (values[column] != last_[column]) return false;
    return true;
  }

  void begin_residue(const Values& values) {
    last_ = values;
    model_ = find_model(unquote(values[model_number]));
    wanted_ = model_ != nullptr;
    if (!wanted_) return;
    const std::string_view code = unquote(values[insertion]);
    ResidueLabel label;
    label.name = unquote(values[comp_]);
    label.number = read_number(values);
    label.insertion_code = code.empty() ? ' ' : code.front();
    label.key = std::uint64_t{static_cast<std::uint32_t>(label.number)} << 8 |
                static_cast<unsigned char>(label.insertion_code);
    label.chain = unquote(values[asym_]);
    const std::string key = part_key(values);
    label.part_key = key;
    wanted_ = model_->builder.begin_residue(label);
  }

  /// Residues of a polymer have a label_seq_id. The others of an author chain are
  /// together, but apart from those of which the file says nothing.
  static std::string part_key(const Values& values) {
    const std::string_view name = unquote(values[entity]);
    if (is_null(values[label_seq])) return name.empty() ? "" : "non-polymer";
    return "polymer " + std::string(name);
  }

  OpenModel* find_model(std::string_view number) {
    for (const auto& model : models_)
      if (model->number == number) return model.get();
    several_ = !models_.empty();
    if (several_ && choice_ == ModelChoice::first) return nullptr;
    models_.push_back(
        std::make_unique<OpenModel>(OpenModel{std::string(number), AtomTableBuilder(rules_)}));
    return models_.back().get();
  }

  std::int32_t read_number(const Values& values) const {
    std::string_view text = unquote(values[seq_]);
    if (text.empty()) text = unquote(values[label_seq]);
    std::int64_t number = 0;
    const bool negative = !text.empty() && text.front() == '-';
    if (!text.empty() && (negative || text.front() == '+')) text.remove_prefix(1);
    for (const char c : text) {
      if (c < '0' || c > '9' || number > 100'000'000)
        source_.fail_at(values[comp_].data(), "'" + std::string(unquote(values[seq_])) +
                                                  "' is not a residue number (" +
                                                  std::string(column_names[seq_]) + ")");
      number = 10 * number + (c - '0');
    }
    return static_cast<std::int32_t>(negative ? -number : number);
  }

  const SourceText& source_;
  const ResidueRules& rules_;
  const ModelChoice choice_;
  std::size_t asym_ = auth_asym, comp_ = auth_comp, atom_ = auth_atom, seq_ = auth_seq;
  std::vector<std::unique_ptr<OpenModel>> models_;
  OpenModel* model_ = nullptr;
  Values last_{};
  bool wanted_ = false, several_ = false, has_rows_ = false;
};

/// Follows the events of the grammar; keeps what belongs to _atom_site.
class CifEvents {
 public:
  explicit CifEvents(AtomSite& atoms) : atoms_(atoms) {}

  void begin_block() {
    end_items();
    done_ = atoms_.has_rows();
  }
  void item_tag(std::string_view tag) {
    column_ = find_column(tag).value_or(not_wanted);
    if (column_ < column_count && !done_) has_item_[column_] = has_items_ = true;
  }
  void item_value(std::string_view value) {
    if (column_ < column_count && !done_) items_[column_] = value;
  }
  void begin_loop() {
    columns_.clear();
    in_atoms_ = false;
  }
  void loop_tag(std::string_view tag) {
    const auto column = find_column(tag);
    if (columns_.empty()) in_atoms_ = column.has_value() && !done_;
    columns_.push_back(column.value_or(not_wanted));
  }
  /// Called before the values of a loop. @returns true when they are wanted.
  bool begin_values(const char* where) {
    if (!in_atoms_) return false;
    std::array<bool, column_count> has{};
    for (const std::size_t column : columns_)
      if (column < column_count) has[column] = true;
    atoms_.begin(has, where);
    row_ = {};
    return true;
  }
  std::size_t width() const { return columns_.size(); }
  void loop_value(std::size_t index, std::string_view value) { row_[columns_[index]] = value; }
  void end_row() { atoms_.add(row_); }
  /// One atom may be given item by item.
  void end_items() {
    if (has_items_ && !done_) {
      atoms_.begin(has_item_, items_[cartn_x].data());
      atoms_.add(items_);
    }
    has_items_ = false;
    has_item_ = {};
    items_ = {};
  }

 private:
  AtomSite& atoms_;
  bool done_ = false;  ///< an earlier block had atoms
  bool in_atoms_ = false;
  std::size_t column_ = not_wanted;
  std::vector<std::size_t> columns_;  ///< of the loop
  AtomSite::Values row_{}, items_{};
  std::array<bool, column_count> has_item_{};
  bool has_items_ = false;
};

// Gemmi's grammar, but for the values of a loop: those are walked over by hand
// where they are simple, which most are.

/// The values of a loop, one after the other.
struct LoopValues {
  using rule_t = LoopValues;
  using subs_t = pegtl::empty_list;

  template <pegtl::apply_mode A, pegtl::rewind_mode M, template <typename...> class Action,
            template <typename...> class Control, typename Input>
  static bool match(Input& in, CifEvents& events) {
    const bool wanted = events.begin_values(in.current());
    const std::size_t width = events.width();
    std::size_t index = 0;
    bool any = false;
    while (true) {
      const char* const begin = in.current();
      if (!skip_simple(in) &&
          !pegtl::match<cif::rules::value, pegtl::apply_mode::nothing, pegtl::rewind_mode::required,
                        pegtl::nothing, Control>(in))
        break;
      const std::string_view value(begin, static_cast<std::size_t>(in.current() - begin));
      any = true;
      if (wanted) {
        events.loop_value(index, value);
        if (++index == width) events.end_row(), index = 0;
      }
      if (!skip_blank(in) &&
          !pegtl::match<cif::rules::ws_or_eof, pegtl::apply_mode::nothing,
                        pegtl::rewind_mode::required, pegtl::nothing, Control>(in))
        throw pegtl::parse_error("values are not separated", in);
    }
    // Only what is used must be whole: some programs leave out empty values elsewhere.
    if (index != 0) throw pegtl::parse_error("Wrong number of values in the loop", in);
    return any;
  }

 private:
  /// An unquoted value of ordinary characters with white space behind.
  template <typename Input>
  static bool skip_simple(Input& in) {
    const char* p = in.current();
    const char* const end = in.end();
    while (p != end && cif::char_table(*p) == 1) ++p;
    if (p == in.current() || p == end || cif::char_table(*p) != 2) return false;
    in.bump_in_this_line(static_cast<std::size_t>(p - in.current()));
    return true;
  }

  /// White space without a comment behind.
  template <typename Input>
  static bool skip_blank(Input& in) {
    const char* p = in.current();
    const char* const end = in.end();
    while (p != end && cif::char_table(*p) == 2) ++p;
    if (p == in.current() || (p != end && *p == '#')) return false;
    in.bump(static_cast<std::size_t>(p - in.current()));
    return true;
  }
};

namespace rules = cif::rules;
struct Loop
    : pegtl::if_must<rules::str_loop, rules::whitespace,
                     pegtl::plus<pegtl::seq<rules::loop_tag, rules::whitespace>>,
                     pegtl::sor<LoopValues, pegtl::at<pegtl::sor<rules::keyword, pegtl::eof>>>,
                     rules::loop_end> {};
struct Frame : pegtl::if_must<rules::str_save, rules::framename, rules::whitespace,
                              pegtl::star<pegtl::sor<rules::dataitem, Loop>>, rules::endframe,
                              rules::ws_or_eof> {};
struct DataBlock : pegtl::seq<rules::datablockheading, rules::ws_or_eof,
                              pegtl::star<pegtl::sor<rules::dataitem, Loop, Frame>>> {};
struct CifFile
    : pegtl::seq<pegtl::opt<rules::whitespace>,
                 pegtl::if_must<pegtl::not_at<pegtl::eof>, pegtl::plus<DataBlock>, pegtl::eof>> {};

std::string_view view(const char* begin, const char* end) {
  return {begin, static_cast<std::size_t>(end - begin)};
}

template <typename Rule>
struct Action : pegtl::nothing<Rule> {};
template <>
struct Action<rules::datablockheading> {
  template <typename Input>
  static void apply(const Input&, CifEvents& events) {
    events.begin_block();
  }
};
template <>
struct Action<rules::item_tag> {
  template <typename Input>
  static void apply(const Input& in, CifEvents& events) {
    events.item_tag(view(in.begin(), in.end()));
  }
};
template <>
struct Action<rules::item_value> {
  template <typename Input>
  static void apply(const Input& in, CifEvents& events) {
    events.item_value(view(in.begin(), in.end()));
  }
};
template <>
struct Action<rules::str_loop> {
  static void apply0(CifEvents& events) { events.begin_loop(); }
};
template <>
struct Action<rules::loop_tag> {
  template <typename Input>
  static void apply(const Input& in, CifEvents& events) {
    events.loop_tag(view(in.begin(), in.end()));
  }
};

}  // namespace

ParsedFile parse_mmcif(const SourceText& source, const ResidueRules& residue_rules,
                       ModelChoice choice) {
  AtomSite atoms(source, residue_rules, choice);
  CifEvents events(atoms);
  CifInput in(source.text.data(), source.text.size(), std::string());
  try {
    pegtl::parse<CifFile, Action, cif::Errors>(in, events);
  } catch (const pegtl::parse_error& error) {
    const auto& position = error.positions().front();
    source.fail("line " + std::to_string(position.line) +
                ": not mmCIF: " + std::string(error.message()));
  }
  events.end_items();
  return atoms.finish();
}

}  // namespace potential
