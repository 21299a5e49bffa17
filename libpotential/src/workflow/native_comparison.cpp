#include "workflow/native_comparison.hpp"

#include <fmt/format.h>

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

}  // namespace

NativeComparison::NativeComparison(const std::vector<std::string>& natives,
                                   const EvaluateOptions& options)
    : scheme_(load_scheme("residue-ca")),
      reader_(scheme_, {options.models}),
      aim_(is_figure(options.label.name) ? options.label : label_kind("gdt_ts")) {
  const StructureReader first(scheme_, {});
  for (const std::string& native : natives)
    natives_.push_back(ca_trace(first.read(file_of(native)).front(), scheme_));
}

std::map<std::string, NativeComparison::Likeness> NativeComparison::compare_all(
    const InputFile& file) const {
  std::map<std::string, Likeness> found;
  for (const Model& model : reader_.read(file))
    found.emplace(model.id, compare_with_all(ca_trace(model, scheme_)));
  return found;
}

NativeComparison::Likeness NativeComparison::compare_with_all(const CaTrace& model) const {
  std::optional<Similarity> best;
  for (const CaTrace& native : natives_) {
    const Similarity found = compare(model, native);
    if (!best || is_nearer(found, *best, aim_)) best = found;
  }
  if (best->same_protein) return {best, ""};
  return {std::nullopt,
          fmt::format("of the native's {} residues it has {}, by number or by sequence; is it "
                      "another protein?",
                      best->native_residues, best->matched)};
}

}  // namespace potential
