#include <gemmi/cif.hpp>
#include <potential/structure/atom_site.hpp>

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

/// Follows the events of the grammar; keeps what belongs to _atom_site.
class CifEvents {
 public:
  explicit CifEvents(AtomSite& atoms) : atoms_(atoms) {}

  void begin_block() {
    end_items();
    done_ = atoms_.has_rows();
  }
  void item_tag(std::string_view tag) {
    column_ = AtomSite::find_column(tag).value_or(AtomSite::not_wanted);
    if (column_ < AtomSite::column_count && !done_) has_item_[column_] = has_items_ = true;
  }
  void item_value(std::string_view value) {
    if (column_ < AtomSite::column_count && !done_) items_[column_] = value;
  }
  void begin_loop() {
    columns_.clear();
    in_atoms_ = false;
  }
  void loop_tag(std::string_view tag) {
    const auto column = AtomSite::find_column(tag);
    if (columns_.empty()) in_atoms_ = column.has_value() && !done_;
    columns_.push_back(column.value_or(AtomSite::not_wanted));
  }
  /// Called before the values of a loop. @returns true when they are wanted.
  bool begin_values(const char* where) {
    if (!in_atoms_) return false;
    std::array<bool, AtomSite::column_count> has{};
    for (const std::size_t column : columns_)
      if (column < AtomSite::column_count) has[column] = true;
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
      atoms_.begin(has_item_, items_[AtomSite::cartn_x].data());
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
  std::size_t column_ = AtomSite::not_wanted;
  std::vector<std::size_t> columns_;  ///< of the loop
  AtomSite::Values row_{}, items_{};
  std::array<bool, AtomSite::column_count> has_item_{};
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
