#include "score_poses.hpp"

#include <algorithm>
#include <numeric>
#include <potential/report/table.hpp>
#include <potential/support/error.hpp>
#include <potential/workflow/poses.hpp>
#include <potential/workflow/shipped.hpp>

#include "output.hpp"
#include "run_options.hpp"

namespace potential::app {
namespace {

/// Best first; equal ones in the order of the poses.
std::vector<std::size_t> ranked(const std::vector<PoseScore>& scores) {
  std::vector<std::size_t> order(scores.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](auto a, auto b) { return scores[a].score < scores[b].score; });
  return order;
}

double divisor(Normalization by, const PoseScore& pose, std::uint32_t residues) {
  if (by == Normalization::residue) return residues;
  return by == Normalization::contact && pose.contacts > 0 ? static_cast<double>(pose.contacts) : 1;
}

}  // namespace

void add_pose_options(CommandLine& line) {
  line.option(0, "receptor", "FILE",
              "score poses without writing them: the part that stands\n"
              "still; needs --ligand and --poses, and no MODEL")
      .input()
      .option(0, "ligand", "FILE", "the part that is moved")
      .input()
      .option(0, "poses", "TSV",
              "columns qx qy qz qw tx ty tz (and, for their names, model\n"
              "or pose): x' = R(q) x + t of the ligand, in Å, rounded to\n"
              "0.001 Å as in a PDB file")
      .input();
}

bool asks_for_poses(const Arguments& arguments) {
  const char* const needed[] = {"receptor", "ligand", "poses"};
  const auto given = std::count_if(std::begin(needed), std::end(needed),
                                   [&](const char* name) { return arguments.has(name); });
  if (given == 0) return false;
  for (const char* name : needed)
    if (!arguments.has(name)) throw UsageError(name, "is needed to score poses");
  if (arguments.positional().size() > 1)
    throw UsageError("poses", "are scored in place of models; give no MODEL");
  for (const char* name :
       {"chains", "between", "residues", "interfaces", "per-residue", "write-structures",
        "top-pairs", "top-pairs-file", "leave-out", "shuffle-z", "top", "stream", "shard", "append",
        "checkpoint", "bfactor-is-plddt"})
    if (arguments.has(name)) throw UsageError(name, "does not go with --poses");
  if (arguments.number("min-plddt") > 0) throw UsageError("min-plddt", "does not go with --poses");
  return true;
}

void score_poses(const Arguments& arguments, Console& console) {
  const std::string receptor = arguments.text("receptor"), ligand = arguments.text("ligand");
  const std::string output = output_text_file(
      arguments, {arguments.positional()[0], receptor, ligand, arguments.text("poses")});
  const PotentialTable table = load_scoring_potential(arguments.positional()[0]);
  const Poses poses = Poses::read(arguments.text("poses"));
  RunOptions options;
  read_run_options(arguments, console, options);
  const ScoredPoses scored =
      potential::score_poses(receptor, ligand, poses.motions, table, options);
  console.finish();

  const Normalization by = read_normalization(arguments).value_or(stored_normalization(table));
  const int digits = by == Normalization::contact ? 5 : 3;
  std::vector<PoseScore> scores = scored.scores;
  for (PoseScore& pose : scores) pose.score /= divisor(by, pose, scored.residues);
  ResultTable ranking({{"model"},
                       {"score", digits},
                       {"contacts"},
                       {"residues"},
                       {"standard_error", digits},
                       {"warnings"}});
  for (const std::size_t k : ranked(scores))
    ranking.add({poses.names[k],
                 scores[k].score,
                 scores[k].contacts,
                 std::uint64_t{scored.residues},
                 {},
                 std::string()});
  write_text(output, ranking.format(parse_format(arguments.text("format"))));
}

}  // namespace potential::app
