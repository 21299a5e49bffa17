#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>

#include <potential/storage/files.hpp>
#include <potential/support/atomic_file.hpp>
#include <potential/support/error.hpp>

#include "storage/envelope.hpp"

#include "python.hpp"
#include "samples.hpp"

namespace potential {
namespace {

using testing::HasSubstr;

/// What a command prints.
std::string output_of(const std::string& command) {
  std::string text;
  std::FILE* pipe = ::popen((command + " 2>&1").c_str(), "r");
  char buffer[4096];
  while (const std::size_t got = std::fread(buffer, 1, sizeof buffer, pipe))
    text.append(buffer, got);
  EXPECT_EQ(::pclose(pipe), 0) << command << text.substr(0, 500);
  return text;
}

bool has_program(const std::string& name) {
  return std::system(("command -v " + name + " >/dev/null").c_str()) == 0;
}

void write_samples(const TemporaryFolder& folder, int structures) {
  const TableAxes axes = axes_of("residue-cb", "seed", "1-3,4+");
  write_counts(random_counts(axes, structures), folder / "counts.h5");
  PotentialTable table = random_potential(axes);
  write_potential(table, folder / "plain.h5");
  table.calibration = sample_calibration;
  write_potential(table, folder / "table.h5");
}

TEST(OtherPrograms, H5pySeesLabelledAxes) {
  if (!python_has("h5py")) GTEST_SKIP() << "needs python3-h5py";
  const TemporaryFolder folder;
  for (const int structures : {0, 3}) {
    write_samples(folder, structures);
    EXPECT_TRUE(run_python("h5py_check.py",
                           {folder / "counts.h5", folder / "table.h5", folder / "plain.h5"}));
  }
}

TEST(OtherPrograms, H5dumpSeesTheSameNumbers) {
  if (!has_program("h5dump")) GTEST_SKIP() << "needs hdf5-tools";
  const TemporaryFolder folder;
  write_samples(folder, 2);
  const ContactCounts counts = read_counts(folder / "counts.h5");
  std::string expected;
  for (Eigen::Index i = 0; i < counts.counts.size(); ++i)
    expected += std::to_string(counts.counts.data()[i]) + " ";
  const std::string path = folder / "numbers.txt";
  output_of("h5dump -y -w 1 -d /counts -o " + path + " " + (folder / "counts.h5"));
  std::ifstream numbers(path);
  std::string seen, word;
  while (numbers >> word) seen += word.substr(0, word.find(',')) + " ";
  EXPECT_EQ(seen, expected);
  const std::string header = output_of("h5dump -pH -d /counts " + (folder / "counts.h5"));
  for (const char* part : {"H5T_STD_U64LE", "SIMPLE { ( 2, 210, 6 )", "CHUNKED", "SHUFFLE",
                           "DEFLATE", "FLETCHER32", "DIMENSION_LIST"})
    EXPECT_THAT(header, HasSubstr(part));
}

TEST(OtherPrograms, NetcdfSeesLabelledAxes) {
  if (!has_program("ncdump")) GTEST_SKIP() << "needs netcdf-bin";
  const TemporaryFolder folder;
  write_samples(folder, 2);
  EXPECT_THAT(output_of("ncdump -h " + (folder / "counts.h5")),
              HasSubstr("uint64 counts(separation, pair, bin)"));
  EXPECT_THAT(output_of("ncdump -h " + (folder / "table.h5")),
              HasSubstr("double score(separation, pair, bin)"));
}

/// A spoiled file, and what must be said of it.
struct Spoiled {
  const char* name;
  const char* said;
};

const Spoiled spoiled[] = {
    {"counts-missing", "/counts is missing"},
    {"counts-shape", "/counts has the shape 2 x 209 x 6 where 2 x 210 x 6 is expected"},
    {"counts-rank", "/counts has 2 axes where 3 are expected"},
    {"counts-float", "/counts does not hold unsigned 64-bit integers"},
    {"counts-signed", "/counts does not hold unsigned 64-bit integers"},
    {"counts-big-endian", "/counts does not hold unsigned 64-bit integers"},
    {"counts-group", "cannot open /counts"},
    {"counts-off", "but its structures have"},
    {"counts-filter", "/counts is packed by a filter this program does not use (number 32000)"},
    {"counts-chunk", "/counts claims the shape 1073741824 x 1 x 1"},
    {"counts-absurd", "/counts claims the shape 64 x 2001000 x 1000, more than the file holds"},
    {"counts-external", "/counts keeps its data in other files"},
    {"counts-virtual", "/counts is stored in a way this program does not use"},
    {"counts-soft", "/counts is a link to elsewhere"},
    {"counts-elsewhere", "/counts is a link to elsewhere"},
    {"histogram-wraps", "a count passes 2^64 - 1"},
    {"composition-off", "/structures/composition of "},
    {"composition-below", "/structures/composition of "},
    {"chain-length", "/structures/chain_length of "},
    {"residues-off", "/structures/chain_length of "},
    {"residues-absurd", "more than a structure file can hold"},
    {"residues-none", "is 0, but it has sites"},
    {"structures-shorter", "/structures/sites has the shape 2 where 3 is expected"},
    {"structures-unsorted", "/structures is not sorted"},
    {"structures-absurd", "/structures/id has 1099511627776 rows"},
    {"sha256-text", "not a SHA-256 digest"},
    {"radius-nan", "/structures/radius_of_gyration of "},
    {"chains-off", "/structures/chains disagrees"},
    {"skipped-shorter", "/skipped/reason is shorter"},
    {"edge-order", "edges must increase"},
    {"edge-fraction", "not a distance in whole thousandths"},
    {"edge-nan", "not a distance in whole thousandths"},
    {"bin-label", "/bins/label disagrees with /bins/edge"},
    {"separation-label", "far"},
    {"pair-label", "/pairs/label calls row 5"},
    {"pair-type", "names a type beyond the 20"},
    {"pair-short", "differ in length"},
    {"type-name", "/types/name disagrees with /types/definition"},
    {"type-variable", "/types/residue does not hold strings of a fixed length"},
    {"definition", "/types/definition: line 2: "},
    {"scheme-name", "the attributes of /types disagree"},
    {"format-missing", "the attribute format of / is missing"},
    {"format-other", "says its format is 'cooler'"},
    {"version", "has the format version 3; this one reads 2"},
    {"version-text", "the attribute format-version of / is not one of 32-bit integers"},
    {"options-text", "options is not a JSON object"},
    {"options-list", "options is not a JSON object"},
    {"options-number", "the option a is not a text"},
    {"options-variable", "options of / does not hold strings of a fixed length"},
    {"score-nan", "/score holds nan for class 1-3, pair ALA-ASP, bin 4-5A"},
    {"score-minus-inf", "/score holds -inf for class 1-3, pair ALA-ASP, bin 4-5A"},
    {"score-float32", "/score does not hold 64-bit floats"},
    {"error-negative", "/standard_error holds -1.000000 for class 1-3, pair ALA-ASP, bin 4-5A"},
    {"error-missing", "/standard_error is missing"},
    {"structures-missing", "the attribute structures of / is missing"},
    {"quality-missing", "the attribute quality-model-slope of / is missing"},
    {"quality-of-residues-alone", "the attribute quality-model-intercept of / is missing"},
    {"quality-rises", "the calibration's model slope is -0.100000; it is to be a number above 0"},
    {"quality-nan", "the calibration's residue radius is nan"},
    {"quality-float32", "the attribute quality-residue-sd of / is not one of 64-bit floats"},
};

TEST(HostileFile, IsRefusedForWhatIsWrong) {
  if (!python_has("h5py")) GTEST_SKIP() << "needs python3-h5py";
  const TemporaryFolder folder;
  write_samples(folder, 3);
  ASSERT_TRUE(run_python("spoil.py", {folder / "counts.h5", folder / "table.h5", folder / ""}));
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder / ""))
    files += entry.exists();
  EXPECT_EQ(files, std::size(spoiled) + 3);
  for (const auto& [name, said] : spoiled) {
    const std::string path = folder / (std::string(name) + ".h5");
    const FileKind kind = kind_of_file(path);
    std::string bytes = read_file(path);
    storage::sign(bytes.data(), bytes.size(), kind);
    std::ofstream(path, std::ios::binary) << bytes;
    try {
      kind == FileKind::counts ? (void)read_counts(path) : (void)read_potential(path);
      ADD_FAILURE() << name << " was read";
    } catch (const FormatError& error) {
      EXPECT_THAT(error.what(), HasSubstr(said)) << name;
      EXPECT_EQ(std::string(error.what()).find('\n'), std::string::npos) << error.what();
    }
  }
}

}  // namespace
}  // namespace potential
