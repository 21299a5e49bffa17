// Where the name of a chain stands: column 22, columns 21-22, the segment id.
#include "fixtures.hpp"

namespace potential::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// Columns 73-80 of each line.
std::string with_tail(const std::string& text, const std::string& tail) {
  std::string out, line;
  std::istringstream lines(text);
  while (std::getline(lines, line)) {
    line.resize(72, ' ');
    out += line + tail + "\n";
  }
  return out;
}

std::string segment(const std::string& id, int first, double place) {
  const auto atoms = residue("ALA", first, place, "") + residue("SER", first + 1, place + 1, "");
  return with_tail(pdb_text(atoms), id);
}

std::vector<std::string> chain_names(const Model& model) {
  std::vector<std::string> names;
  for (const Chain& chain : model.chains) names.push_back(chain.name);
  return names;
}

constexpr const char* segment_note =
    "no chain ids; the segment ids in columns 73-76 are taken instead: PROA, PROB";

TEST(SegmentIds, AreTheChainsOfAFileWithoutChainIds) {
  const Model model = read_pdb(segment("PROA", 1, 0) + segment("PROB", 2, 20));
  EXPECT_THAT(chain_names(model), ElementsAre("PROA", "PROB"));
  EXPECT_THAT(chain_lengths(model), ElementsAre(2, 2));
  EXPECT_THAT(model.notes, ElementsAre(segment_note));
  // With elements behind, and water of four letters that reaches into column 21.
  const std::string water = "ATOM      9  OH2 TIP3    1       9.000   9.000   9.000  1.00  0.00";
  EXPECT_THAT(chain_lengths(read_pdb(segment("A    C", 1, 0) + segment("B    C", 1, 20) +
                                     with_tail(water + "\n", "SOLV"))),
              ElementsAre(2, 2));
  // Neighbours that only their segment tells apart.
  const auto one = residue("ALA", 9, 0, ""), two = residue("ALA", 9, 20, "");
  EXPECT_THAT(
      chain_lengths(read_pdb(with_tail(pdb_text(one), "PROA") + with_tail(pdb_text(two), "PROB"))),
      ElementsAre(1, 1));
}

TEST(SegmentIds, ATerInsideIsNoEnd) {
  const std::string a = segment("PROA", 1, 0), b = segment("PROA", 7, 20);
  EXPECT_THAT(chain_lengths(read_pdb(a + "TER\n" + b)), ElementsAre(4));
  EXPECT_THAT(chain_lengths(read_pdb(a + "TER\n" + segment("PROA", 2, 20))), ElementsAre(2, 2));
  // Atoms without a segment id have nothing but TER records.
  const std::string none = segment("    ", 1, 40), more = segment("    ", 7, 60);
  EXPECT_THAT(chain_lengths(read_pdb(a + none + "TER\n" + more)), ElementsAre(2, 2, 2));
}

TEST(SegmentIds, AreNotTakenWhereThereIsAChainId) {
  std::string text = segment("PROA", 1, 0) + segment("PROB", 3, 20);
  text += with_tail(pdb_text(residue("ALA", 1, 40, "A")), "PROA");
  const Model model = read_pdb(text);
  EXPECT_THAT(chain_names(model), ElementsAre("", "A"));
  EXPECT_THAT(chain_lengths(model), ElementsAre(4, 1));
  EXPECT_THAT(model.notes, IsEmpty());
}

TEST(SegmentIds, AreNotTheCodeOfTheEntry) {
  const auto lengths = [](const std::string& header, const std::string& tail) {
    return chain_lengths(read_pdb(header + segment(tail, 1, 0) + "TER\n" + segment(tail, 7, 20)));
  };
  const std::string header =
      "HEADER    HYDROLASE                               15-JUN-96   1ABC              \n";
  EXPECT_THAT(lengths("", "1ABC"), ElementsAre(4));
  EXPECT_THAT(lengths(header, "1ABC"), ElementsAre(2, 2));
  EXPECT_THAT(lengths("REMARK\n" + header, "1abc"), ElementsAre(2, 2));
  EXPECT_THAT(lengths(header, "2ABC"), ElementsAre(4));
  EXPECT_THAT(lengths(with_tail("REMARK\n", "1ABC   1"), "1ABC"), ElementsAre(2, 2));
  // Line numbers, whatever stands before them.
  EXPECT_THAT(lengths("", "1ABC  77"), ElementsAre(2, 2));
  EXPECT_THAT(lengths("", " 1SG1234"), ElementsAre(2, 2));
  EXPECT_THAT(lengths("", "PROA C1+"), ElementsAre(4));
}

TEST(SegmentIds, EachModelIsLookedAt) {
  const std::string two = segment("PROA", 1, 0) + segment("PROB", 3, 20);
  const auto models = read_all("x.pdb", "MODEL 1\n" + two + "ENDMDL\nMODEL 2\n" +
                                            pdb_text(residue("ALA", 1, 0, "C")) +
                                            "ENDMDL\nMODEL 3\n" + two + "ENDMDL\n");
  ASSERT_EQ(models.size(), 3U);
  EXPECT_THAT(chain_names(models[1]), ElementsAre("C"));
  EXPECT_EQ(models[0].sha256, models[2].sha256);
  EXPECT_THAT(models[2].notes, ElementsAre(segment_note));
}

TEST(SegmentIds, ListsNameThem) {
  const StructureReader reader(load_scheme("residue-ca"), {});
  InputFile file = in_memory("x.pdb", segment("PROA", 1, 0) + segment("PROB", 3, 20));
  file.chains = {"PROB"};
  EXPECT_EQ(reader.read(file)[0].residues[0].number, 3);
}

std::string four_letters(const std::string& name, const std::string& chain, int number,
                         double place, const std::string& standard) {
  std::string out, line;
  std::istringstream lines(pdb_text(residue(standard, number, place, chain)));
  while (std::getline(lines, line)) out += line.replace(17, 4, name) + "\n";
  return out;
}

TEST(LongNames, TheFourthLetterIsNotAChainId) {
  for (const char* chain : {"A", ""}) {
    const std::string ala = pdb_text(residue("ALA", 1, 0, chain));
    const Model plain =
        read_pdb(ala + pdb_text(residue("LYS", 2, 1, chain) + residue("GLU", 3, 2, chain)));
    const Model model = read_pdb(ala + four_letters("LYSH", chain, 2, 1, "LYS") +
                                 four_letters("GLUH", chain, 3, 2, "GLU"));
    EXPECT_EQ(model.sha256, plain.sha256);
    EXPECT_EQ(model.residues[1].name, "LYSH");
    EXPECT_EQ(model.chains[0].name, chain);
  }
  for (const auto& [name, standard] : {std::pair{"ARGN", "ARG"},
                                       {"ASPH", "ASP"},
                                       {"CYSH", "CYS"},
                                       {"CYS2", "CYS"},
                                       {"HISA", "HIS"},
                                       {"HISB", "HIS"},
                                       {"HISH", "HIS"},
                                       {"HISD", "HIS"},
                                       {"HISE", "HIS"}}) {
    EXPECT_EQ(read_pdb(four_letters(name, "A", 1, 0, standard)).sha256,
              read_pdb(pdb_text(residue(standard, 1, 0))).sha256)
        << name;
    EXPECT_EQ(read_cif(cif_text(residue(name, 1, 0))).sha256,
              read_pdb(pdb_text(residue(standard, 1, 0))).sha256)
        << name;
  }
}

TEST(LongNames, AChainIdOfTwoLettersStaysOne) {
  // Chain HA of a large complex: other residues show that its H is no part of a name.
  const std::string ala = pdb_text(residue("ALA", 1, 0, "HA"));
  const Model model = read_pdb(four_letters("LYSH", "A", 2, 1, "LYS") + ala);
  EXPECT_THAT(chain_names(model), ElementsAre("HA"));
  EXPECT_EQ(model.residues[0].name, "LYS");
  const Model other =
      read_pdb(four_letters("LYSH", "A", 2, 1, "LYS") + pdb_text(residue("ALA", 1, 20, "AB")));
  EXPECT_THAT(chain_names(other), ElementsAre("A", "AB"));
}

}  // namespace
}  // namespace potential::test
