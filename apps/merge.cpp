#include <potential/core/merge.hpp>
#include <potential/storage/files.hpp>
#include <potential/storage/merge_files.hpp>
#include <potential/support/atomic_file.hpp>
#include <potential/support/error.hpp>
#include <potential/workflow/join_scores.hpp>
#include <sstream>

#include "commands.hpp"
#include "output.hpp"

namespace potential::app {
namespace {

CommandLine describe() {
  CommandLine line(
      "merge A.h5 B.h5 ... -o all.h5 [options]",
      "Adds the counts of several counts files made with the same scheme, bins and\n"
      "separation classes, one at a time. The same structure in two of them is refused.\n"
      "@LIST stands for the files that it names, one a line. With one file and\n"
      "--subtract, takes structures out again.\n"
      "Files of scores (.tsv .csv .json), the shards 1/N to N/N of 'score --stream' in\n"
      "this order, are joined to the rows of one run. A torn row, another first line, a\n"
      "file given twice and a shard that ends before its turn are refused. These files\n"
      "do not say which shards they are: that one is missing, or lacks rows after which\n"
      "no shard has any, is not seen. Join shards of runs that ended without an error.\n"
      "HDF5 tables of scores do say: they come in any order, and each must be there once.");
  line.positional({"a counts file"}, unlimited);
  line.option('o', "output", "FILE", "the counts file (HDF5), or the scores; needed").output();
  line.option(0, "subtract", "FILE",
              "take the structures and counts of this counts file out of\n"
              "the sum; refused when one of them is not in it")
      .input()
      .option(0, "expect", "N",
              "fail unless N files are given; of counts files made with\n"
              "--shard, the parts 1/N to N/N of one run, each once (files of\n"
              "scores are only counted)")
      .whole(1, unlimited)
      .flag(0, "allow-duplicates", "count a structure that is in two files twice");
  line.option(0, "memory", "MIB",
              "MiB to hold of the rows of structures; more go to temporary\n"
              "files in the folder of the output",
              "128")
      .whole(1, 1 << 20);
  return line.common();
}

/// `@LIST` stands for the files named in it, one a line.
std::vector<std::string> read_inputs(const std::vector<std::string>& words) {
  std::vector<std::string> paths;
  for (const std::string& word : words) {
    if (word.size() < 2 || word.front() != '@') {
      paths.push_back(word);
      continue;
    }
    std::istringstream lines(read_file(word.substr(1)));
    for (std::string line; std::getline(lines, line);) {
      if (!line.empty() && line.back() == '\r') line.pop_back();
      if (!line.empty()) paths.push_back(line);
    }
  }
  return paths;
}

CountedTerms subtract(CountedTerms sum, const std::string& path) {
  try {
    return subtract_counts(std::move(sum), open_counted_terms(path));
  } catch (const UsageError& error) {
    throw FormatError(path, std::string("cannot be taken out: ") + error.what());
  }
}

bool is_score_table(const std::string& path) { return kind_of_file(path) == FileKind::scores; }

/// @throws UsageError when files of scores and of counts come together.
bool are_rows(const std::vector<std::string>& inputs, const Arguments& arguments) {
  const bool tables = is_score_table(inputs.at(0));
  if (!tables && !is_row_file_name(inputs[0])) return false;
  for (const char* option : {"subtract", "allow-duplicates"})
    if (arguments.has(option)) throw UsageError(option, "is for counts, not for files of scores");
  for (const std::string& input : inputs)
    if (tables ? !is_score_table(input) : !is_row_file_name(input))
      throw UsageError(input, "", "is not a file of scores as " + inputs[0] + " is");
  const auto size =
      static_cast<std::size_t>(arguments.has("expect") ? arguments.whole("expect") : 0);
  if (!tables && size > 0 && size != inputs.size())
    throw UsageError("expect", std::to_string(inputs.size()) + " files are given, and not " +
                                   std::to_string(size));
  return true;
}

void run(const Arguments& arguments, Console& console) {
  const auto inputs = read_inputs(arguments.positional());
  const std::string subtracted = arguments.text("subtract");
  auto all_inputs = inputs;  // and the lists that name them
  all_inputs.insert(all_inputs.end(), arguments.positional().begin(), arguments.positional().end());
  if (!subtracted.empty()) all_inputs.push_back(subtracted);
  const std::string output = output_file(arguments, all_inputs);
  if (inputs.empty()) throw UsageError("there are no files to merge");
  if (are_rows(inputs, arguments)) {
    if (!is_score_table(inputs[0])) return join_score_rows(inputs, output);
    return join_score_files(inputs, output,
                            arguments.has("expect") ? arguments.whole("expect") : 0);
  }
  const RunObserver observer = console.observer();
  MergeFilesOptions options;
  options.allow_duplicates = arguments.has("allow-duplicates");
  if (arguments.has("expect")) options.expected = arguments.whole("expect");
  options.memory = static_cast<std::size_t>(arguments.whole("memory")) << 20;
  options.cancel = observer.cancel;
  options.after_each = [&](std::size_t done) { observer.progressed({done, inputs.size(), 0}); };
  if (subtracted.empty()) return merge_counts_files(inputs, output, options);
  const AtomicFile sum(output);  // never committed: a place for the sum
  merge_counts_files(inputs, sum.temporary_path(), options);
  write_counts(subtract(open_counted_terms(sum.temporary_path()), subtracted), output);
}

}  // namespace

const Command merge_command{"merge", "add the counts of several files", describe, run};

}  // namespace potential::app
