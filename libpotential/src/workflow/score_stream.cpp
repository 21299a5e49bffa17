#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <potential/storage/score_file.hpp>
#include <potential/support/digest.hpp>
#include <potential/support/error.hpp>
#include <potential/workflow/score_stream.hpp>
#include <sstream>

#include "workflow/packed_output.hpp"
#include "workflow/row_file.hpp"

namespace potential {
namespace {

constexpr const char* none_scored = "none of the models could be scored";

/// The best so far as a heap, the worst of them at its top.
class BestScores {
 public:
  explicit BestScores(std::size_t number) : number_(number) {}

  void add(ModelScore& row) {
    if (!row.scored) return;
    if (best_.size() == number_ && !ranks_before(row, best_.front())) return;
    best_.push_back(std::move(row));
    std::push_heap(best_.begin(), best_.end(), ranks_before);
    if (best_.size() <= number_) return;
    std::pop_heap(best_.begin(), best_.end(), ranks_before);
    best_.pop_back();
  }
  std::vector<ModelScore> take() {
    rank(best_);
    return std::move(best_);
  }

 private:
  std::size_t number_;
  std::vector<ModelScore> best_;
};

ScoreOptions one_pass(ScoreOptions options) {
  options.standard_error = false;
  return options;
}

void forget_error(ModelScore& row) {
  row.standard_error = std::numeric_limits<double>::quiet_NaN();
}

}  // namespace

namespace {

void stream_rows(const Inputs& inputs, const PotentialTable& table, ScoreOptions options,
                 const RowFormat& format, const RowOutput& output) {
  RowFile rows(format, output);
  options = one_pass(std::move(options));
  options.is_done = [&](const InputFile& file) { return rows.holds(file); };
  bool any = false, scored = false;
  options.on_row = [&](ModelScore& row) {
    any = true;
    scored = scored || row.scored;
    forget_error(row);
    rows.add(row);
  };
  try {
    score_inputs(inputs, table, options);
  } catch (const Cancelled&) {
    if (!rows.grows_in_place()) throw;
    rows.sync();
    throw Cancelled("the rows so far are in " + output.path, output.path);
  }
  if (any && !scored && !options.shard && !output.append) throw Error(none_scored);
  rows.finish();
}

}  // namespace

void score_stream(const Inputs& inputs, const PotentialTable& table, ScoreOptions options,
                  const RowFormat& format, const RowOutput& output) {
  if (!output.hdf5) return stream_rows(inputs, table, std::move(options), format, output);
  const PackedOutput packed(format, output);
  stream_rows(inputs, table, std::move(options), packed.format(), packed.rows());
  packed.finish();
}

Options to_options(const ScoreOptions& options, const std::string& potential,
                   const std::string& leave_out) {
  const auto joined = [](const std::vector<std::string>& chains) {
    std::string text;
    for (const std::string& chain : chains)
      text += (text.empty() ? "" : ",") + (chain.empty() ? "_" : chain);
    return text;
  };
  Options all{{"potential", "sha256 " + file_sha256(potential)},
              {"models", options.read.models == ModelChoice::all ? "all" : "first"}};
  if (options.normalize) all["normalize"] = to_string(*options.normalize);
  if (options.read.min_plddt > 0) all["min-plddt"] = fmt::format("{}", options.read.min_plddt);
  if (options.read.bfactor_is_plddt) all["bfactor-is-plddt"] = "yes";
  if (!options.read.chains.empty()) all["chains"] = joined(options.read.chains);
  if (options.between) all["between"] = options.between->to_string();
  if (options.residues) {
    std::vector<std::string> parts;
    for (const auto& part : options.residues->parts) parts.push_back(part.text);
    all["residues"] = joined(parts);
  }
  if (options.shuffle_z) all["shuffle-z"] = "yes";
  if (!leave_out.empty()) all["leave-out"] = "sha256 " + file_sha256(leave_out);
  if (options.shard) all["shard"] = fmt::format("{}/{}", options.shard->number, options.shard->of);
  return all;
}

void write_ranking(const std::string& tsv, Options options, const std::string& path) {
  options["order"] = "ranking";
  std::istringstream rows(tsv);
  pack_scores(rows, columns_of(tsv), options, path);
}

std::vector<ModelScore> score_best(const Inputs& inputs, const PotentialTable& table,
                                   ScoreOptions options, std::size_t number) {
  BestScores best(number);
  options = one_pass(std::move(options));
  options.on_row = [&](ModelScore& row) {
    forget_error(row);
    best.add(row);
  };
  score_inputs(inputs, table, options);
  auto scores = best.take();
  if (scores.empty() && !options.shard) throw Error(none_scored);
  return scores;
}

}  // namespace potential
