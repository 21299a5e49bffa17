#include "workflow/native_comparison.hpp"

#include <fmt/format.h>

#include <potential/structure/reader.hpp>
#include <potential/support/error.hpp>

#include "workflow/input_run.hpp"
#include "workflow/target_folder.hpp"

namespace potential {
namespace {

bool is_figure(const std::string& name) {
  try {
    similarity_figure({}, name);
    return true;
  } catch (const UsageError&) {
    return false;
  }
}

/// True when `a` is nearer to its native than `b` to its own.
bool is_nearer(const Similarity& a, const Similarity& b, const LabelKind& aim) {
  if (a.same_protein != b.same_protein) return a.same_protein;
  const auto first = similarity_figure(a, aim.name), second = similarity_figure(b, aim.name);
  if (!first || !second) return first.has_value();
  return aim.lower_is_better ? *first < *second : *first > *second;
}

/// Reads models of a scheme and compares them with natives read so.
template <class Native>
struct Comparison {
  Scheme scheme;
  StructureReader reader;
  LabelKind aim;  ///< of several natives the one that is best by it counts
  std::vector<Native> natives;

  Comparison(Scheme s, const EvaluateOptions& options)
      : scheme(std::move(s)), reader(scheme, {options.models}), aim(options.label) {}

  Model native(const std::string& path) const {
    return StructureReader(scheme, {}).read(file_of(path)).front();
  }
  template <class Compare>
  std::map<std::string, Likeness> compare_all(const InputFile& file, Compare&& compare) const {
    std::map<std::string, Likeness> found;
    for (const Model& model : reader.read(file)) found.emplace(model.id, compare(model));
    return found;
  }
};

Likeness compare_traces(const CaTrace& model, const Comparison<CaTrace>& with) {
  std::optional<Similarity> best;
  for (const CaTrace& native : with.natives) {
    const Similarity found = compare(model, native);
    if (!best || is_nearer(found, *best, with.aim)) best = found;
  }
  if (best->same_protein) return {best, std::nullopt, ""};
  return {std::nullopt, std::nullopt,
          fmt::format("of the native's {} residues it has {}, by number or by sequence; is it "
                      "another protein?",
                      best->native_residues, best->matched)};
}

Likeness compare_poses(const Model& model, const Comparison<BoundComplex>& with) {
  Likeness best;
  for (const BoundComplex& native : with.natives) {
    try {
      const DockingSimilarity found = native.compare(model);
      if (!best.docking || found.dockq > best.docking->dockq) best.docking = found;
    } catch (const Error& error) {
      best.problem = error.what();
    }
  }
  if (best.docking) best.problem.clear();
  return best;
}

}  // namespace

NativeComparison native_comparison(const std::vector<std::string>& natives,
                                   const EvaluateOptions& options) {
  if (docking_figure({}, options.label.name)) {
    if (!options.between)
      throw UsageError("label '" + options.label.name +
                       "': the two partners are not named, such as A,B:C");
    const auto with = std::make_shared<Comparison<BoundComplex>>(docking_scheme(), options);
    for (const std::string& path : natives)
      with->natives.emplace_back(with->native(path), with->scheme, *options.between);
    return [with](const InputFile& file) {
      return with->compare_all(file,
                               [&](const Model& model) { return compare_poses(model, *with); });
    };
  }
  const auto with = std::make_shared<Comparison<CaTrace>>(load_scheme("residue-ca"), options);
  if (!is_figure(with->aim.name)) with->aim = label_kind("gdt_ts");
  for (const std::string& path : natives)
    with->natives.push_back(ca_trace(with->native(path), with->scheme));
  return [with](const InputFile& file) {
    return with->compare_all(file, [&](const Model& model) {
      return compare_traces(ca_trace(model, with->scheme), *with);
    });
  };
}

}  // namespace potential
