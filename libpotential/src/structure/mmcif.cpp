#include "structure/atom_site.hpp"
#include "structure/cif_grammar.hpp"

namespace potential {
namespace {

namespace cif = gemmi::cif;
namespace pegtl = tao::pegtl;

/// Follows the events of the grammar; keeps what belongs to _atom_site, and to
/// the local quality when that is wanted.
class CifEvents {
 public:
  CifEvents(AtomSite& atoms, LocalQuality* quality) : atoms_(atoms), quality_(quality) {}

  void begin_block() {
    end_items();
    done_ = atoms_.has_rows();
    if (quality_ != nullptr && !done_) quality_->clear();
  }
  /// True when some of the quality stood behind atoms that it belongs to.
  bool quality_was_late() const { return late_; }
  void item_tag(std::string_view tag) {
    quality_column_ = find_quality(tag).value_or(AtomSite::not_wanted);
    column_ = AtomSite::find_column(tag).value_or(AtomSite::not_wanted);
    if (column_ < AtomSite::column_count && !done_) has_item_[column_] = has_items_ = true;
  }
  void item_value(std::string_view value) {
    if (quality_column_ < LocalQuality::column_count) add_quality_item(value);
    if (column_ < AtomSite::column_count && !done_) items_[column_] = value;
  }
  void begin_loop() {
    columns_.clear();
    in_atoms_ = in_quality_ = false;
  }
  void loop_tag(std::string_view tag) {
    const bool first = columns_.empty();
    if (first) in_quality_ = find_quality(tag).has_value();
    const auto column = in_quality_ ? find_quality(tag) : AtomSite::find_column(tag);
    if (first) in_atoms_ = !in_quality_ && column.has_value() && !done_;
    columns_.push_back(column.value_or(AtomSite::not_wanted));
  }
  /// Called before the values of a loop. @returns true when they are wanted.
  bool begin_values(const char* where) {
    row_ = {};
    if (in_quality_) late_ = late_ || atoms_.has_rows();
    if (!in_atoms_) return in_quality_;
    std::array<bool, AtomSite::column_count> has{};
    for (const std::size_t column : columns_)
      if (column < AtomSite::column_count) has[column] = true;
    atoms_.begin(has, where);
    return true;
  }
  std::size_t width() const { return columns_.size(); }
  void loop_value(std::size_t index, std::string_view value) { row_[columns_[index]] = value; }
  void end_row() {
    if (in_quality_)
      quality_->add(row_);
    else
      atoms_.add(row_);
  }
  /// One atom may be given item by item.
  void end_items() {
    if (has_items_ && !done_) {
      atoms_.begin(has_item_, items_[AtomSite::cartn_x].data());
      atoms_.add(items_);
    }
    if (!metric_[LocalQuality::id].empty()) quality_->add(metric_);
    metric_ = {};
    has_items_ = false;
    has_item_ = {};
    items_ = {};
  }

 private:
  std::optional<std::size_t> find_quality(std::string_view tag) const {
    if (quality_ == nullptr || done_) return std::nullopt;
    return LocalQuality::find_column(tag, AtomSite::not_wanted);
  }
  /// The only metric may be described item by item. Its name counts from the
  /// second reading of the file on, when the values are there.
  void add_quality_item(std::string_view value) {
    if (quality_column_ >= LocalQuality::id) metric_[quality_column_] = value;
    late_ = true;
  }

  AtomSite& atoms_;
  LocalQuality* quality_;
  bool in_quality_ = false, late_ = false;
  std::size_t quality_column_ = AtomSite::not_wanted;
  AtomSite::Values metric_{};
  bool done_ = false;  ///< an earlier block had atoms
  bool in_atoms_ = false;
  std::size_t column_ = AtomSite::not_wanted;
  std::vector<std::size_t> columns_;  ///< of the loop
  AtomSite::Values row_{}, items_{};
  std::array<bool, AtomSite::column_count> has_item_{};
  bool has_items_ = false;
};

// Gemmi's grammar, but for the values of a loop.
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

void parse(const SourceText& source, CifEvents& events) {
  CifInput in(source.text.data(), source.text.size(), std::string());
  try {
    pegtl::parse<CifFile, Action, cif::Errors>(in, events);
  } catch (const pegtl::parse_error& error) {
    const auto& position = error.positions().front();
    source.fail("line " + std::to_string(position.line) +
                ": not mmCIF: " + std::string(error.message()));
  }
  events.end_items();
}

}  // namespace

ParsedFile parse_mmcif(const SourceText& source, const ResidueRules& residue_rules,
                       const ParseOptions& options) {
  LocalQuality quality;
  AtomSite atoms(source, residue_rules, options, &quality);
  CifEvents events(atoms, options.local_quality ? &quality : nullptr);
  parse(source, events);
  const auto finish = [&](AtomSite& site) {
    ParsedFile parsed = site.finish();
    parsed.has_plddt = quality.has_plddt();
    return parsed;
  };
  if (!events.quality_was_late() || quality.empty()) return finish(atoms);
  AtomSite again(source, residue_rules, options, &quality);
  CifEvents second(again, nullptr);
  parse(source, second);
  return finish(again);
}

}  // namespace potential
