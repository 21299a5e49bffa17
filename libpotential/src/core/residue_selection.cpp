#include <charconv>
#include <potential/core/residue_selection.hpp>
#include <potential/support/error.hpp>

namespace potential {
namespace {

/// Takes a number off the front. @returns whether there was one.
bool take_number(std::string_view& text, std::int32_t& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc()) return false;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return true;
}

/// @param text  `40-50`, `40` or `52A`
bool parse_numbers(std::string_view text, ResidueSelection::Part& part) {
  if (!take_number(text, part.first)) return false;
  part.last = part.first;
  if (text.empty()) return true;
  if (text.front() == '-') {
    text.remove_prefix(1);
    return take_number(text, part.last) && text.empty() && part.first <= part.last;
  }
  part.insertion_code = text.front();
  return text.size() == 1;
}

ResidueSelection::Part parse_part(std::string_view text) {
  ResidueSelection::Part part;
  part.text = text;
  const auto colon = text.find(':');
  part.chain = text.substr(0, colon);
  if (part.chain.empty() ||
      (colon != std::string_view::npos && !parse_numbers(text.substr(colon + 1), part)))
    throw UsageError("'" + part.text +
                     "' is neither residues such as A:40-50, A:60 or A:52A, nor a chain");
  if (part.chain == "_") part.chain.clear();
  return part;
}

bool takes(const ResidueSelection::Part& part, const Residue& residue, const std::string& chain) {
  return chain == part.chain && residue.number >= part.first && residue.number <= part.last &&
         (part.insertion_code == 0 || residue.insertion_code == part.insertion_code);
}

}  // namespace

ResidueSelection ResidueSelection::parse(std::string_view text) {
  ResidueSelection selection;
  for (std::string_view rest = text;;) {
    const auto comma = rest.find(',');
    selection.parts.push_back(parse_part(rest.substr(0, comma)));
    if (comma == std::string_view::npos) return selection;
    rest.remove_prefix(comma + 1);
  }
}

std::vector<bool> ResidueSelection::of(const Model& model) const {
  std::vector<bool> selected(model.residues.size(), false);
  for (const Part& part : parts) {
    bool any = false;
    for (std::size_t r = 0; r < selected.size(); ++r)
      if (takes(part, model.residues[r], model.chains[model.residues[r].chain].name))
        selected[r] = any = true;
    if (!any) throw UsageError("there is no residue " + part.text + " to score");
  }
  return selected;
}

}  // namespace potential
