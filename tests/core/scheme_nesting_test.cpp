#include <gmock/gmock.h>

#include <potential/support/error.hpp>

#include "core/scheme_nesting.hpp"

namespace potential {
namespace {

using ::testing::ElementsAre;

Scheme parse(const std::string& text) { return Scheme::parse(text, "test"); }

const Scheme fine =
    parse("scheme fine\nsites atom\nG GLY CA\nA ALA CA\nB ALA CB\nS ALA centroid\n");

TEST(SchemeNesting, MapsTypesToThoseThatHoldThem) {
  EXPECT_THAT(nest_types(fine, fine), ElementsAre(0, 1, 2, 3));
  EXPECT_THAT(nest_types(parse("scheme x\nsites atom\nX ALA CB,CA\n"), fine),
              ElementsAre(-1, 0, 0, -1));
}

TEST(SchemeNesting, ResidueSchemesStandOnAtoms) {
  EXPECT_THAT(nest_types(parse("scheme x\nsites ca\nX ALA\nY GLY\n"), fine),
              ElementsAre(1, 0, -1, -1));
  EXPECT_THAT(nest_types(parse("scheme x\nsites cb\nX ALA\nY GLY\n"), fine),
              ElementsAre(1, -1, 0, -1));
  EXPECT_THAT(nest_types(parse("scheme x\nsites centroid\nX ALA\n"), fine),
              ElementsAre(-1, -1, -1, 0));
}

TEST(SchemeNesting, RefusesWhatIsDividedOrMissing) {
  const Scheme merged = parse("scheme merged\nsites atom\nAB ALA CA,CB\n");
  EXPECT_THROW(nest_types(fine, merged), UsageError);
  EXPECT_THROW(nest_types(parse("scheme x\nsites atom\nA ALA CA\n"), merged), UsageError);
  EXPECT_THROW(nest_types(parse("scheme x\nsites ca\nV VAL\n"), fine), UsageError);
  EXPECT_FALSE(nests(fine, merged));
  EXPECT_TRUE(nests(merged, fine));
}

TEST(SchemeNesting, TheShippedSchemesNestInTheFinest) {
  for (const std::string& name : shipped_scheme_names()) {
    if (name == "protein-rna") continue;  // the finest of those
    const bool dna = name.rfind("dna", 0) == 0 || name.rfind("nucleic", 0) == 0;
    const char* const finest = dna                         ? "nucleic-heavy-atom"
                               : name.rfind("rna", 0) == 0 ? "protein-rna"
                                                           : "heavy-atom-centroid";
    EXPECT_TRUE(nests(load_scheme(name), load_scheme(finest))) << name;
  }
  EXPECT_TRUE(nests(load_scheme("heavy-atom"), load_scheme("protein-rna")));
  EXPECT_TRUE(nests(load_scheme("rna-3"), load_scheme("rna-4")));
  EXPECT_FALSE(nests(load_scheme("residue-centroid"), load_scheme("heavy-atom")));
}

}  // namespace
}  // namespace potential
