#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <potential/extraction/count.hpp>
#include <potential/storage/files.hpp>
#include <potential/support/error.hpp>
#include <potential/workflow/evaluate.hpp>
#include <potential/workflow/read_models.hpp>
#include <potential/workflow/score.hpp>
#include <potential/workflow/shipped.hpp>
#include <potential/workflow/train.hpp>

#include "common/peptide.hpp"
#include "common/test_files.hpp"

namespace potential {
namespace {
using test::Folder;

TableAxes small_axes() {
  return TableAxes(load_scheme("residue-cb"), DistanceBins::parse("seed"),
                   SeparationClasses::parse("1+"));
}

std::string model_text(unsigned seed) {
  const std::vector<std::string> sequence = {"MET", "ALA", "GLY", "SER", "LEU", "LYS", "GLU"};
  return test::pdb_text(test::random_chain(sequence, "A", seed));
}

/// What a run has to say.
struct Heard {
  std::vector<std::string> skipped, notes;
  RunObserver observer() {
    RunObserver observer;
    observer.on_skip = [this](auto& id, auto& reason) { skipped.push_back(id + "|" + reason); };
    observer.on_note = [this](auto& id, auto& note) { notes.push_back(id + "|" + note); };
    return observer;
  }
};

TEST(Run, StandardInputIsTheListThatTheCallerGives) {
  const Folder folder;
  const std::string a = folder.write("a.pdb", model_text(1)),
                    b = folder.write("b.pdb", model_text(2));
  const Inputs listed({"-"}, b + "\n" + a + "\n");
  EXPECT_TRUE(
      (extract(listed, small_axes(), {}).counts == extract({a, b}, small_axes(), {}).counts).all());
  const PotentialTable table = train(extract({a, b}, small_axes(), {}), {});
  ScoreOptions twice;
  twice.memory = 0;  // sites in a temporary file
  const auto rows = score_inputs(listed, table, twice), named = score_inputs({a, b}, table, {});
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[1].standard_error, named[1].standard_error);
  EXPECT_GT(rows[1].standard_error, 0);
  EXPECT_THROW(extract({"-"}, small_axes(), {}), Error);
}

TEST(Run, NamesAFileAndItsProblemApart) {
  const Folder folder;
  const std::string bad = folder.write("bad.pdb", "ATOM  nothing\n"),
                    good = folder.write("good.pdb", model_text(1));
  Heard heard;
  ReadModelsOptions options;
  options.observer = heard.observer();
  const auto models = read_models({bad, good}, load_scheme("residue-cb"), options);
  ASSERT_EQ(models.size(), 1U);
  EXPECT_EQ(models[0]->id, good);
  ASSERT_EQ(heard.skipped.size(), 1U);
  options.strict = true;
  try {
    read_models({bad, good}, load_scheme("residue-cb"), options);
    FAIL();
  } catch (const FileError& error) {
    EXPECT_EQ(error.file(), bad);
    EXPECT_EQ(bad + "|" + error.reason_for(bad), heard.skipped[0]);
    EXPECT_EQ(std::string(error.what()), bad + ": " + error.reason_for(bad));
  }
}

TEST(Run, RefusesToReadWhatItWillWriteAndStopsWhenAskedTo) {
  const Folder folder;
  const std::string a = folder.write("a.pdb", model_text(1));
  ReadModelsOptions options;
  options.observer.outputs = {folder / "new.h5", a};
  EXPECT_THROW(read_models({a}, load_scheme("residue-cb"), options), UsageError);
  const std::atomic<bool> cancel{true};
  options.observer.cancel = &cancel;
  EXPECT_THROW(read_models({a}, load_scheme("residue-cb"), options), Cancelled);
}

TEST(CountContacts, OfModelsInMemoryIsWhatExtractCounts) {
  const Folder folder;
  const std::string a = folder.write("a.pdb", model_text(1)),
                    b = folder.write("b.pdb", model_text(2));
  const auto counts = extract({a, b}, small_axes(), {});
  const auto own = count_contacts(read_models({b, a}, load_scheme("residue-cb"), {}), small_axes());
  EXPECT_TRUE((own.counts == counts.counts).all());
  ASSERT_EQ(own.structures.size(), 2U);
  EXPECT_EQ(own.structures[0].id, a);
  EXPECT_EQ(own.structures[1].pair_histogram, counts.structures[1].pair_histogram);
  EXPECT_TRUE((train(own, {}).score == train(counts, {}).score).all());
}

TEST(KeptCounts, AreGoneOnFromAndNamedInErrors) {
  const Folder folder;
  const std::string a = folder.write("a.pdb", model_text(1)),
                    b = folder.write("b.pdb", model_text(2));
  const KeptCounts kept{folder / "c.h5", true, false};
  write_counts(extract({a}, small_axes(), {}, kept), kept.path);
  const auto both = extract({a, b}, small_axes(), {}, kept);
  EXPECT_TRUE((both.counts == extract({a, b}, small_axes(), {}).counts).all());
  ExtractOptions other;
  other.read.models = ModelChoice::all;
  try {
    extract({a}, small_axes(), other, kept);
    FAIL();
  } catch (const UsageError& error) {
    EXPECT_EQ(error.file(), kept.path);
    EXPECT_EQ(error.place(), "models");
    EXPECT_THAT(error.problem(), testing::HasSubstr("made with first and cannot go on with all"));
  }
}

TEST(KeptCounts, OfARunThatWasStoppedAreNamed) {
  const Folder folder;
  const std::string a = folder.write("a.pdb", model_text(1)),
                    b = folder.write("b.pdb", model_text(2));
  std::atomic<bool> cancel{false};
  ExtractOptions options;
  options.threads = 1;
  options.checkpoint_interval = std::chrono::hours(1);
  options.observer.cancel = &cancel;
  options.observer.on_progress = [&](const Progress&) { cancel = true; };
  try {
    extract({a, b}, small_axes(), options, {folder / "c.h5", false, true});
    FAIL();
  } catch (const Cancelled& error) {
    EXPECT_EQ(error.kept_in(), folder / "c.h5");
  }
  EXPECT_EQ(read_counts(folder / "c.h5").structures.size(), 1U);
}

TEST(Evaluate, ATargetNeedsSomethingToCompareWith) {
  const Folder folder;
  for (unsigned seed = 1; seed < 5; ++seed) {
    const std::string name = "m" + std::to_string(seed) + ".pdb";
    folder.write("set/with/models/" + name, model_text(seed));
    folder.write("set/without/models/" + name, model_text(seed));
  }
  folder.write("set/with/native.pdb", model_text(9));
  folder.write("set/empty/native.pdb", model_text(9));
  const PotentialTable table = train(extract({folder / "set"}, small_axes(), {}), {});
  EXPECT_THROW(evaluate_target({"t", "", {folder / "set/with/models"}}, table, {}), UsageError);
  Heard heard;
  EvaluateOptions options;
  options.bootstrap.resamples = 0;
  options.observer = heard.observer();
  const auto targets = evaluate_targets(folder / "set", table, options);
  ASSERT_EQ(targets.size(), 1U);
  EXPECT_EQ(targets[0].figures.target, "with");
  EXPECT_EQ(targets[0].models.similarities.size(), 4U);
  EXPECT_EQ(heard.notes,
            std::vector<std::string>{folder / "set/empty" + "|no target: it has no models/"});
  EXPECT_EQ(heard.skipped, std::vector<std::string>{"target without|without: neither a native nor "
                                                    "labels: nothing to evaluate with"});
  options.label = label_kind("beauty");
  EXPECT_THROW(evaluate_targets(folder / "set", table, options), UsageError);
}

TEST(Shipped, PotentialsAreLoadedByName) {
  const Folder folder;
  const std::string a = folder.write("a.pdb", model_text(1));
  const PotentialTable table = train(extract({a}, small_axes(), {}), {});
  write_potential(table, folder / "mine.h5");
  ::setenv("POTENTIAL_DATA", folder.path().c_str(), 1);
  EXPECT_TRUE((load_potential("mine").score == read_potential(folder / "mine.h5").score).all());
  EXPECT_THAT(shipped_names(), testing::Contains("mine"));
  EXPECT_EQ(find_shipped("./mine"), std::nullopt);
  EXPECT_THROW(load_potential("yours"), UsageError);
  ::unsetenv("POTENTIAL_DATA");
}

}  // namespace
}  // namespace potential
