#include <potential/structure/renamed.hpp>
#include <potential/support/error.hpp>

#include "structure/sites.hpp"
#include "structure/structure_text.hpp"

namespace potential {

RenamedModels read_renamed(const std::string& path, const Scheme& scheme,
                           const std::vector<std::string>& names) {
  InputFile file;
  file.id = file.path = path;
  const StructureText text(file);
  const ResidueRules rules(scheme);
  ParsedFile parsed = text.parse(rules, {ModelChoice::first, RowChoice::polymer, false});
  AtomTable& table = parsed.models.front();
  SiteOptions options;
  options.rules = &rules;
  options.chains = &file.chains;
  RenamedModels result{place_sites(table, options, text.source()), names, {}};
  if (result.model.size() == 0) text.source().fail("holds no site of the scheme");
  result.model.id = path;
  for (const std::string& name : names) {
    if (!scheme.knows_residue(name))
      throw UsageError("the scheme " + scheme.name() + " has no residue " + name);
    for (ResidueRows& residue : table.residues)
      if (residue.rule->kind == ResidueKind::typed) residue.rule = rules.find(name);
    result.renamed.push_back(place_sites(table, options, text.source()));
  }
  return result;
}

}  // namespace potential
