#include "structure/mmcif_layout.hpp"
#include <algorithm>
#include <cctype>
#include <cstring>
#include <potential/support/error.hpp>
#include <set>

#include "structure/atom_site.hpp"
#include "structure/cif_grammar.hpp"
#include "structure/cif_value.hpp"
#include "structure/gzip_stream.hpp"
#include "structure/input_names.hpp"

namespace potential {
namespace {

/// Of what stands beside the atoms, which is held.
constexpr std::size_t max_text_beside = std::size_t{16} << 20;

bool begins_with(std::string_view text, std::string_view start) {
  return same_letters(text.substr(0, start.size()), start);
}

bool is_keyword(std::string_view text) {
  for (const std::string_view word : {"loop_", "data_", "save_", "stop_", "global_"})
    if (begins_with(text, word)) return true;
  return false;
}

/// True when the line begins with a value, at its first character and without a quote.
bool is_row(std::string_view line) {
  return !line.empty() && std::isalnum(static_cast<unsigned char>(line.front())) != 0 &&
         !is_keyword(line);
}

std::string_view trim_end(std::string_view text) {
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back())) != 0)
    text.remove_suffix(1);
  return text;
}

/// True when some tag of _atom_site, or what looks like one, stands in the text.
bool names_atoms(std::string_view text) {
  constexpr std::string_view category = "_atom_site.";
  return std::search(text.begin(), text.end(), category.begin(), category.end(),
                     [](char a, char b) {
                       return std::tolower(static_cast<unsigned char>(a)) == b;
                     }) != text.end();
}

/// True when no row can follow: the text is empty or goes on with a tag or a keyword.
bool ends_loop(std::string_view text) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    const std::string_view line = trim_end(text.substr(0, end));
    if (!line.empty() && line.front() != '#')
      return line.front() == '_' || (is_keyword(line) && !begins_with(line, "stop_"));
    text.remove_prefix(end);
  }
  return true;
}

/// A number of a residue that AtomSite takes, or none.
bool is_plain_number(std::string_view text) {
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) text.remove_prefix(1);
  return text.size() <= 8 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// Takes the rows of the loop, for the places where a model begins.
class Rows {
 public:
  /// @returns false when the text does not end with the tags of a loop, one a line.
  bool find_tags(std::string_view text) {
    std::size_t begin = text.size();
    while (begin >= 2) {
      const std::size_t line = text.rfind('\n', begin - 2) + 1;  // npos + 1 = 0
      const std::string_view tag = trim_end(text.substr(line, begin - line));
      begin = line;
      loop_ = line;
      if (same_letters(tag, "loop_")) break;
      const auto column = AtomSite::find_column(tag);
      if (!column || tag.find_first_of(" \t") != tag.npos) return false;
      columns_.insert(columns_.begin(), *column);
    }
    const auto has = [&](AtomSite::Column column) {
      return std::count(columns_.begin(), columns_.end(), column) == 1;
    };
    number_ = has(AtomSite::auth_seq) ? AtomSite::auth_seq : AtomSite::label_seq;
    return begins_with(text.substr(loop_), "loop_") && has(AtomSite::model_number);
  }
  std::size_t loop() const { return loop_; }  ///< where it begins

  /// @param lines  whole ones of the loop. @param at  where they stand in the file
  /// @returns false when the loop has something in it that one would not expect.
  bool take(std::string_view lines, std::int64_t at) {
    text_ = lines.data();
    at_ = at;
    CifInput in(lines.data(), lines.size(), std::string());
    try {
      return LoopValues::match<tao::pegtl::apply_mode::nothing, tao::pegtl::rewind_mode::dontcare,
                               tao::pegtl::nothing, gemmi::cif::Errors>(in, *this) &&
             in.empty() && as_expected_;
    } catch (const tao::pegtl::parse_error&) {
      return false;
    }
  }
  const std::vector<std::int64_t>& begins() const { return begins_; }

  // What LoopValues asks for.
  static bool begin_values(const char*) { return true; }
  std::size_t width() const { return columns_.size(); }
  void loop_value(std::size_t index, std::string_view value) {
    if (index == 0) row_ = value.data();
    values_[columns_[index]] = value;
  }
  void end_row() {
    const std::string_view number = unquote(values_[number_]);
    as_expected_ &= (row_ == text_ || row_[-1] == '\n') && is_plain_number(number) &&
                    (!number.empty() || is_plain_number(unquote(values_[AtomSite::label_seq])));
    const std::string_view model = unquote(values_[AtomSite::model_number]);
    if (model == model_ && !begins_.empty()) return;
    model_ = model;
    as_expected_ &= seen_.insert(model_).second;
    begins_.push_back(at_ + (row_ - text_));
  }

 private:
  std::size_t loop_ = 0;
  std::vector<std::size_t> columns_;  ///< of the tags
  std::size_t number_ = AtomSite::auth_seq;
  const char* text_ = nullptr;
  std::int64_t at_ = 0;
  AtomSite::Values values_{};
  const char* row_ = nullptr;
  std::string model_;
  std::set<std::string> seen_;
  std::vector<std::int64_t> begins_;
  bool as_expected_ = true;
};

class LayoutFinder {
 public:
  /// @param max_first_model  bytes; a file of larger ones gains nothing
  LayoutFinder(const ResidueRules& rules, std::int64_t max_first_model)
      : rules_(rules), max_first_model_(max_first_model) {}

  /// The next lines of the file. @returns false when it must be read whole.
  bool take(std::string_view lines) {
    if (std::memchr(lines.data(), '\0', lines.size()) != nullptr) return false;
    if (stage_ == Stage::before) lines = take_before(lines);
    if (stage_ == Stage::rows) lines = take_rows(lines);
    if (stage_ == Stage::behind) behind_ += lines;
    const bool large = rows_.begins().size() == 1 && end_ - rows_.begins()[0] > max_first_model_;
    return usual_ && !large && before_.size() + behind_.size() <= max_text_beside;
  }

  std::optional<MmcifLayout> finish() const {
    if (rows_.begins().size() < 2 || !ends_loop(behind_) || names_atoms(behind_) ||
        names_atoms(std::string_view(before_).substr(0, rows_.loop())) || !rest_is_read())
      return std::nullopt;
    MmcifLayout layout;
    layout.heading = "data_models\n" + before_.substr(rows_.loop());
    layout.lines_before =
        static_cast<std::size_t>(std::count(before_.begin(), before_.end(), '\n'));
    layout.begins = rows_.begins();
    layout.begins.push_back(end_);
    return layout;
  }

 private:
  enum class Stage { before, rows, behind };

  static std::size_t line_size(std::string_view text) {
    return std::min(text.find('\n'), text.size() - 1) + 1;
  }

  /// @returns the lines from the first row on.
  std::string_view take_before(std::string_view lines) {
    while (!lines.empty()) {
      const std::size_t size = line_size(lines);
      if (lines.front() == ';') in_text_ = !in_text_;
      if (!in_text_ && behind_tag_ && is_row(lines)) {
        usual_ = rows_.find_tags(before_);
        end_ = static_cast<std::int64_t>(before_.size());
        first_row_ = lines.substr(0, size);
        stage_ = Stage::rows;
        break;
      }
      behind_tag_ = begins_with(lines, "_atom_site.");
      before_ += lines.substr(0, size);
      lines.remove_prefix(size);
    }
    return lines;
  }

  /// @returns the lines behind the rows.
  std::string_view take_rows(std::string_view lines) {
    std::size_t size = 0;
    while (size < lines.size() && is_row(lines.substr(size))) size += line_size(lines.substr(size));
    usual_ = usual_ && (size == 0 || rows_.take(lines.substr(0, size), end_));
    end_ += static_cast<std::int64_t>(size);
    if (size < lines.size()) stage_ = Stage::behind;
    return lines.substr(size);
  }

  /// With a single row the file is one that is read without an error.
  bool rest_is_read() const {
    SourceText source;
    const std::string text = before_ + first_row_ + behind_;
    source.text = without_mark(text);
    try {
      return parse_mmcif(source, rules_, {ModelChoice::all, RowChoice::polymer, false})
                 .models.size() == 1;
    } catch (const Error&) {
      return false;
    }
  }

  const ResidueRules& rules_;
  const std::int64_t max_first_model_;
  Stage stage_ = Stage::before;
  bool in_text_ = false;     ///< between lines that begin with a semicolon
  bool behind_tag_ = false;  ///< the line before is a tag of _atom_site
  bool usual_ = true;
  std::string before_, behind_;  ///< the rows
  std::string first_row_;
  std::int64_t end_ = 0;  ///< of the rows so far
  Rows rows_;
};

}  // namespace

std::optional<MmcifLayout> find_mmcif_layout(const std::string& path, std::uintmax_t file_size,
                                             const ResidueRules& rules) {
  // Text is packed to a fifth or so.
  const std::uintmax_t quarter = has_ending(path, {".gz"}) ? file_size : file_size / 4;
  LayoutFinder finder(rules, static_cast<std::int64_t>(quarter));
  GzipStream stream(path);
  std::string held;
  for (std::string_view block = stream.next(); !block.empty(); block = stream.next()) {
    held += block;
    const std::size_t lines = held.rfind('\n') + 1;  // npos + 1 = 0
    if (held.size() - lines > max_text_beside ||
        !finder.take(std::string_view(held).substr(0, lines)))
      return std::nullopt;
    held.erase(0, lines);
  }
  if (!stream.problem().empty() || !finder.take(held)) return std::nullopt;
  return finder.finish();
}

}  // namespace potential
