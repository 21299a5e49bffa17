// What is similar enough to be left out.
#include <gmock/gmock.h>

#include <cmath>
#include <limits>
#include <potential/extraction/similar_sequences.hpp>
#include <potential/support/error.hpp>
#include <random>

#include "common/test_files.hpp"
#include "structure/alignment.hpp"

namespace potential::test {
namespace {

using ::testing::HasSubstr;

constexpr const char* letters = "ACDEFGHIKLMNPQRSTVWY";
constexpr const char* residues[] = {"ALA", "CYS", "ASP", "GLU", "PHE", "GLY", "HIS",
                                    "ILE", "LYS", "LEU", "MET", "ASN", "PRO", "GLN",
                                    "ARG", "SER", "THR", "VAL", "TRP", "TYR"};

std::string random_letters(std::size_t length, unsigned seed) {
  std::mt19937 engine(seed);
  std::string text;
  while (text.size() < length) text += letters[engine() % 20];
  return text;
}

/// The same with `identical` of its residues kept, evenly spread, the others changed.
std::string relative_of(const std::string& parent, std::size_t identical, unsigned seed) {
  std::mt19937 engine(seed);
  std::string text = parent;
  for (std::size_t i = 0; i < text.size(); ++i)
    if ((i + 1) * identical / text.size() == i * identical / text.size())
      while (text[i] == parent[i]) text[i] = letters[engine() % 20];
  return text;
}

Model model_of(const std::vector<std::string>& chains) {
  Model model;
  model.id = "m.pdb";
  for (const std::string& chain : chains) {
    model.chains.push_back({std::string(1, static_cast<char>('A' + model.chains.size())),
                            static_cast<std::uint32_t>(chain.size())});
    for (const char c : chain) {
      Residue residue;
      residue.name = residues[std::string(letters).find(c)];
      residue.chain = static_cast<std::uint32_t>(model.chains.size() - 1);
      model.residues.push_back(residue);
    }
  }
  return model;
}

bool is_similar(const std::string& query, const std::string& other, double identity = 40) {
  const bool found = SimilarSequences({{"q", query}}, identity).find(model_of({other})).has_value();
  EXPECT_EQ(SimilarSequences({{"q", other}}, identity).find(model_of({query})).has_value(), found)
      << "it is the same from both sides";
  return found;
}

TEST(Aligner, CountsColumnsAndResidues) {
  const std::string parent = random_letters(60, 1);
  const std::string shortened = parent.substr(0, 30) + parent.substr(34);
  const Alignment found = Aligner(parent).align("WWW" + shortened);
  EXPECT_EQ(found.columns, 60);
  EXPECT_EQ(found.identical, 56);
  EXPECT_EQ(found.first_residues, 60);
  EXPECT_EQ(found.second_residues, 56);
}

TEST(Aligner, ScoresAreBlasts) {
  const Aligner aligner("WWWWWCHMYDKR");
  EXPECT_EQ(aligner.score("WWWWWCHMYDKR"), 5 * 11 + 45);
  EXPECT_EQ(aligner.score("WWWWWACHMYDKR"), 5 * 11 + 45 - 12) << "a gap of one costs 11 + 1";
  EXPECT_EQ(aligner.score("WWWWWAACHMYDKR"), 5 * 11 + 45 - 13);
  EXPECT_EQ(aligner.score(""), 0);
}

TEST(Aligner, WhatLiesBesideTheAlignmentDoesNotCount) {
  const std::string common = random_letters(80, 5),
                    longer = random_letters(300, 6) + common + random_letters(300, 7);
  for (const auto& [first, second] : {std::pair{common, longer}, {longer, common}}) {
    const Alignment found = Aligner(first).align(second);
    EXPECT_EQ(found.columns, 80);
    EXPECT_EQ(found.identical, 80);
    EXPECT_EQ(found.first_residues, 80);
    EXPECT_EQ(found.second_residues, 80);
  }
}

TEST(Aligner, LongSequencesAreNotCutOff) {
  const std::string parent = random_letters(15000, 2);  // scores more than 16 bits hold
  EXPECT_EQ(Aligner(parent).score(parent), std::numeric_limits<int>::max());
  const std::string part = parent.substr(0, 7000);  // and more than 15 of them
  EXPECT_GT(Aligner(part).score(part), 32767);
  EXPECT_EQ(Aligner(part).align(part).identical, 7000);
}

TEST(SimilarSequences, IdentityDecides) {
  const std::string parent = random_letters(150, 3);
  EXPECT_TRUE(is_similar(parent, parent));
  EXPECT_TRUE(is_similar(parent, relative_of(parent, 68, 4)));   // 45 %
  EXPECT_FALSE(is_similar(parent, relative_of(parent, 45, 4)));  // 30 %
  EXPECT_TRUE(is_similar(parent, relative_of(parent, 45, 4), 25));
  EXPECT_FALSE(is_similar(parent, relative_of(parent, 120, 4), 90));
  EXPECT_TRUE(is_similar(parent, parent, 100));
}

TEST(SimilarSequences, CoverageOfTheShorterDecides) {
  const std::string common = random_letters(80, 5);
  const auto with_tails = [&](std::size_t length, unsigned seed) {
    return random_letters(length, seed) + common + random_letters(length, seed + 1);
  };
  EXPECT_TRUE(is_similar(common, with_tails(300, 6))) << "all of the shorter, little of the longer";
  EXPECT_TRUE(is_similar(with_tails(10, 8), with_tails(200, 10)));    // 80 of 100
  EXPECT_FALSE(is_similar(with_tails(40, 12), with_tails(200, 14)));  // 80 of 160
}

TEST(SimilarSequences, UnrelatedOnesAreNotSimilar) {
  std::vector<Sequence> queries;
  for (unsigned i = 0; i < 50; ++i) queries.push_back({"q", random_letters(20 + 5 * i, 100 + i)});
  const SimilarSequences similar(queries, 40);
  for (unsigned i = 0; i < 40; ++i)
    EXPECT_EQ(similar.find(model_of({random_letters(4 + 7 * i, 200 + i)})), std::nullopt) << i;
}

TEST(SimilarSequences, AShortPeptideIsFoundWhereItIsTheSame) {
  EXPECT_TRUE(is_similar("MWYHCKRNDE", random_letters(100, 20) + "MWYHCKRNDE"));
  EXPECT_FALSE(is_similar("AAAA", random_letters(50, 21) + "AAAA"));
}

TEST(SimilarSequences, TheReasonNamesSequenceChainAndIdentity) {
  const std::string a = random_letters(100, 30), b = random_letters(90, 31);
  const SimilarSequences similar({{"first", a}, {"second", b}}, 40);
  EXPECT_EQ(similar.find(model_of({random_letters(70, 32), relative_of(b, 60, 33)})),
            "similar to second (chain B: 67 % identical over 89 residues)");
  EXPECT_EQ(SimilarSequences().find(model_of({a})), std::nullopt);
}

TEST(SimilarSequences, FingerprintIsOfTheSequencesAlone) {
  const auto print = [](const std::vector<Sequence>& all, double identity = 40) {
    return SimilarSequences(all, identity).fingerprint();
  };
  EXPECT_EQ(print({{"a", "MKV"}, {"b", "GGG"}}), print({{"x", "GGG"}, {"y", "MKV"}, {"z", "MKV"}}));
  EXPECT_NE(print({{"a", "MKV"}}), print({{"a", "MKL"}}));
  EXPECT_NE(print({{"a", "MKV"}}), print({{"a", "MKV"}}, 30));
  EXPECT_THAT(print({{"a", "MKV"}}), HasSubstr("1 sequence at 40 %, sha256 "));
}

TEST(SimilarSequences, IdentityIsAPercentage) {
  for (const double identity : {0.0, -1.0, 100.5, std::nan("")})
    EXPECT_THROW(SimilarSequences({{"a", "MKV"}}, identity), UsageError) << identity;
}

}  // namespace
}  // namespace potential::test
