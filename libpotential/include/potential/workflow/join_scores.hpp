#pragma once
#include <string>
#include <vector>

namespace potential {

/// True for the name of a file of rows, as score_stream() writes them: .tsv, .csv, .json.
bool is_row_file_name(const std::string& path);

/// Joins the rows of the shards 1/N to N/N of one run, given in this order, to those of
/// the whole run: the rows of input i are taken from shard i mod N + 1. Holds a block of
/// each file in memory. The files do not say which shards they are, nor how many rows they
/// should have: what is missing is seen only where a row of a later turn is there.
/// @throws FormatError naming the file that is not complete, or whose first line is not
///         that of the first; UsageError when a file is given twice; FileError.
void join_score_rows(const std::vector<std::string>& shards, const std::string& output);

/// The same for HDF5 tables of scores, which say which shards they are: in any order, each
/// of 1/N to N/N once, all made with the same options. Holds one of them, packed, in
/// memory, and all rows as text in a folder beside the output.
/// @param expected  fail unless there are so many; 0 = as many as they say
/// @throws Error naming the shards that are missing; FormatError, FileError.
void join_score_files(const std::vector<std::string>& shards, const std::string& output,
                      int expected);

}  // namespace potential
