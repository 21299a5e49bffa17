#pragma once
#include <cstdint>
#include <functional>
#include <istream>
#include <string>
#include <string_view>
#include <vector>

#include <potential/core/contact_counts.hpp>

namespace potential {

/// What a table of scores in HDF5 is of; its rows are read one after another.
struct ScoreFileSummary {
  std::string library_version;       ///< that wrote it
  Options options;                   ///< of the scoring, and `shard` of a part
  std::vector<std::string> columns;  ///< in the order of the TSV
  std::uint64_t rows = 0;
};

/// Writes rows of scores in TSV as an HDF5 table: a dataset for each column
/// (docs/file-format.md). Atomic; the same rows give the same bytes. Memory does not grow
/// with the number of rows.
/// @param rows     a first line, which is passed over, then the rows; read twice
/// @param columns  their names: `model`, `score`, and others
/// @throws FileError; FormatError naming `output` when a row has not these columns or no
///         end, or a cell is not what its column holds.
void pack_scores(std::istream& rows, const std::vector<std::string>& columns,
                 const Options& options, const std::string& output);

/// The rows of such a file as TSV, header and all, in pieces of whole lines: the bytes
/// that were packed. Holds the packed file in memory.
/// @throws FileError, FormatError; what `write` throws.
void unpack_scores(const std::string& path, const std::function<void(std::string_view)>& write);

/// @throws FileError, FormatError.
ScoreFileSummary read_score_summary(const std::string& path);

}  // namespace potential
