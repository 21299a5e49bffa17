#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <potential/support/error.hpp>
#include <potential/workflow/extract.hpp>
#include <random>

#include "brute_force.hpp"
#include "common/peptide.hpp"
#include "common/test_files.hpp"

namespace potential {
namespace {
using test::brute_force_counts;
using test::Folder;
using test::pdb_text;
using test::random_chain;

TableAxes axes_of(const std::string& scheme, const std::string& bins,
                  const std::string& separations) {
  return TableAxes(load_scheme(scheme), DistanceBins::parse(bins),
                   SeparationClasses::parse(separations));
}

const std::vector<std::string> sequence = {"MET", "ALA", "GLY", "SER", "LEU", "LYS",
                                           "GLU", "TRP", "PHE", "GLY", "CYS", "ALA",
                                           "VAL", "THR", "ASP", "HIS", "ILE", "PRO"};

std::string two_chains(unsigned seed) {
  auto atoms = random_chain(sequence, "A", seed);
  const auto other = random_chain(sequence, "B", seed + 1000);
  atoms.insert(atoms.end(), other.begin(), other.end());
  return pdb_text(atoms);
}

bool same(const ContactCounts& a, const ContactCounts& b) {
  if (!(a.axes == b.axes) || !(a.counts == b.counts).all() || !(a.skipped == b.skipped) ||
      a.options != b.options || a.structures.size() != b.structures.size())
    return false;
  for (std::size_t i = 0; i < a.structures.size(); ++i) {
    const auto &x = a.structures[i], &y = b.structures[i];
    if (x.id != y.id || x.sha256 != y.sha256 || x.sites != y.sites || x.residues != y.residues ||
        x.radius_of_gyration != y.radius_of_gyration || x.chain_lengths != y.chain_lengths ||
        x.composition != y.composition || x.pair_histogram != y.pair_histogram)
      return false;
  }
  return true;
}

TEST(Extract, EqualsTwoPlainLoopsOnMadeUpChains) {
  const Folder folder;
  const std::string path = folder.write("x.pdb", two_chains(7));
  for (const char* scheme :
       {"heavy-atom", "heavy-atom-158", "residue-ca", "residue-cb", "residue-centroid"})
    for (const char* separations :
         {"1+", "inter", "0+,inter", "1,2,3-4,5-8,9-20,21+,inter", "2-3"}) {
      const auto axes = axes_of(scheme, "half", separations);
      const auto counts = extract({path}, axes, {});
      EXPECT_TRUE((counts.counts == brute_force_counts(path, axes)).all())
          << scheme << " " << separations;
    }
}

TEST(Extract, EqualsTwoPlainLoopsOnRealChains) {
  SKIP_WITHOUT_REAL_DATA();
  // With an identifier in columns 73-80, blank chain ids, several chains,
  // occupancy 0; none has alternative conformations.
  for (const char* name : {"17gsa", "1a04a", "1a0k", "1a0p", "1a25a", "1a28a"})
    for (const char* scheme :
         {"heavy-atom", "heavy-atom-158", "residue-ca", "residue-cb", "residue-centroid"})
      for (const char* separations : {"1+", "1,2,3-4,5-8,9-20,21+,inter", "3+,inter"}) {
        const std::string path = test::real_data() + "/train/" + name + ".pdb.gz";
        const auto axes = axes_of(scheme, "rapdf", separations);
        const auto counts = extract({path}, axes, {});
        EXPECT_TRUE((counts.counts == brute_force_counts(path, axes)).all())
            << name << " " << scheme << " " << separations;
      }
}

TEST(Extract, ADistanceOnAnEdgeIsInTheUpperBin) {
  const Folder folder;
  std::string text;
  // 3-4-5 triples: 5 Å exactly, with decimals that no binary fraction holds.
  const std::vector<std::array<double, 3>> at = {{0.1, 0.2, 0.3}, {3.1, 4.2, 0.3}};
  for (int i = 0; i < 2; ++i)
    text += test::pdb_line({"CA", "ALA", "A", i + 1, at[i][0], at[i][1], at[i][2]});
  const auto axes = axes_of("residue-ca", "rapdf", "1+");
  const auto counts = extract({folder.write("edge.pdb", text)}, axes, {});
  EXPECT_EQ(counts.counts.sum(), 1U);
  EXPECT_EQ(counts.counts(0, axes.bins.find(5.0)), 1U);
  EXPECT_EQ(axes.bins.label(axes.bins.find(5.0)), "5-6A");
}

TEST(Extract, ThreadsAndOrderChangeNothing) {
  const Folder folder;
  std::vector<std::string> inputs;
  for (unsigned seed = 0; seed < 40; ++seed)
    inputs.push_back(folder.write("s" + std::to_string(seed) + ".pdb", two_chains(seed)));
  inputs.push_back(folder.write("empty.pdb", ""));
  inputs.push_back(folder.write("again.pdb", two_chains(3)));
  const auto axes = axes_of("heavy-atom", "half", "1,2,3+,inter");
  ExtractOptions options;
  options.threads = 1;
  const auto expected = extract(inputs, axes, options);
  EXPECT_EQ(expected.structures.size(), 40U);
  EXPECT_EQ(expected.skipped.size(), 2U);
  std::mt19937 engine(1);
  for (const int threads : {1, 2, 5}) {
    std::shuffle(inputs.begin(), inputs.end(), engine);
    options.threads = threads;
    EXPECT_TRUE(same(extract(inputs, axes, options), expected)) << threads;
  }
}

TEST(Extract, TheMarginsAreThoseOfTheCounts) {
  const Folder folder;
  const std::string a = folder.write("a.pdb", two_chains(1)),
                    b = folder.write("b.pdb", two_chains(2));
  const auto axes = axes_of("heavy-atom", "rapdf", "1+,inter");
  const auto both = extract({a, b}, axes, {});
  for (int k = 0; k < axes.classes(); ++k)
    for (int bin = 0; bin < axes.columns(); ++bin) {
      std::uint64_t sum = 0;
      for (const auto& structure : both.structures)
        sum += structure.pair_histogram[static_cast<std::size_t>(k * axes.columns() + bin)];
      EXPECT_EQ(sum, both.table(k).col(bin).sum());
    }
  const auto& record = both.structures[0];
  EXPECT_EQ(record.residues, 36U);
  EXPECT_EQ(record.chain_lengths, (std::vector<std::uint32_t>{18, 18}));
  EXPECT_EQ(std::accumulate(record.composition.begin(), record.composition.end(), 0U),
            record.sites);
}

TEST(Extract, TheSameStructureTwiceIsCountedOnceUnderItsFirstName) {
  const Folder folder;
  const std::string text = two_chains(5);
  const std::string b = folder.write("b.pdb", text), a = folder.write("a.pdb", "REMARK\n" + text);
  const auto axes = axes_of("residue-cb", "seed", "1+");
  const auto once = extract({a}, axes, {}), twice = extract({b, a, a}, axes, {});
  EXPECT_TRUE((once.counts == twice.counts).all());
  ASSERT_EQ(twice.structures.size(), 1U);
  EXPECT_EQ(twice.structures[0].id, a);
  EXPECT_EQ(twice.skipped, (std::vector<SkippedInput>{{a, "the same structure as " + a},
                                                      {b, "the same structure as " + a}}));
}

TEST(Extract, WhatCannotBeUsedIsToldAndRecorded) {
  const Folder folder;
  const std::string good = folder.write("good.pdb", two_chains(1));
  const std::string bad = folder.write("bad.pdb", "nonsense\n"), missing = folder / "missing.pdb";
  std::vector<std::string> told;
  ExtractOptions options;
  options.observer.on_skip = [&](const std::string& id, const std::string&) { told.push_back(id); };
  const auto axes = axes_of("residue-ca", "seed", "1+");
  const auto counts = extract({missing, good, bad}, axes, options);
  EXPECT_EQ(told, (std::vector<std::string>{missing, bad}));
  ASSERT_EQ(counts.skipped.size(), 2U);
  EXPECT_EQ(counts.skipped[0].id, bad);
  EXPECT_FALSE(counts.skipped[0].reason.empty());
  EXPECT_EQ(counts.skipped[0].reason.find(bad), std::string::npos) << "the name stands beside it";
  options.strict = true;
  EXPECT_THROW(extract({good, bad}, axes, options), Error);
  EXPECT_THROW(extract({bad, missing}, axes, {}), Error) << "nothing usable";
}

TEST(Extract, ExcludedByIdFileNameOrStem) {
  const Folder folder;
  const std::string a = folder.write("1abc.pdb", two_chains(1)),
                    b = folder.write("2abc.pdb", two_chains(2));
  const auto axes = axes_of("residue-ca", "seed", "1+");
  for (const std::string& name :
       {a, std::string("1abc.pdb"), std::string("1abc"), std::string("1ABC"),
        std::string("1Abc.CIF.gz"), a.substr(0, a.size() - 4) + ".ent"}) {
    ExtractOptions options;
    options.exclude = ExclusionList::read(folder.write("list", "# out\n" + name + "\r\n\n"));
    options.strict = true;  // leaving out is no failure
    const auto counts = extract({a, b}, axes, options);
    ASSERT_EQ(counts.structures.size(), 1U) << name;
    EXPECT_EQ(counts.structures[0].id, b);
    EXPECT_EQ(counts.skipped, (std::vector<SkippedInput>{{a, "excluded"}}));
  }
}

/// Notes of a run that leaves out what the list names.
std::vector<std::string> exclusion_notes(const std::vector<std::string>& inputs,
                                         const std::string& list, ExtractOptions options = {},
                                         std::optional<ContactCounts> earlier = std::nullopt) {
  std::vector<std::string> notes;
  options.observer.on_note = [&](const std::string& id, const std::string& note) {
    notes.push_back(id + ": " + note);
  };
  options.exclude = ExclusionList::read(list);
  extract(inputs, axes_of("residue-ca", "seed", "1+"), options, std::move(earlier));
  return notes;
}

TEST(Extract, TellsHowManyNamesOfTheListMatched) {
  const Folder folder;
  const std::string a = folder.write("1abc.pdb", two_chains(1)),
                    b = folder.write("2abc.pdb", two_chains(2));
  using Notes = std::vector<std::string>;
  EXPECT_EQ(
      exclusion_notes({a, b}, folder.write("list", "2ABC\n3abc\n4abc\n")),
      Notes{"exclusion list: 1 of its 3 names leaves out 1 structure; the first that is of no "
            "input is '3abc'"});
  EXPECT_EQ(exclusion_notes({a, b}, folder.write("list", "2abc\n2ABC.cif\n")),
            Notes{"exclusion list: 1 of its 1 name leaves out 1 structure"});
}

TEST(Extract, AListThatMatchesNothingIsAnError) {
  const Folder folder;
  const std::string a = folder.write("1abc.pdb", two_chains(1)),
                    b = folder.write("2abc.pdb", two_chains(2)),
                    list = folder.write("list", "3abc\n4abc\n");
  try {
    exclusion_notes({a, b}, list);
    ADD_FAILURE() << "no error";
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(),
                 "exclusion list: none of its 2 names is that of an input; the first is '3abc'");
  }
  // A part of the inputs, or what was added to them, need not have one.
  ExtractOptions shard;
  shard.shard = Shard{1, 2};
  EXPECT_EQ(exclusion_notes({a, b}, list, shard).size(), 1U);
  ExtractOptions with_list;
  with_list.exclude = ExclusionList::read(folder.write("other", "2abc\n"));
  auto earlier = extract({a, b}, axes_of("residue-ca", "seed", "1+"), with_list);
  const std::string c = folder.write("5abc.pdb", two_chains(5));
  EXPECT_EQ(exclusion_notes({a, c}, folder / "other", {}, earlier).size(), 1U);
}

TEST(Extract, AStructureOrFastaFileIsNoList) {
  const Folder folder;
  const std::string pdb = two_chains(1);
  for (const auto& [name, text] : {std::pair<std::string, std::string>{"1abc.pdb", pdb},
                                   {"list", "HEADER    X\n" + pdb},
                                   {"x.cif", "data_x\nloop_\n_atom_site.id\n1\n"},
                                   {"x.fasta", ">1abc\nMKV\n"}}) {
    try {
      ExclusionList::read(folder.write(name, text));
      ADD_FAILURE() << name;
    } catch (const FormatError& error) {
      EXPECT_THAT(error.what(), testing::HasSubstr("not a list of names")) << name;
    }
  }
  EXPECT_EQ(ExclusionList::read(folder.write("list", "data_1/1abc.pdb\n")).entries().size(), 1U);
}

TEST(Extract, WhatIsSimilarIsLeftOutAndNamed) {
  const Folder folder;
  const std::string a = folder.write("1abc.pdb", two_chains(1));
  auto other = random_chain({"TRP", "TRP", "CYS", "HIS", "TYR", "PRO", "TRP", "ASN"}, "A", 9);
  const std::string b = folder.write("2abc.pdb", pdb_text(other));
  ExtractOptions options;
  options.similar = SimilarSequences({{"query", "MAGSLKEWFGCAVTDHIP"}}, 40);
  options.strict = true;  // leaving out is no failure
  const auto axes = axes_of("residue-ca", "seed", "1+");
  const auto counts = extract({a, b}, axes, options);
  ASSERT_EQ(counts.structures.size(), 1U);
  EXPECT_EQ(counts.structures[0].id, b);
  EXPECT_EQ(counts.skipped,
            (std::vector<SkippedInput>{
                {a, "similar to query (chain A: 100 % identical over 18 residues)"}}));
  EXPECT_EQ(counts.options.at("exclude-similar"), options.similar.fingerprint());
  EXPECT_THROW(extract({a, b}, axes, {}, counts), UsageError) << "an --append without it";
  EXPECT_TRUE(same(extract({a, b}, axes, options, counts), counts));
}

TEST(Extract, TheNamesLeftOutAreAmongTheOptions) {
  const Folder folder;
  const std::string a = folder.write("1abc.pdb", two_chains(1)),
                    b = folder.write("2abc.pdb", two_chains(2));
  const auto axes = axes_of("residue-ca", "seed", "1+");
  const auto with = [&](const std::string& names) {
    ExtractOptions options;
    options.exclude = ExclusionList::read(folder.write("list", names));
    return extract({a, b}, axes, options).options;
  };
  EXPECT_EQ(with("1abc\nother\n"), with("# a comment\nother\n1abc\n"));
  EXPECT_NE(with("1abc\n"), with("2abc\n"));
  EXPECT_EQ(extract({a, b}, axes, {}).options.count("exclude"), 0U);
}

TEST(Extract, NoInputMayBeAnOutput) {
  const Folder folder;
  folder.write("set/1abc.pdb", two_chains(1));
  const std::string list = folder.write("list", (folder / "set/1abc.pdb") + "\n");
  ExtractOptions options;
  options.observer.outputs = {folder / "set/../set/1abc.pdb"};
  for (const std::string& input : {folder / "set", "@" + list})
    EXPECT_THROW(extract({input}, axes_of("residue-ca", "seed", "1+"), options), UsageError);
  // Neither that of another shard, which is not read.
  folder.write("set/0abc.pdb", two_chains(2));
  options.shard = Shard{1, 2};
  EXPECT_THROW(extract({folder / "set"}, axes_of("residue-ca", "seed", "1+"), options), UsageError);
}

TEST(Extract, StopsWhenAsked) {
  const Folder folder;
  const std::string a = folder.write("a.pdb", two_chains(1));
  const std::atomic<bool> stop{true};
  ExtractOptions options;
  options.observer.cancel = &stop;
  EXPECT_THROW(extract({a}, axes_of("residue-ca", "seed", "1+"), options), Cancelled);
}

}  // namespace
}  // namespace potential
