#include <algorithm>
#include <filesystem>
#include <potential/storage/files.hpp>
#include <potential/structure/input.hpp>
#include <potential/support/error.hpp>

#include "commands.hpp"
#include "evaluation_tables.hpp"
#include "extraction_options.hpp"
#include "output.hpp"
#include "potential_path.hpp"
#include "score_options.hpp"
#include "target_folder.hpp"

namespace potential::app {
namespace {

namespace fs = std::filesystem;

CommandLine describe() {
  CommandLine line(
      "evaluate [POTENTIAL] [--native NATIVE] [MODEL...] [options]",
      std::string(
          "Tells how well scores find the good models of a protein, in one of these ways:\n\n"
          "  evaluate POTENTIAL --native NATIVE MODEL...        scores and compares models\n"
          "  evaluate POTENTIAL --labels TSV MODEL...           how good they are is known\n"
          "  evaluate POTENTIAL --targets DIR                   many proteins: folders with\n"
          "                              native.pdb, models/ and, if known, labels.tsv\n"
          "  evaluate --scores TSV --labels TSV                 scores of any program\n\n"
          "Without labels, models are compared with the native (CA atoms; residues that\n"
          "match by chain, number, insertion code and name).\n\n") +
          potential_help);
  line.positional(0, unlimited, "a potential and models");
  line.option(0, "native", "FILE", "the native structure; with --scores, the name of its row")
      .option(0, "labels", "TSV",
              "how good each model is: a column model (and target, if\n"
              "several) and columns of numbers")
      .option(0, "label", "COLUMN",
              "the label to find: a column of the labels or, without\n"
              "any, rmsd, gdt_ts, gdt_ha, tm_score or lddt; a name with\n"
              "rmsd is better when lower, others when higher",
              "gdt_ts")
      .option(0, "scores", "TSV", "scores of any program, as labels")
      .option(0, "score", "COLUMN", "the column of --scores", "score")
      .flag(0, "higher-is-better", "of --scores; default: lower is better")
      .option(0, "targets", "DIR", "a folder of targets")
      .option(0, "good", "X",
              "a model is good, for roc_auc, from this label on; default\n"
              "0.5 for GDT and TM-score, 4 Å for RMSD")
      .option(0, "normalize", "BY",
              "divide the score by: total (nothing), residue or contact;\n"
              "default: as the potential says")
      .option(0, "models", "WHICH", "models of a file to score: first or all", "all")
      .option(0, "bootstrap", "N", "resamples for the intervals; 0 = none", "2000")
      .option(0, "per-model", "FILE",
              "score, label and likeness to the native of each model, as\n"
              "TSV")
      .flag(0, "strict", "the first model that cannot be scored ends the run")
      .option('o', "output", "FILE", "where the figures go; - = standard output", "-")
      .option(0, "format", "F", "table, tsv, csv or json", "table");
  return line.common();
}

/// One run of the command.
class Evaluation {
 public:
  Evaluation(const Arguments& arguments, Console& console)
      : arguments_(arguments), console_(console), label_(label_kind(arguments.text("label"))) {
    if (arguments.has("good")) label_.good = arguments.number("good", -1e9, 1e9);
    bootstrap_.resamples = arguments.whole("bootstrap", 0, 1000000);
    if (arguments.has("labels")) labels_ = ModelTable::read(arguments.text("labels"));
  }

  void score_models(const std::vector<std::string>& words) {
    read_table(words.front());
    const std::string native = arguments_.text("native");
    Target target{
        native.empty() ? labels_->source() : native, native, {words.begin() + 1, words.end()}};
    score(target, labels_);
  }

  void score_targets(const std::string& potential, const std::string& folder) {
    read_table(potential);
    const auto targets = target_folders(folder);
    std::error_code unreadable;  // told when it is its turn
    for (const fs::path& path : targets)
      for (const auto& entry : fs::directory_iterator(path, unreadable))
        require_no_output({entry.path().string(), entry.path().string(), nullptr, {}, ""},
                          options_.observer.outputs);
    for (const fs::path& path : targets) try_target(path);
    if (evaluations_.empty()) throw FileError(folder, no_target);
  }

  void take_scores() {
    const ModelTable scores = ModelTable::read(arguments_.text("scores"));
    auto names = scores.targets();
    if (names.empty()) names.emplace_back();
    for (const std::string& name : names) {
      TargetModels target;
      target.scores =
          target_of_table(name.empty() ? scores : scores.of_target(name), arguments_.text("score"),
                          arguments_.has("higher-is-better"), arguments_.text("native"));
      target.scores.target = name.empty() ? scores.source() : name;
      target.similarities.resize(target.scores.models.size());
      label_by_table(target.scores, labels_of(*labels_, name), label_.name);
      finish(std::move(target));
    }
  }

  const std::vector<TargetEvaluation>& evaluations() const { return evaluations_; }
  const std::vector<TargetModels>& targets() const { return targets_; }

 private:
  void read_table(const std::string& potential) {
    table_ = read_scoring_potential(potential);
    options_.models = read_model_choice(arguments_).models;
    options_.normalize = read_normalization(arguments_, *table_);
    options_.strict = arguments_.has("strict");
    options_.threads = arguments_.threads();
    options_.observer = console_.observer();
    options_.observer.outputs = outputs_of(arguments_);
  }

  /// A target that cannot be evaluated is named, and the run goes on.
  void try_target(const fs::path& folder) {
    const std::string name = folder.filename().string();
    const std::string models = models_in(folder);
    if (models.empty()) return console_.warn(folder.string() + ": no target: it has no models/");
    try {
      auto labels = labels_;
      if (!labels && fs::exists(folder / "labels.tsv"))
        labels = ModelTable::read((folder / "labels.tsv").string());
      score({name, native_in(folder), {models}},
            labels ? std::optional(labels_of(*labels, name)) : std::nullopt);
    } catch (const Cancelled&) {
      throw;
    } catch (const UsageError&) {
      throw;
    } catch (const Error& error) {
      if (options_.strict) throw;
      console_.warn("target " + name + ": skipped: " + error.what());
    }
  }

  void score(const Target& target, const std::optional<ModelTable>& labels) {
    if (!labels && target.native.empty())
      throw Error(target.name + ": neither a native nor labels: nothing to evaluate with");
    if (!labels) similarity_figure({}, label_.name);  // refuses an unknown name before the work
    options_.compare = !target.native.empty() && (!labels || arguments_.has("per-model"));
    TargetModels scored = score_target(target, *table_, options_);
    if (labels)
      label_by_table(scored.scores, *labels, label_.name);
    else
      label_by_similarity(scored, label_.name);
    finish(std::move(scored));
  }

  void finish(TargetModels target) {
    const auto& models = target.scores.models;
    const auto unlabelled =
        std::count_if(models.begin(), models.end(), [](const auto& model) { return !model.label; });
    if (unlabelled > 0)
      console_.warn(target.scores.target + ": " + std::to_string(unlabelled) + " of " +
                    std::to_string(models.size()) + " models have no label " + label_.name);
    evaluations_.push_back(evaluate(target.scores, label_, bootstrap_));
    targets_.push_back(std::move(target));
  }

  const Arguments& arguments_;
  Console& console_;
  LabelKind label_;
  BootstrapOptions bootstrap_;
  std::optional<ModelTable> labels_;
  std::optional<PotentialTable> table_;
  TargetOptions options_;
  std::vector<TargetEvaluation> evaluations_;
  std::vector<TargetModels> targets_;
};

void refuse(const Arguments& arguments, const std::string& way,
            const std::vector<std::string>& names) {
  for (const std::string& name : names)
    if (arguments.has(name))
      throw UsageError("option --" + name + " does not go with " + way +
                       "; see potential evaluate --help");
}

void check(const Arguments& arguments) {
  const auto words = arguments.positional().size();
  if (arguments.has("scores")) {
    refuse(arguments, "--scores", {"targets", "normalize", "models", "strict"});
    if (words > 0) throw UsageError("with --scores, no potential and no models are taken");
    if (!arguments.has("labels")) throw UsageError("--scores needs --labels");
    return;
  }
  refuse(arguments, "a potential", {"score", "higher-is-better"});
  if (arguments.has("targets")) {
    refuse(arguments, "--targets", {"native"});
    if (words != 1) throw UsageError("with --targets, give one word: the potential");
    return;
  }
  if (words < 2) throw UsageError("give a potential and models, or --targets, or --scores");
  if (!arguments.has("native") && !arguments.has("labels"))
    throw UsageError("give the native (--native FILE) or labels (--labels TSV)");
}

void run(const Arguments& arguments, Console& console) {
  check(arguments);
  const auto& words = arguments.positional();
  const Format format = parse_format(arguments.text("format"));
  std::vector<std::string> inputs = words;
  for (const char* name : {"native", "labels", "scores"})
    if (arguments.has(name)) inputs.push_back(arguments.text(name));
  const std::string output = output_text_file(arguments, inputs);
  const std::string per_model =
      arguments.has("per-model") ? output_text_file(arguments, inputs, "per-model") : "";

  Evaluation evaluation(arguments, console);
  if (arguments.has("scores"))
    evaluation.take_scores();
  else if (arguments.has("targets"))
    evaluation.score_targets(words.front(), arguments.text("targets"));
  else
    evaluation.score_models(words);
  console.finish();
  if (!per_model.empty())
    write_text(per_model, model_table(evaluation.targets()).format(Format::tsv));
  write_text(output, format_evaluation(evaluation.evaluations(), format));
}

}  // namespace

const Command evaluate_command{"evaluate", "how well scores find the good models", describe, run};

}  // namespace potential::app
