// The table of reference states: what must hold of any that is added to it.
#include <gtest/gtest.h>

#include <algorithm>
#include <potential/support/error.hpp>
#include <potential/training/train.hpp>
#include <regex>

#include "reference_of.hpp"
#include "synthetic.hpp"

namespace potential {
namespace {

ContactCounts some_counts() {
  synthetic::Random random(62);
  return synthetic::count(synthetic::structures(random, 4, 3), synthetic::axes(3, "half", "1+"));
}

TEST(ReferenceStates, AreFoundByTheirNames) {
  for (const ReferenceState& state : reference_states())
    EXPECT_EQ(&find_reference_state(state.name), &state);
  for (const char* name : {"RAPDF", "", "rapdf "}) {
    try {
      find_reference_state(name);
      ADD_FAILURE() << name;
    } catch (const UsageError& error) {
      EXPECT_EQ(error.what(),
                "reference state '" + std::string(name) + "': give " + join_reference_states());
    }
  }
}

TEST(ReferenceStates, HoldThoseOfTheContract) {
  const auto names = synthetic::all_states();
  for (const char* name : {"rapdf", "kbp", "dfire", "dope", "srs", "rw"})
    EXPECT_EQ(std::count(names.begin(), names.end(), name), 1) << name;
  EXPECT_EQ(join_reference_states("and", [](const auto& state) { return state.cutoff == 14.5; }),
            "dfire");
}

/// Options, files and Python take the names, so they must be words.
TEST(ReferenceStates, HaveNamesPapersAndParametersWithinTheirRange) {
  const std::regex word("[a-z][a-z0-9]*(-[a-z0-9]+)*");
  for (const ReferenceState& state : reference_states()) {
    EXPECT_TRUE(std::regex_match(state.name, word)) << state.name;
    EXPECT_TRUE(std::regex_search(state.paper, std::regex("[12][0-9]{3}$"))) << state.paper;
    for (const Parameter& parameter : state.parameters) {
      EXPECT_TRUE(std::regex_match(parameter.name, word)) << parameter.name;
      EXPECT_LE(parameter.min, parameter.default_value) << parameter.name;
      EXPECT_LE(parameter.default_value, parameter.max) << parameter.name;
      EXPECT_FALSE(parameter.help.empty()) << parameter.name;
    }
  }
}

TEST(ReferenceStates, ThatShareAParameterAgreeOnIt) {
  for (const auto& [shared, names] : reference_parameters())
    for (const ReferenceState& state : reference_states())
      if (const Parameter* own = state.find_parameter(shared.name)) {
        EXPECT_NE(names.find(state.name), std::string::npos);
        EXPECT_EQ(own->default_value, shared.default_value) << shared.name;
        EXPECT_EQ(own->min, shared.min) << shared.name;
        EXPECT_EQ(own->max, shared.max) << shared.name;
        EXPECT_EQ(own->unit, shared.unit) << shared.name;
      }
}

TEST(ReferenceStates, ExpectATableOfTheShapeOfTheCounts) {
  const ContactCounts counts = some_counts();
  for (const std::string& name : synthetic::all_states()) {
    const Reference reference = reference_of(name, {counts, 0, 20});
    EXPECT_EQ(reference.expected.rows(), counts.axes.rows()) << name;
    EXPECT_EQ(reference.expected.cols(), 20) << name;
    EXPECT_TRUE((reference.expected.isFinite() && reference.expected >= 0).all()) << name;
  }
}

TEST(ReferenceStates, EveryParameterChangesTheScores) {
  const ContactCounts counts = some_counts();
  for (const ReferenceState& state : reference_states())
    for (const Parameter& parameter : state.parameters) {
      TrainOptions options;
      options.reference = state.name;
      const PotentialTable standard = train(counts, options);
      EXPECT_EQ(standard.recipe.training->parameters.at(parameter.name), parameter.default_value);
      for (const double bad : {parameter.min - 0.01, parameter.max + 0.01, std::nan("")}) {
        options.parameters[parameter.name] = bad;
        EXPECT_THROW(train(counts, options), UsageError) << parameter.name << " " << bad;
      }
      options.parameters[parameter.name] = (parameter.default_value + parameter.min) / 2;
      const PotentialTable other = train(counts, options);
      EXPECT_GT((other.score - standard.score).abs().maxCoeff(), 0) << parameter.name;
      EXPECT_EQ(other.recipe.training->parameters, options.parameters);
    }
}

TEST(ReferenceStates, RefuseTheParametersOfOthers) {
  for (const ReferenceState& state : reference_states())
    for (const auto& [parameter, owners] : reference_parameters()) {
      if (state.find_parameter(parameter.name) != nullptr) continue;
      TrainOptions options;
      options.reference = state.name;
      options.parameters[parameter.name] = parameter.max;
      try {
        options.check();
        ADD_FAILURE() << state.name << " " << parameter.name;
      } catch (const UsageError& error) {
        EXPECT_EQ(error.what(), parameter.name + " belongs to the reference state " + owners +
                                    ", not to " + state.name);
      }
      options.parameters[parameter.name] = parameter.default_value;  // asks for nothing
      EXPECT_NO_THROW(options.check());
    }
  TrainOptions options;
  options.parameters["beta"] = 1;
  EXPECT_THROW(options.check(), UsageError);
}

TEST(ReferenceStates, SayWhetherTheyNeedMargins) {
  ContactCounts map = some_counts();
  map.structures.clear();
  const std::string others =
      join_reference_states("or", [](const auto& state) { return !state.needs_margins; });
  EXPECT_NE(others.find("rapdf"), others.npos);
  for (const ReferenceState& state : reference_states()) {
    TrainOptions options;
    options.reference = state.name;
    if (!state.needs_margins) {
      EXPECT_NO_THROW(train(map, options)) << state.name;
      continue;
    }
    try {
      train(map, options);
      ADD_FAILURE() << state.name;
    } catch (const Error& error) {
      const std::string what = error.what();
      EXPECT_NE(what.find("the reference state " + state.name + " needs"), what.npos) << what;
      EXPECT_NE(what.find("or train " + others), what.npos) << what;
    }
  }
}

}  // namespace
}  // namespace potential
