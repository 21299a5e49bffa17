#include <algorithm>
#include <potential/core/scheme.hpp>
#include <potential/support/atomic_file.hpp>
#include <potential/support/error.hpp>
#include <set>

#include "core/centroid_site.hpp"

namespace potential {
namespace {

constexpr int max_types = 2000;
constexpr std::size_t longest_name = 64;

const char* placement_name(SitePlacement placement) {
  switch (placement) {
    case SitePlacement::atom:
      return "atom";
    case SitePlacement::ca:
      return "ca";
    case SitePlacement::cb:
      return "cb";
    case SitePlacement::centroid:
      return "centroid";
  }
  return "";
}

std::vector<std::string> words_of(std::string_view line) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : line.substr(0, line.find('#'))) {
    if (c == ' ' || c == '\t' || c == '\r') {
      if (!word.empty()) words.push_back(std::move(word));
      word.clear();
    } else {
      word += c;
    }
  }
  if (!word.empty()) words.push_back(std::move(word));
  return words;
}

/// Names stand in labels, tables and options, where these characters divide.
bool is_name(std::string_view name, std::string_view forbidden) {
  return !name.empty() && name.size() <= longest_name &&
         std::all_of(name.begin(), name.end(), [&](char c) {
           return c > ' ' && c < 127 && forbidden.find(c) == std::string_view::npos;
         });
}

std::vector<std::string> split_list(std::string_view list) {
  std::vector<std::string> parts;
  while (true) {
    const auto end = list.find(',');
    parts.emplace_back(list.substr(0, end));
    if (end == std::string_view::npos) return parts;
    list.remove_prefix(end + 1);
  }
}

/// A type's name, where `*` before a colon (or without one) stands for the residue and
/// behind it for the atom.
std::string fill_in(const std::string& type, const std::string& residue, const std::string& atom) {
  std::string name;
  bool behind = false;
  for (const char c : type) {
    behind = behind || c == ':';
    if (c == '*')
      name += behind ? atom : residue;
    else
      name += c;
  }
  return name;
}

void add_to_list(std::string& list, const std::string& item) {
  const auto parts = split_list(list);
  if (list.empty())
    list = item;
  else if (std::find(parts.begin(), parts.end(), item) == parts.end())
    list += "," + item;
}

}  // namespace

/// Reads the text form line by line; errors name source and line.
class SchemeParser {
 public:
  SchemeParser(std::string_view text, const std::string& source) : text_(text), source_(source) {}

  Scheme parse() {
    while (!text_.empty()) {
      const auto end = text_.find('\n');
      ++line_;
      read_line(words_of(text_.substr(0, end)));
      text_.remove_prefix(end == std::string_view::npos ? text_.size() : end + 1);
    }
    if (scheme_.name_.empty()) fail("the line 'scheme NAME' is missing");
    if (scheme_.types_.empty()) fail("no types; give lines such as 'ALA:CB ALA CB'");
    scheme_.write_definition();
    return std::move(scheme_);
  }

 private:
  [[noreturn]] void fail(const std::string& problem) const {
    throw FormatError(source_, "line " + std::to_string(line_), problem);
  }

  void read_line(const std::vector<std::string>& words) {
    if (words.empty()) return;
    if (words[0] == "scheme")
      read_name(words);
    else if (words[0] == "sites")
      read_placement(words);
    else
      read_type(words);
  }

  void read_name(const std::vector<std::string>& words) {
    if (!scheme_.name_.empty()) fail("the scheme has a name already");
    if (words.size() != 2 || !is_name(words[1], "/"))
      fail("expected 'scheme NAME', the name in printable characters without '/'");
    scheme_.name_ = words[1];
  }

  void read_placement(const std::vector<std::string>& words) {
    if (!scheme_.types_.empty() || placed_) fail("'sites' stands once, before the types");
    for (const auto placement :
         {SitePlacement::atom, SitePlacement::ca, SitePlacement::cb, SitePlacement::centroid})
      if (words.size() == 2 && words[1] == placement_name(placement)) {
        scheme_.placement_ = placement;
        placed_ = true;
        return;
      }
    fail("expected 'sites atom', 'sites ca', 'sites cb' or 'sites centroid'");
  }

  void read_type(const std::vector<std::string>& words) {
    const bool atoms = scheme_.placement_ == SitePlacement::atom;
    if (words.size() != (atoms ? 3U : 2U))
      fail(atoms ? "expected type, residues and atoms, such as 'ALA:CB ALA CB'"
                 : "expected type and residues, such as 'ALA ALA'");
    if (!is_name(words[0], "-,?")) fail("type '" + words[0] + "' may not hold - , ?");
    if (!atoms && words[0].find(':') != std::string::npos)
      fail("type '" + words[0] + "' may not hold ':' when a site is a residue");
    for (const auto& residue : split_list(words[1]))
      for (const auto& atom : atoms ? split_list(words[2]) : std::vector<std::string>{""})
        add(fill_in(words[0], residue, atom), residue, atom);
  }

  void add(const std::string& type, const std::string& residue, const std::string& atom) {
    if (!is_name(residue, ",") || residue.size() > 5)
      fail("'" + residue + "' is not a residue name");
    if (scheme_.placement_ == SitePlacement::atom && atom != centroid_site &&
        (!is_name(atom, ",") || atom.size() > 4))
      fail("'" + atom + "' is not an atom name");
    if (!is_name(type, "-*,?")) fail("'" + type + "' is not the name of a type");
    if (!seen_.insert({residue, atom}).second)
      fail(residue + (atom.empty() ? "" : " " + atom) + " has a type already");
    auto [found, fresh] = scheme_.numbers_.try_emplace(type, scheme_.size());
    if (fresh) {
      if (scheme_.size() == max_types) fail("more than 2000 types");
      scheme_.types_.push_back({type, "", ""});
    }
    auto& entry = scheme_.types_[static_cast<std::size_t>(found->second)];
    add_to_list(entry.residues, residue);
    if (!atom.empty()) add_to_list(entry.atoms, atom);
    const auto number = static_cast<std::uint16_t>(found->second);
    scheme_.rows_[residue].push_back({atom, number});
    scheme_.order_.push_back({residue, atom, number});
  }

  std::string_view text_;
  const std::string& source_;
  int line_ = 0;
  bool placed_ = false;
  std::set<std::pair<std::string, std::string>> seen_;
  Scheme scheme_;
};

Scheme Scheme::parse(std::string_view text, const std::string& source) {
  return SchemeParser(text, source).parse();
}

void Scheme::write_definition() {
  // Type by type, so that two files that differ only in the order of their
  // lines, comments or spaces define the same scheme when the types agree.
  std::stable_sort(order_.begin(), order_.end(),
                   [](const Row& a, const Row& b) { return a.type < b.type; });
  definition_ = "scheme " + name_ + "\nsites " + placement_name(placement_) + "\n";
  for (const Row& row : order_) {
    definition_ += types_[row.type].name + " " + row.residue;
    definition_ += row.atom.empty() ? "\n" : " " + row.atom + "\n";
  }
}

std::vector<std::string> Scheme::type_names() const {
  std::vector<std::string> names;
  for (const Type& type : types_) names.push_back(type.name);
  return names;
}

std::vector<std::string> Scheme::residue_names() const {
  std::vector<std::string> names;
  for (const auto& row : rows_) names.push_back(row.first);
  std::sort(names.begin(), names.end());
  return names;
}

int Scheme::find(std::string_view type_name) const {
  const auto found = numbers_.find(std::string(type_name));
  return found == numbers_.end() ? -1 : found->second;
}

const std::vector<Scheme::Entry>& Scheme::sites_of(const std::string& residue) const {
  static const std::vector<Entry> none;
  const auto found = rows_.find(residue);
  return found == rows_.end() ? none : found->second;
}

Scheme load_scheme(const std::string& name_or_path) {
  if (const char* text = find_shipped_scheme(name_or_path))
    return Scheme::parse(text, name_or_path);
  try {
    return Scheme::parse(read_file(name_or_path), name_or_path);
  } catch (const FormatError&) {
    throw;
  } catch (const FileError& error) {
    std::string names;
    for (const auto& name : shipped_scheme_names()) names += (names.empty() ? "" : ", ") + name;
    throw UsageError("scheme '" + name_or_path + "' is neither one of " + names +
                     " nor a file that can be read (" + error.what() + ")");
  }
}

}  // namespace potential
