#pragma once
#include <string>
#include <vector>

#include <potential/report/table.hpp>
#include <potential/workflow/evaluate.hpp>

namespace potential::app {

/// One row a target and, with several, their mean as the last; where they come in kinds,
/// the mean of each kind, and the mean of kinds as the last. For people the figures that
/// are looked at most, for programs all of them.
std::string format_evaluation(const std::vector<EvaluatedTarget>& targets,
                              const BootstrapOptions& bootstrap, Format format);

/// target model score label contacts residues rmsd gdt_ts gdt_ha tm_score lddt matched;
/// of docked partners dockq fnat irmsd lrmsd capri in place of rmsd to lddt.
ResultTable model_table(const std::vector<EvaluatedTarget>& targets);

}  // namespace potential::app
