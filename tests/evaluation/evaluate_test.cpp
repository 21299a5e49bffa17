#include <gtest/gtest.h>

#include <cmath>
#include <potential/evaluation/evaluate.hpp>
#include <potential/evaluation/statistics.hpp>
#include <random>

namespace potential {
namespace {

ScoredModel model(const std::string& id, std::optional<double> score, std::optional<double> label) {
  ScoredModel result;
  result.id = id;
  result.score = score;
  result.label = label;
  return result;
}

TargetScores random_target(std::size_t n, std::mt19937_64& generator) {
  std::normal_distribution<double> normal;
  TargetScores target;
  target.target = "T1";
  for (std::size_t i = 0; i < n; ++i) {
    target.models.push_back(model("m" + std::to_string(i), normal(generator), normal(generator)));
    target.models.back().contacts = 100 + 50 * target.models.back().label.value();
    target.models.back().residues = 90;
  }
  target.native = -2;
  return target;
}

TEST(LabelKind, KnowsWhichWayIsUp) {
  EXPECT_TRUE(label_kind("rmsd_ca").lower_is_better);
  EXPECT_TRUE(label_kind("RMSD").lower_is_better);
  EXPECT_TRUE(label_kind("source_rmsd").lower_is_better);
  EXPECT_EQ(label_kind("rmsd").good, 4.0);
  EXPECT_FALSE(label_kind("gdt_ts").lower_is_better);
  EXPECT_EQ(label_kind("GDT_TS").good, 0.5);
  EXPECT_EQ(label_kind("tm_score").good, 0.5);
  EXPECT_FALSE(label_kind("lddt_ca").good);
  EXPECT_FALSE(label_kind("rmsd").docking);
  for (const char* name : {"dockq", "fnat", "irmsd", "lrmsd"})
    EXPECT_TRUE(label_kind(name).docking) << name;
  EXPECT_EQ(label_kind("dockq").good, 0.23);
  EXPECT_FALSE(label_kind("dockq").lower_is_better);
  EXPECT_TRUE(label_kind("lrmsd").lower_is_better);
}

TEST(Evaluate, FillsEveryFigureFromTheSameModels) {
  std::mt19937_64 generator(1);
  TargetScores target = random_target(30, generator);
  LabelKind label = label_kind("gdt_ts");
  label.good = 0;
  const TargetEvaluation whole = evaluate(target, label);
  EXPECT_EQ(whole.target, "T1");
  EXPECT_EQ(whole.label, "gdt_ts");
  ASSERT_EQ(whole.rankings.size(), 4u);
  EXPECT_EQ(whole.rankings[0].name, "score");
  EXPECT_EQ(whole.rankings[0].models, 30u);
  std::vector<RankedModel> ranked;
  std::vector<double> scores, labels;
  for (const ScoredModel& m : target.models) {
    ranked.push_back({m.id, *m.score, *m.label});
    scores.push_back(*m.score);
    labels.push_back(*m.label);
  }
  const Figures& figures = whole.rankings[0].figures;
  EXPECT_EQ(figures.spearman, spearman(scores, labels));
  EXPECT_EQ(figures.pearson, pearson(scores, labels));
  EXPECT_EQ(figures.kendall, kendall(scores, labels));
  EXPECT_EQ(figures.roc_auc, roc_auc(ranked, false, 0));
  EXPECT_EQ(figures.enrichment, enrichment(ranked, false));
  EXPECT_EQ(figures.log_pb1, log_pb(ranked, false, 1));
  EXPECT_EQ(figures.log_pb10, log_pb(ranked, false, 10));
  EXPECT_EQ(figures.top1_loss, top1_loss(ranked, false));
  for (const FigureField& field : figure_fields()) {
    if (std::string(field.name).rfind("success", 0) == 0) continue;  // of docking
    EXPECT_TRUE((figures.*field.value).has_value()) << field.name;
    if (field.interval != nullptr) {
      EXPECT_TRUE((figures.*field.interval).has_value()) << field.name;
    }
  }
  // Models that lack a score or a label change nothing but the counts.
  target.models.push_back(model("failed", std::nullopt, 100));
  target.models.back().contacts = 1;
  const TargetEvaluation more = evaluate(target, label);
  EXPECT_EQ(more.models, 31u);
  EXPECT_EQ(more.without_score, 1u);
  EXPECT_EQ(more.rankings[0].figures.spearman, figures.spearman);
  EXPECT_EQ(more.rankings[1].figures.spearman, whole.rankings[1].figures.spearman);
  EXPECT_EQ(more.native->z, whole.native->z);
  target.models.push_back(model("unknown", -50, std::nullopt));
  const TargetEvaluation most = evaluate(target, label);
  EXPECT_EQ(most.without_label, 1u);
  EXPECT_EQ(most.rankings[0].figures.top1_loss, figures.top1_loss);
  EXPECT_EQ(most.native->rank, whole.native->rank + 1);  // it still beats the native
}

TEST(Evaluate, TrivialRankingsHaveTheSignOfAScore) {
  std::mt19937_64 generator(2);
  TargetScores target = random_target(20, generator);
  for (ScoredModel& m : target.models) m.radius_of_gyration = 10 - *m.label;
  const TargetEvaluation found = evaluate(target, label_kind("gdt_ts"));
  EXPECT_EQ(found.rankings[1].name, "contacts");  // as made, more contacts = better label
  EXPECT_NEAR(found.rankings[1].figures.spearman.value(), -1, 1e-12);
  EXPECT_NEAR(found.rankings[1].figures.top1_loss.value(), 0, 1e-12);
  EXPECT_EQ(found.rankings[2].name, "residues");  // all alike
  EXPECT_EQ(found.rankings[2].models, 20u);
  EXPECT_FALSE(found.rankings[2].figures.spearman);
  EXPECT_EQ(found.rankings[3].name, "radius_of_gyration");
  EXPECT_NEAR(found.rankings[3].figures.spearman.value(), -1, 1e-12);
  for (ScoredModel& m : target.models) m.radius_of_gyration.reset();
  const Ranking none = evaluate(target, label_kind("gdt_ts")).rankings[3];
  EXPECT_EQ(none.models, 0u);
  for (const FigureField& field : figure_fields())
    EXPECT_FALSE((none.figures.*field.value).has_value()) << field.name;
}

TEST(Evaluate, RankAndZOfTheNative) {
  TargetScores target;
  for (const double score : {-1.0, -2.0, -3.0, -6.0})
    target.models.push_back(model("m" + std::to_string(score), score, std::nullopt));
  EXPECT_FALSE(evaluate(target, {}).native);
  target.native = -3;  // as good as the third: a tie does not beat the native
  const NativeFigures found = evaluate(target, {}).native.value();
  EXPECT_EQ(found.models, 4u);
  EXPECT_EQ(found.rank, 2u);
  EXPECT_NEAR(found.z.value(), (-3 + 3) / std::sqrt(14 / 3.0), 1e-12);
  target.native = -10;
  EXPECT_EQ(evaluate(target, {}).native->rank, 1u);
  EXPECT_NEAR(evaluate(target, {}).native->z.value(), -7 / std::sqrt(14 / 3.0), 1e-12);
  target.models.resize(1);
  EXPECT_EQ(evaluate(target, {}).native->rank, 1u);
  EXPECT_FALSE(evaluate(target, {}).native->z);
}

TEST(Evaluate, CommonResiduesGiveTheSameZWhenAllAreCommon) {
  std::mt19937_64 generator(3);
  TargetScores target = random_target(25, generator);
  for (ScoredModel& m : target.models) m.common = CommonScores{*target.native, *m.score};
  const TargetEvaluation same = evaluate(target, label_kind("rmsd"));
  EXPECT_EQ(same.native_common->rank, same.native->rank);
  EXPECT_DOUBLE_EQ(same.native_common->z.value(), same.native->z.value());
  // A partial model is compared with the same part of the native.
  target.models[0].score = -1;
  target.models[0].common = CommonScores{-1.5, -1};
  for (std::size_t i = 1; i < 25; ++i) target.models[i].common.reset();
  const NativeFigures part = evaluate(target, label_kind("rmsd")).native_common.value();
  EXPECT_EQ(part.models, 1u);
  EXPECT_EQ(part.rank, 1u);
}

TEST(Evaluate, SuccessIsOfDockingAlone) {
  TargetScores target;
  for (int i = 0; i < 12; ++i)  // the seventh best-scored is the first that is good
    target.models.push_back(model("m" + std::to_string(i), i, i < 6 ? 0.1 : 0.5));
  const Figures found = evaluate(target, label_kind("dockq")).rankings[0].figures;
  EXPECT_EQ(found.success_1, 0);
  EXPECT_EQ(found.success_5, 0);
  EXPECT_EQ(found.success_10, 1);
  EXPECT_EQ(found.success_100, 1);
  EXPECT_FALSE(evaluate(target, label_kind("gdt_ts")).rankings[0].figures.success_10);
}

TEST(Evaluate, TellsHowManyResiduesAreMatched) {
  TargetScores target;
  for (const std::size_t matched : {10u, 20u, 60u}) {
    target.models.push_back(model("m" + std::to_string(matched), -1, std::nullopt));
    target.models.back().matched = matched;
  }
  target.models.push_back(model("failed", std::nullopt, std::nullopt));
  target.models.back().matched = 1000;
  target.native_residues = 70;
  const TargetEvaluation found = evaluate(target, {});
  EXPECT_EQ(found.native_residues, 70u);
  EXPECT_DOUBLE_EQ(found.matched_residues.value(), 30);
}

TEST(SummarizeKinds, EachKindCountsTheSame) {
  std::mt19937_64 generator(5);
  std::vector<TargetEvaluation> targets;
  for (const char* kind : {"easy", "hard", "easy", "easy"}) {
    TargetScores target = random_target(30, generator);
    target.kind = kind;
    targets.push_back(evaluate(target, label_kind("gdt_ts"), {200}));
  }
  const KindSummary found = summarize_kinds(targets, {200});
  ASSERT_EQ(found.kinds.size(), 2u);
  EXPECT_EQ(found.kinds[0].kind, "easy");
  EXPECT_EQ(found.kinds[0].targets, 3u);
  EXPECT_EQ(found.kinds[0].models, 90u);
  EXPECT_EQ(found.mean_of_kinds.targets, 4u);
  const auto spearman = [&](std::size_t k) { return *targets[k].rankings[0].figures.spearman; };
  const double easy = (spearman(0) + spearman(2) + spearman(3)) / 3;
  EXPECT_NEAR(found.kinds[0].rankings[0].figures[0]->mean, easy, 1e-12);
  EXPECT_NEAR(found.mean_of_kinds.rankings[0].figures[0]->mean, (easy + spearman(1)) / 2, 1e-12);
  // Of one target, only its models are drawn; of several, the targets too.
  const auto width = [](const std::optional<Interval>& i) { return i->high - i->low; };
  EXPECT_NEAR(width(found.kinds[1].rankings[0].intervals[0]),
              width(targets[1].rankings[0].figures.spearman_interval), 0.15);
  const Interval all = found.mean_of_kinds.rankings[0].intervals[0].value();
  EXPECT_LT(all.low, found.mean_of_kinds.rankings[0].figures[0]->mean);
  EXPECT_GT(all.high, found.mean_of_kinds.rankings[0].figures[0]->mean);
  EXPECT_TRUE(summarize_kinds({}).kinds.empty());
}

TEST(MeanInterval, IsThatOfTheMeansOfAllDraws) {
  // Two members of values 0 and 1, one of 2: the means are 0, 1/2 or 1 (as 1, 2, 1
  // quarters), with 2 as the other group's: (m + 2) / 2.
  const std::vector<double> zero(10, 0.0), one(10, 1.0), two(10, 2.0), none;
  const Interval found = mean_interval({{&zero, &one}, {&two}}).value();
  EXPECT_DOUBLE_EQ(found.low, 1);
  EXPECT_DOUBLE_EQ(found.high, 1.5);
  const Interval middle = mean_interval({{&zero, &one}, {&two}}, {2000, 0.4}).value();
  EXPECT_DOUBLE_EQ(middle.low, 1.25);
  EXPECT_DOUBLE_EQ(middle.high, 1.25);
  EXPECT_TRUE(mean_interval({{&zero, &none}}));
  EXPECT_FALSE(mean_interval({{&zero}, {&none}}));
  EXPECT_FALSE(mean_interval({}));
}

TEST(Evaluate, NothingAtAllIsNotAnError) {
  const TargetEvaluation empty = evaluate({}, label_kind("gdt_ts"));
  EXPECT_EQ(empty.models, 0u);
  EXPECT_FALSE(empty.native);
  EXPECT_FALSE(empty.rankings[0].figures.top1_loss);
}

TEST(Summarize, TakesMeansWhereAFigureIsDefined) {
  std::mt19937_64 generator(4);
  const LabelKind label = label_kind("rmsd");
  std::vector<TargetEvaluation> targets;
  for (std::size_t n : {12, 30, 1}) targets.push_back(evaluate(random_target(n, generator), label));
  const Summary summary = summarize(targets);
  EXPECT_EQ(summary.targets, 3u);
  ASSERT_EQ(summary.rankings.size(), 4u);
  const std::optional<Mean>& mean = summary.rankings[0].figures[0];
  EXPECT_STREQ(figure_fields()[0].name, "spearman");
  EXPECT_EQ(mean->targets, 2u);  // one model has no correlation
  EXPECT_NEAR(
      mean->mean,
      (*targets[0].rankings[0].figures.spearman + *targets[1].rankings[0].figures.spearman) / 2,
      1e-12);
  EXPECT_EQ(summary.rankings[0].figures[7]->targets, 2u);  // the loss of one model is 0
  EXPECT_FALSE(summary.rankings[3].figures[0]);
  EXPECT_EQ(summary.native.targets, 3u);
  EXPECT_EQ(summary.native.z->targets, 2u);
  EXPECT_NEAR(summary.native.z->mean, (*targets[0].native->z + *targets[1].native->z) / 2, 1e-12);
  EXPECT_FALSE(summary.native_common.z);
  EXPECT_EQ(summarize({}).targets, 0u);
}

}  // namespace
}  // namespace potential
