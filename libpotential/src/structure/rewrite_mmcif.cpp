#include <array>
#include <cctype>
#include <cstdio>
#include <gemmi/cif.hpp>
#include <memory>

#include "structure/residue_values.hpp"

namespace potential {
namespace {

namespace cif = gemmi::cif;
namespace pegtl = tao::pegtl;

enum Column : std::size_t {
  auth_asym,
  label_asym,
  auth_comp,
  label_comp,
  auth_seq,
  label_seq,
  insertion,
  model_number,
  b_factor,
  column_count
};

constexpr std::array<std::string_view, column_count> column_names = {
    "_atom_site.auth_asym_id",      "_atom_site.label_asym_id",      "_atom_site.auth_comp_id",
    "_atom_site.label_comp_id",     "_atom_site.auth_seq_id",        "_atom_site.label_seq_id",
    "_atom_site.pdbx_pdb_ins_code", "_atom_site.pdbx_pdb_model_num", "_atom_site.b_iso_or_equiv"};

bool is_null(std::string_view value) { return value == "?" || value == "."; }

std::string_view unquote(std::string_view value) {
  if (is_null(value)) return {};
  if (value.size() >= 2 && (value.front() == '"' || value.front() == '\''))
    return value.substr(1, value.size() - 2);
  return value;
}

std::int32_t read_number(std::string_view text) {
  return static_cast<std::int32_t>(std::strtol(std::string(text).c_str(), nullptr, 10));
}

/// Follows the events of the grammar and copies the text, but for the
/// B-factors of the first _atom_site loop.
class Rewriter {
 public:
  Rewriter(const SourceText& source, const std::vector<ModelValues>& models)
      : source_(source), models_(models) {
    out_.reserve(source.text.size());
  }

  void begin_loop() {
    end_loop();
    tags_.clear();
  }
  void add_tag(std::string_view tag) {
    std::string lower;
    for (const char c : tag)
      lower += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    std::size_t column = 0;
    while (column < column_count && column_names[column] != lower) ++column;
    wanted_ = !done_ && lower.compare(0, 11, "_atom_site.") == 0;
    tags_.push_back(column);
  }
  void add_value(std::string_view value) {
    if (!wanted_) return;
    any_ = true;
    row_[tags_[at_]] = value;
    if (++at_ < tags_.size()) return;
    at_ = 0;
    end_row(value.data());
  }
  void end_loop() {
    done_ = done_ || any_;
    wanted_ = false;
  }
  std::string finish() {
    if (!any_) source_.fail("has no loop of atoms to write B-factors into");
    copy_until(source_.text.data() + source_.text.size());
    return std::move(out_);
  }

 private:
  void end_row(const char* where) {
    const std::string_view old = row_[b_factor];
    if (old.empty()) source_.fail_at(where, "_atom_site has no column B_iso_or_equiv");
    char field[32];
    std::snprintf(field, sizeof field, "%.2f", value_of_row());
    copy_until(old.data());
    out_ += field;
    copied_ = old.data() + old.size();
  }

  double value_of_row() {
    const auto either = [&](Column first, Column second) {
      const std::string_view value = unquote(row_[first]);
      return value.empty() && (row_[first].empty() || second == label_seq) ? unquote(row_[second])
                                                                           : value;
    };
    RowLabel label{either(auth_asym, label_asym), either(auth_comp, label_comp),
                   read_number(either(auth_seq, label_seq)), ' '};
    const std::string_view code = unquote(row_[insertion]);
    if (!code.empty()) label.insertion_code = code.front();
    return values_of(unquote(row_[model_number])).find(label, std::string(row_[label_asym]));
  }

  /// Models are counted in the order they appear in.
  ResidueValues& values_of(std::string_view number) {
    for (auto& [name, values] : open_)
      if (name == number) return values;
    static const ModelValues none;
    const std::size_t k = open_.size();
    open_.emplace_back(number, ResidueValues(k < models_.size() ? models_[k] : none));
    return open_.back().second;
  }

  void copy_until(const char* end) {
    out_.append(copied_, end);
    copied_ = end;
  }

  const SourceText& source_;
  const std::vector<ModelValues>& models_;
  std::string out_;
  const char* copied_ = source_.text.data();
  std::vector<std::size_t> tags_;  ///< of the loop
  std::array<std::string_view, column_count + 1> row_{};
  std::size_t at_ = 0;
  bool wanted_ = false, any_ = false, done_ = false;
  std::vector<std::pair<std::string, ResidueValues>> open_;
};

/// Positions are worked out only for an error.
class CifInput : public pegtl::memory_input<pegtl::tracking_mode::lazy> {
 public:
  using memory_input::memory_input;
  /// What Gemmi's grammar asks for: 1 at the beginning of a line.
  std::size_t column() const { return current() == begin() || current()[-1] == '\n' ? 1 : 2; }
};

template <typename Input>
std::string_view view(const Input& in) {
  return {in.begin(), static_cast<std::size_t>(in.end() - in.begin())};
}

namespace rules = cif::rules;
template <typename Rule>
struct Action : pegtl::nothing<Rule> {};
template <>
struct Action<rules::str_loop> {
  static void apply0(Rewriter& rewriter) { rewriter.begin_loop(); }
};
template <>
struct Action<rules::loop_tag> {
  template <typename Input>
  static void apply(const Input& in, Rewriter& rewriter) {
    rewriter.add_tag(view(in));
  }
};
template <>
struct Action<rules::loop_value> {
  template <typename Input>
  static void apply(const Input& in, Rewriter& rewriter) {
    rewriter.add_value(view(in));
  }
};
template <>
struct Action<rules::loop> {
  static void apply0(Rewriter& rewriter) { rewriter.end_loop(); }
};

}  // namespace

std::string rewrite_mmcif(const SourceText& source, const std::vector<ModelValues>& models) {
  Rewriter rewriter(source, models);
  CifInput in(source.text.data(), source.text.size(), std::string());
  try {
    pegtl::parse<rules::file, Action, cif::Errors>(in, rewriter);
  } catch (const pegtl::parse_error& error) {
    const auto& position = error.positions().front();
    source.fail("line " + std::to_string(position.line) +
                ": not mmCIF: " + std::string(error.message()));
  }
  return rewriter.finish();
}

}  // namespace potential
