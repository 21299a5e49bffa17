#pragma once
#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <potential/workflow/score.hpp>

namespace potential {

/// How a row is written: a line of text that begins with the model's id.
struct RowFormat {
  std::string header;  ///< the first line, or nothing
  std::function<std::string(const ModelScore& row)> line;
  /// The beginning of the line of a model with this id, as far as the id goes.
  std::function<std::string(const std::string& id)> beginning;
};

/// Where the rows of a run are written.
struct RowOutput {
  std::string path;  ///< empty: to `write`, as they come
  std::function<void(std::string_view text)> write;
  /// Goes on from the rows in the file, if it is there: the files that they come from are
  /// not read again. A last row that is torn is cut off, and the last file's rows are
  /// made again.
  bool append = false;
  /// How often rows are written to disk; with it, or with `append`, the file grows
  /// in its place. Without both it appears whole at the end.
  std::optional<std::chrono::duration<double>> checkpoint;
  /// The file is an HDF5 table of scores (docs/file-format.md) that keeps these options,
  /// and the rows are TSV. It is made when all of them are known: until then they stand in
  /// `path`.rows, which a run with `append` goes on from.
  std::optional<Options> hdf5 = {};
};

/// What shaped the scores, as a table of scores keeps it.
/// @param potential, leave_out  files, known by their SHA-256; `leave_out` may be empty
/// @throws FileError.
Options to_options(const ScoreOptions& options, const std::string& potential,
                   const std::string& leave_out);

/// Scores that were not streamed as such a table, in the order of the ranking.
/// @param tsv  its rows, the header before them. @throws FileError.
void write_ranking(const std::string& tsv, Options options, const std::string& path);

/// Scores models in one pass: rows come in the order of the inputs and are not held, so
/// that memory does not grow with their number. There is no standard error. However often
/// a run is killed and goes on, the rows are those of one run.
/// @throws UsageError when the rows so far do not belong to these inputs; FileError when
///         another run is writing them; Error when no model could be scored, unless a
///         shard or `append` is asked for; Cancelled, naming the file that holds rows.
void score_stream(const Inputs& inputs, const PotentialTable& table, ScoreOptions options,
                  const RowFormat& format, const RowOutput& output);

/// The `number` best models, best first, in one pass that holds no more than these. There
/// is no standard error; models that cannot be scored are only told to the observer.
/// @throws Error when none could be scored; Cancelled.
std::vector<ModelScore> score_best(const Inputs& inputs, const PotentialTable& table,
                                   ScoreOptions options, std::size_t number);

}  // namespace potential
