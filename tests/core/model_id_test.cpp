#include <gtest/gtest.h>

#include "core/model_id.hpp"

namespace potential {
namespace {

void expect_parts(const std::string& id, const std::string& file, const std::string& chains,
                  const std::string& number) {
  const ModelId parts = ModelId::parse(id);
  EXPECT_EQ(parts.file, file) << id;
  EXPECT_EQ(parts.chains, chains) << id;
  EXPECT_EQ(parts.number, number) << id;
  EXPECT_EQ(parts.text(), id);
}

TEST(ModelId, comes_apart_and_together) {
  expect_parts("a.pdb", "a.pdb", "", "");
  expect_parts("d/a.pdb#12", "d/a.pdb", "", "#12");
  expect_parts("a.pdb[A,B]", "a.pdb", "[A,B]", "");
  expect_parts("s.tar:d/a.cif.gz[A]#2", "s.tar:d/a.cif.gz", "[A]", "#2");
  EXPECT_EQ(ModelId::make("a.pdb", {"A", "_"}).text(), "a.pdb[A,_]");
  EXPECT_EQ(ModelId::make("a.pdb", {}).text(), "a.pdb");
}

TEST(ModelId, leaves_what_is_no_number_and_no_chains) {
  for (const char* id : {"", "#", "a#", "a#b", "#1x", "[A]", "d[1]/a.pdb", "d/[A]x", "]", "a]b"})
    expect_parts(id, id, "", "");
}

TEST(ModelId, names_the_file_and_its_stem) {
  EXPECT_EQ(ModelId::parse("set/1CTF.PDB.gz[A]#3").file_name(), "1CTF.PDB.gz");
  EXPECT_EQ(ModelId::parse("set/1CTF.PDB.gz[A]#3").stem(), "1CTF");
  EXPECT_EQ(ModelId::parse("x/s.tar.gz:a.cif").file_name(), "a.cif");
  EXPECT_EQ(ModelId::parse("s.TAR:d/a.ent").stem(), "a");
  EXPECT_EQ(ModelId::parse(".pdb").stem(), ".pdb");
}

}  // namespace
}  // namespace potential
