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

TEST(ModelId, ComesApartAndTogether) {
  expect_parts("a.pdb", "a.pdb", "", "");
  expect_parts("d/a.pdb#12", "d/a.pdb", "", "#12");
  expect_parts("a.pdb[A,B]", "a.pdb", "[A,B]", "");
  expect_parts("s.tar:d/a.cif.gz[A]#2", "s.tar:d/a.cif.gz", "[A]", "#2");
  EXPECT_EQ(ModelId::make("a.pdb", {"A", "_"}).text(), "a.pdb[A,_]");
  EXPECT_EQ(ModelId::make("a.pdb", {}).text(), "a.pdb");
}

TEST(ModelId, LeavesWhatIsNoNumberAndNoChains) {
  for (const char* id :
       {"", "%", "a%2", "a%20b", "a%24", "[A]", "d[1]/a.pdb", "d/[A]x", "]", "a]b"})
    expect_parts(id, id, "", "");
}

TEST(ModelId, EscapesANumberSignInTheNameOfAFile) {
  for (const char* file : {"#", "a#", "a.pdb#0", "a.pdb#2", "d#1/a.pdb#4000000000", "a%23", "a%25",
                           "a%2523", "a%%23#", "a%#23", "%2%23", "a##2", "t.tar:m#1.pdb"}) {
    for (const char* end : {"", "#1", "[A]", "[A]#12"}) {
      const std::string name = ModelId::make(file).text();
      EXPECT_EQ(name.find('#'), std::string::npos) << name;
      expect_parts(name + end, file, std::string(end).substr(0, end[0] == '[' ? 3 : 0),
                   std::string(end).substr(end[0] == '[' ? 3 : 0));
    }
  }
  EXPECT_EQ(ModelId::make("c.pdb#2").text(), "c.pdb%232");
  EXPECT_EQ(ModelId::make("100%.pdb").text(), "100%.pdb");
}

TEST(ModelId, ReadsIdsOfOlderVersions) {
  EXPECT_EQ(ModelId::parse("a#b.pdb").file, "a#b.pdb");
  EXPECT_EQ(ModelId::parse("a#b.pdb#2").number, "#2");
  for (const char* id : {"a.pdb#0", "a.pdb#02", "a.pdb#"}) {  // models are counted from 1
    EXPECT_EQ(ModelId::parse(id).file, id);
    EXPECT_EQ(ModelId::parse(id).number, "");
  }
}

TEST(ModelId, NamesTheFileAndItsStem) {
  EXPECT_EQ(ModelId::parse("set/1CTF.PDB.gz[A]#3").file_name(), "1CTF.PDB.gz");
  EXPECT_EQ(ModelId::parse("set/1CTF.PDB.gz[A]#3").stem(), "1CTF");
  EXPECT_EQ(ModelId::parse("x/s.tar.gz:a.cif").file_name(), "a.cif");
  EXPECT_EQ(ModelId::parse("s.TAR:d/a.ent").stem(), "a");
  EXPECT_EQ(ModelId::parse(".pdb").stem(), ".pdb");
}

}  // namespace
}  // namespace potential
