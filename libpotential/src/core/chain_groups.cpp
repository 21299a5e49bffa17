#include <algorithm>
#include <potential/core/chain_groups.hpp>
#include <potential/support/error.hpp>

namespace potential {
namespace {

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names)
    text += (text.empty() ? "" : ",") + (name.empty() ? "_" : name);
  return text;
}

}  // namespace

std::vector<std::string> parse_chains(std::string_view text) {
  std::vector<std::string> names;
  for (std::string_view rest = text;;) {
    const auto comma = rest.find(',');
    const std::string name(rest.substr(0, comma));
    if (name.empty())
      throw UsageError("'" + std::string(text) + "' is not a list of chains such as A,B");
    if (std::find(names.begin(), names.end(), name) != names.end())
      throw UsageError("the chain " + name + " is named twice in '" + std::string(text) + "'");
    names.push_back(name);
    if (comma == std::string_view::npos) return names;
    rest.remove_prefix(comma + 1);
  }
}

ChainGroups ChainGroups::parse(std::string_view text) {
  const auto colon = text.find(':');
  if (colon == std::string_view::npos || text.find(':', colon + 1) != std::string_view::npos)
    throw UsageError("'" + std::string(text) + "' is not two groups of chains such as A,B:C");
  ChainGroups groups{parse_chains(text.substr(0, colon)), parse_chains(text.substr(colon + 1))};
  for (const std::string& name : groups.second)
    if (std::find(groups.first.begin(), groups.first.end(), name) != groups.first.end())
      throw UsageError("the chain " + name + " is in both groups of '" + std::string(text) + "'");
  for (auto* group : {&groups.first, &groups.second})
    std::replace(group->begin(), group->end(), std::string("_"), std::string());
  return groups;
}

std::string ChainGroups::to_string() const { return joined(first) + ":" + joined(second); }

}  // namespace potential
