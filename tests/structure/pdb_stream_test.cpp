// A large PDB file is read a few models at a time: the same models, notes and errors as of the
// file that is read whole (as bytes, which have no path to stream from).
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include <fstream>
#include <potential/structure/reader.hpp>
#include <potential/support/error.hpp>

#include "common/peptide.hpp"
#include "common/test_files.hpp"

namespace potential {
namespace {

constexpr std::size_t large = (std::size_t{4} << 20) + 1;

/// Models until the text is large. @param chain  blank: named by segment ids
std::string many_models(const std::string& header, const std::string& chain,
                        const std::string& end) {
  std::string text = header;
  for (unsigned number = 1; text.size() < large; ++number) {
    text += fmt::format("MODEL     {:4d}{}", number % 10000, end);
    if (number == 3) text += "HETATM    1  O   HOH A   1       0.000   0.000   0.000" + end;
    if (number % 5 == 0) text += "TER" + end;
    if (number != 3 && number != 7)
      for (const auto& atom :
           test::random_chain({"MET", "ALA", "GLY", "SER", "LEU", "TRP"}, "A", number % 50)) {
        std::string line = test::pdb_line(atom);
        line.pop_back();
        line.replace(21, 1, chain);
        text += line + (chain == " " ? "      SEG" : "") + end;
      }
    text += "ENDMDL" + end;
  }
  return text + "END" + end;
}

std::vector<Model> read(const std::string& path, const std::string& bytes) {
  ReadOptions options;
  options.models = ModelChoice::all;
  InputFile file;
  file.id = path;
  if (bytes.empty())
    file.path = path;
  else
    file.bytes = std::make_shared<const std::string>(bytes);
  return StructureReader(load_scheme("heavy-atom"), options).read(file);
}

std::string problem_of(const std::string& path, const std::string& bytes) {
  try {
    read(path, bytes);
  } catch (const FormatError& error) {
    return error.what();
  }
  return "none";
}

void write_file(const std::string& path, const std::string& text, bool packed) {
  if (!packed) {
    std::ofstream(path, std::ios::binary) << text;
    return;
  }
  gzFile file = gzopen(path.c_str(), "wb1");
  gzwrite(file, text.data(), static_cast<unsigned>(text.size()));
  gzclose(file);
}

TEST(PdbStream, ReadsTheModelsOfAFileThatIsReadWhole) {
  const test::Folder folder;
  const std::string header = "HEADER    PROTEIN                                 01-JAN-90   1SEG\n";
  for (const auto& [start, chain, end, packed] :
       {std::tuple(std::string(), "A", "\n", false), std::tuple(header, " ", "\n", true),
        std::tuple(std::string("\xef\xbb\xbfREMARK\n"), " ", "\r\n", false)}) {
    const std::string path = folder / (packed ? "many.pdb.gz" : "many.pdb");
    const std::string text = many_models(start, chain, end);
    write_file(path, text, packed);
    const auto whole = read(path, text), parts = read(path, "");
    ASSERT_EQ(whole.size(), parts.size());
    EXPECT_GT(whole.size(), 1000u);
    for (std::size_t k = 0; k < whole.size(); ++k) {
      EXPECT_EQ(parts[k].id, whole[k].id);
      EXPECT_EQ(parts[k].sha256, whole[k].sha256);
      EXPECT_EQ(parts[k].x, whole[k].x);
      EXPECT_EQ(parts[k].notes, whole[k].notes);
      EXPECT_EQ(parts[k].chains[0].name, whole[k].chains[0].name);
    }
  }
}

TEST(PdbStream, NamesTheLineOfAnError) {
  const test::Folder folder;
  const std::string path = folder / "bad.pdb";
  const std::string good = many_models("", "A", "\n");
  const auto place = good.rfind("ATOM");
  std::string bad = good, damaged = good;
  bad.replace(place + 30, 8, "    oops");
  damaged[place + 30] = '\0';
  const std::string water = "HETATM    1  O   HOH A   1       0.000   0.000   0.000\n";
  std::string empty;
  while (empty.size() < large) empty += "MODEL        1\n" + water + "ENDMDL\n";
  std::string no_end;  // nowhere to divide it
  while (no_end.size() < large) no_end += "MODEL        1\n" + water;
  for (const std::string& text : {bad, damaged, empty, no_end}) {
    write_file(path, text, false);
    const std::string problem = problem_of(path, "");
    EXPECT_NE(problem, "none");
    EXPECT_EQ(problem, problem_of(path, text));
  }
}

}  // namespace
}  // namespace potential
