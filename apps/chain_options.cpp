#include "chain_options.hpp"

#include <potential/support/error.hpp>

namespace potential::app {
namespace {

/// What reads the value of an option, its name in what that throws.
template <class Read>
auto read_option(const Arguments& arguments, const char* option, Read read) {
  try {
    return read(arguments.text(option));
  } catch (const UsageError& error) {
    throw UsageError(option, error.problem());
  }
}

std::string shown(const std::string& chain) { return chain.empty() ? "_" : chain; }

}  // namespace

void add_chain_options(CommandLine& line) {
  line.option(0, "chains", "LIST",
              "take only these chains of the models: A,B (_ is the blank\n"
              "id); those that a list names go before")
      .option(0, "between", "A,B:C",
              "score only the pairs between two groups of chains; then\n"
              "ranked by the total, unless --normalize says else");
}

std::vector<std::string> read_chains(const Arguments& arguments) {
  if (!arguments.has("chains")) return {};
  return read_option(arguments, "chains", [](const auto& text) { return parse_chains(text); });
}

std::optional<ChainGroups> read_between(const Arguments& arguments) {
  if (!arguments.has("between")) return std::nullopt;
  return read_option(arguments, "between",
                     [](const auto& text) { return ChainGroups::parse(text); });
}

void add_residues_option(CommandLine& line) {
  line.option(0, "residues", "LIST",
              "score only the pairs of these residues, among them and with\n"
              "the rest (columns within and with_rest): A:40-50,A:60,B\n"
              "(numbers of a chain, or all of it); then ranked by the\n"
              "total, unless --normalize says else");
}

std::optional<ResidueSelection> read_residues(const Arguments& arguments) {
  if (!arguments.has("residues")) return std::nullopt;
  return read_option(arguments, "residues",
                     [](const auto& text) { return ResidueSelection::parse(text); });
}

ResultTable interface_table(const std::vector<ModelScore>& scores) {
  ResultTable table({{"model"},
                     {"chain_1"},
                     {"chain_2"},
                     {"score"},
                     {"contacts"},
                     {"residues_1"},
                     {"residues_2"},
                     {"standard_error"}});
  for (const ModelScore& row : scores)
    for (const InterfaceScore& pair : row.interfaces)
      table.add({row.id, shown(pair.first), shown(pair.second),
                 pair.scored ? ResultTable::Cell(pair.score) : ResultTable::Cell(), pair.contacts,
                 std::uint64_t{pair.first_residues.size()},
                 std::uint64_t{pair.second_residues.size()}, pair.standard_error});
  return table;
}

std::string unscored_interfaces(const ModelScore& model) {
  std::string text;
  for (const auto& [first, second] : model.unscored_interfaces)
    text += (text.empty() ? "" : ", ") + shown(first) + ":" + shown(second);
  return text;
}

}  // namespace potential::app
