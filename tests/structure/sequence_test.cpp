// Sequences of models and of FASTA files.
#include <potential/structure/sequence.hpp>

#include "fixtures.hpp"

namespace potential::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::vector<std::string> letters_of(const std::vector<Sequence>& sequences) {
  std::vector<std::string> letters;
  for (const Sequence& sequence : sequences) letters.push_back(sequence.letters);
  return letters;
}

std::string refusal(const std::string& path) {
  try {
    read_sequences(path);
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

TEST(Sequence, ParentsOfTheResiduesOfEachChain) {
  const auto atoms = residue("MSE", 1, 0) + residue("HSD", 2, 1) + residue("SEP", 3, 2) +
                     residue("XYZ", 4, 3) + residue("DAL", 5, 4) + residue("TRP", 1, 30, "b");
  const auto sequences = sequences_of(read_pdb(pdb_text(atoms)));
  EXPECT_THAT(letters_of(sequences), ElementsAre("MHSXA", "W"));
  EXPECT_EQ(sequences[0].name, "x.pdb:A");
  EXPECT_EQ(sequences[1].name, "x.pdb:b");
}

TEST(Sequence, Fasta) {
  const TempFolder folder;
  const std::string text =
      "\n>one some words\r\nMKV-LA\r\nge*\r\n; a comment\n>two\nU B MSTNPKPQRKTKRNTNRRPQ\n";
  for (const std::string& path :
       {folder.write("a.fasta", text), folder.write("a.fasta.gz", gzip(text))}) {
    const auto sequences = read_sequences(path);
    EXPECT_THAT(letters_of(sequences), ElementsAre("MKVLAGE", "XXMSTNPKPQRKTKRNTNRRPQ"));
    EXPECT_EQ(sequences[0].name, "one");
  }
}

TEST(Sequence, StructuresOfAnyInput) {
  const TempFolder folder;
  folder.write("set/a.pdb", pdb_text(residue("ALA", 1, 0) + residue("LEU", 2, 1)));
  folder.write("set/b.cif", cif_text(residue("GLY", 1, 0, "C") + residue("LYS", 2, 1, "C")));
  const std::string list = folder.write("list", (folder / "set/b.cif") + "\n");
  EXPECT_THAT(letters_of(read_sequences(folder / "set")), ElementsAre("AL", "GK"));
  EXPECT_THAT(letters_of(read_sequences("@" + list)), ElementsAre("GK"));
  EXPECT_THAT(letters_of(read_sequences(folder / "set/a.pdb")), ElementsAre("AL"));
}

TEST(Sequence, WhatCannotBeUsedIsRefused) {
  const TempFolder folder;
  EXPECT_THAT(refusal(folder / "missing.fasta"), HasSubstr("missing.fasta"));
  EXPECT_THAT(refusal(folder.write("empty.fasta", ">one\n>two\nMK\n")), HasSubstr("'one' has no"));
  EXPECT_THAT(refusal(folder.write("dna.fasta", ">gene\nACGTACGTACGTACGTACGTNN\n")),
              HasSubstr("nucleic acid"));
  folder.write("set/a.pdb", pdb_text(residue("ALA", 1, 0)));
  folder.write("set/b.pdb", "ATOM broken\n");
  EXPECT_THAT(refusal(folder / "set"), HasSubstr("b.pdb"));
}

}  // namespace
}  // namespace potential::test
