#include <algorithm>
#include <limits>
#include <potential/support/error.hpp>
#include <potential/workflow/score_stream.hpp>

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

void score_stream(const Inputs& inputs, const PotentialTable& table, ScoreOptions options,
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
