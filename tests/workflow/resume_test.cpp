#include <gtest/gtest.h>

#include <algorithm>
#include <potential/core/merge.hpp>
#include <potential/storage/files.hpp>
#include <potential/support/error.hpp>
#include <potential/workflow/extract.hpp>
#include <random>

#include "common/peptide.hpp"
#include "common/test_files.hpp"

namespace potential {
namespace {
using test::Folder;
using test::pdb_text;
using test::random_chain;

const std::vector<std::string> sequence = {"MET", "ALA", "GLY", "SER", "LEU", "LYS", "GLU", "TRP"};

TableAxes small_axes(const std::string& bins = "seed") {
  return TableAxes(load_scheme("residue-cb"), DistanceBins::parse(bins),
                   SeparationClasses::parse("1,2+"));
}

std::string structure(unsigned seed) { return pdb_text(random_chain(sequence, "A", seed)); }

std::string models(unsigned seed, int count) {
  std::string text;
  for (int k = 0; k < count; ++k) {
    std::string model = structure(seed + static_cast<unsigned>(k));
    model.resize(model.size() - 4);  // END
    text += "MODEL     " + std::string(4, ' ') + "\n" + model + "ENDMDL\n";
  }
  return text + "END\n";
}

/// As a counts file holds it: the bytes are compared, so nothing is overlooked.
class Resume : public testing::Test {
 protected:
  std::string bytes_of(const ContactCounts& counts) const {
    write_counts(counts, folder_ / "compared.h5");
    return test::bytes_of(folder_ / "compared.h5");
  }

  ContactCounts streamed_from(const ContactCounts& counts) const {
    write_counts(counts, folder_ / "streamed.h5");
    return open_counts(folder_ / "streamed.h5");
  }

  /// Single structures, several models, doubles of both, a file given twice,
  /// and some of no use.
  std::vector<std::string> write_inputs() const {
    std::vector<std::string> inputs;
    for (unsigned seed = 0; seed < 6; ++seed)
      inputs.push_back(folder_.write("s" + std::to_string(seed) + ".pdb", structure(seed)));
    inputs.push_back(folder_.write("a-double.pdb", structure(3)));
    inputs.push_back(folder_.write("z-double.pdb", structure(1)));
    inputs.push_back(folder_.write("nmr.pdb", models(20, 4)));
    inputs.push_back(folder_.write("m-double.pdb", models(21, 2)));
    inputs.push_back(folder_.write("empty.pdb", ""));
    inputs.push_back(folder_ / "missing.pdb");
    inputs.push_back(inputs[2]);
    inputs.push_back(inputs[8]);
    inputs.push_back(inputs[10]);
    return inputs;
  }

  /// Every checkpoint of a run that makes one after each file.
  std::vector<ContactCounts> checkpoints_of(const std::vector<std::string>& inputs,
                                            ExtractOptions options) const {
    std::vector<ContactCounts> saved;
    options.checkpoint = [&](const ContactCounts& counts) { saved.push_back(counts); };
    extract(inputs, small_axes(), options);
    return saved;
  }

  Folder folder_;
};

TEST_F(Resume, FromAnyCheckpointInAnyOrderIsTheSingleRun) {
  auto inputs = write_inputs();
  std::mt19937 engine(1);
  for (const ModelChoice choice : {ModelChoice::all, ModelChoice::first}) {
    ExtractOptions options;
    options.read.models = choice;
    options.threads = 2;
    const std::string expected = bytes_of(extract(inputs, small_axes(), options));
    const auto saved = checkpoints_of(inputs, options);
    EXPECT_GE(saved.size(), inputs.size());
    for (const ContactCounts& counts : saved) {
      EXPECT_EQ(bytes_of(extract(inputs, small_axes(), options, counts)), expected);
      std::shuffle(inputs.begin(), inputs.end(), engine);
      // From its file, whose structures are not held in memory; some come again under an id
      // earlier id.
      const ContactCounts streamed = extract(inputs, small_axes(), options, streamed_from(counts));
      EXPECT_TRUE(streamed.structures.empty());
      EXPECT_EQ(bytes_of(streamed), expected);
    }
  }
}

TEST_F(Resume, ManyRunsThatDieAtACheckpointMakeOne) {
  const auto inputs = write_inputs();
  ExtractOptions options;
  options.read.models = ModelChoice::all;
  const std::string expected = bytes_of(extract(inputs, small_axes(), options));
  std::optional<ContactCounts> kept;
  int runs = 0;
  while (true) {
    int left = 5;  // the three that are of no use are tried again each time
    options.checkpoint = [&](const ContactCounts& counts) {
      kept = counts;
      if (--left == 0) throw Error("killed");
    };
    ASSERT_LT(++runs, 50);
    try {
      EXPECT_EQ(bytes_of(extract(inputs, small_axes(), options, kept)), expected);
      break;
    } catch (const Error& error) {
      ASSERT_STREQ(error.what(), "killed");
    }
  }
  EXPECT_GT(runs, 3);
}

TEST_F(Resume, WhatIsKnownIsNotReadAgain) {
  const std::string a = folder_.write("a.pdb", structure(1)),
                    b = folder_.write("b.pdb", structure(2));
  const auto earlier = extract({a}, small_axes(), {});
  folder_.write("a.pdb", "no longer a structure");
  const auto both = extract({a, b}, small_axes(), {}, earlier);
  ASSERT_EQ(both.structures.size(), 2U);
  EXPECT_TRUE(both.skipped.empty());
  EXPECT_EQ(bytes_of(extract({a, b}, small_axes(), {}, both)), bytes_of(both)) << "nothing new";
}

TEST_F(Resume, AFileThatCouldNotBeUsedIsTriedAgain) {
  const std::string a = folder_.write("a.pdb", structure(1)), b = folder_.write("b.pdb", "");
  const auto earlier = extract({a, b}, small_axes(), {});
  ASSERT_EQ(earlier.skipped.size(), 1U);
  EXPECT_EQ(extract({a}, small_axes(), {}, earlier).skipped.size(), 1U) << "not met again: kept";
  folder_.write("b.pdb", structure(2));
  EXPECT_EQ(bytes_of(extract({a, b}, small_axes(), {}, earlier)),
            bytes_of(extract({a, b}, small_axes(), {})));
}

TEST_F(Resume, ChainsOfOneFileAreToldApart) {
  auto atoms = random_chain(sequence, "A", 1);
  const auto other = random_chain(sequence, "B", 2);
  atoms.insert(atoms.end(), other.begin(), other.end());
  const std::string path = folder_.write("ab.pdb", pdb_text(atoms));
  const std::string only_a = "@" + folder_.write("a", path + "\tA\n");
  const std::string both = "@" + folder_.write("ab", path + "\tA\n" + path + "\tB\n");
  const auto first = extract({only_a}, small_axes(), {});
  const auto second = extract({both}, small_axes(), {}, first);
  EXPECT_EQ(second.structures.size(), 2U);
  EXPECT_EQ(bytes_of(second), bytes_of(extract({both}, small_axes(), {})));
}

TEST_F(Resume, OtherOptionsAndAxesAreRefused) {
  const std::string a = folder_.write("a.pdb", structure(1));
  const auto earlier = extract({a}, small_axes(), {});
  EXPECT_THROW(extract({a}, small_axes("rapdf"), {}, earlier), UsageError);
  ExtractOptions all;
  all.read.models = ModelChoice::all;
  EXPECT_THROW(extract({a}, small_axes(), all, earlier), UsageError);
  ExtractOptions part;
  part.shard = Shard{1, 2};
  EXPECT_THROW(extract({a}, small_axes(), part, earlier), UsageError);
  const auto scheme = Scheme::parse("scheme residue-cb\nsites cb\nany ALA,GLY\n", "own");
  EXPECT_THROW(
      extract({a}, TableAxes(scheme, earlier.axes.bins, earlier.axes.separations), {}, earlier),
      UsageError)
      << "another scheme of the same name";
  ContactCounts twice = earlier;
  merge_into(twice, earlier, true);
  EXPECT_THROW(extract({a}, small_axes(), {}, twice), UsageError);
}

TEST_F(Resume, AStopSavesWhatWasCounted) {
  const auto inputs = write_inputs();
  std::atomic<bool> stop{false};
  std::optional<ContactCounts> kept;
  ExtractOptions options;
  options.threads = 2;
  options.observer.cancel = &stop;
  options.observer.on_progress = [&](const Progress& progress) {
    if (progress.done == 4) stop = true;
  };
  options.checkpoint = [&](const ContactCounts& counts) { kept = counts; };
  options.checkpoint_interval = std::chrono::hours(1);
  EXPECT_THROW(extract(inputs, small_axes(), options), Cancelled);
  ASSERT_TRUE(kept.has_value());
  EXPECT_GE(kept->structures.size(), 4U);
  EXPECT_EQ(bytes_of(extract(inputs, small_axes(), {}, kept)),
            bytes_of(extract(inputs, small_axes(), {})));
}

TEST_F(Resume, ShardsAddUp) {
  auto inputs = write_inputs();
  inputs.resize(6);  // without doubles, which merge would refuse
  inputs.push_back(folder_.write("empty.pdb", ""));
  for (const int of : {1, 2, 3, 7, 11}) {
    std::vector<ContactCounts> parts;
    for (int k = 1; k <= of; ++k) {
      ExtractOptions options;
      options.shard = Shard{k, of};
      parts.push_back(extract(inputs, small_axes(), options));
    }
    ContactCounts sum = merge_counts(std::move(parts));
    sum.options.erase("shard");  // merge does, but not of one
    EXPECT_EQ(bytes_of(sum), bytes_of(extract(inputs, small_axes(), {}))) << of;
  }
}

}  // namespace
}  // namespace potential
