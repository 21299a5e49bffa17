#include "workflow/native_comparison.hpp"

#include <fmt/format.h>

#include <exception>
#include <potential/structure/reader.hpp>
#include <potential/support/error.hpp>
#include <type_traits>

#include "workflow/input_run.hpp"
#include "workflow/target_folder.hpp"

namespace potential {
namespace {

constexpr const char* nucleic_scheme = "nucleic-heavy-atom";

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

/// @param compare  gives the likeness to one native
template <class Native, class Compare>
Likeness compare_with(const Comparison<Native>& with, Compare&& compare) {
  std::optional<Similarity> best;
  for (const Native& native : with.natives) {
    const Similarity found = compare(native);
    if (!best || is_nearer(found, *best, with.aim)) best = found;
  }
  if (best->same_protein) return {best, std::nullopt, ""};
  return {std::nullopt, std::nullopt,
          fmt::format("of the native's {} residues it has {}, by number or by sequence; is it "
                      "another {}?",
                      best->native_residues, best->matched,
                      std::is_same_v<Native, CaTrace> ? "protein" : "molecule")};
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

/// Residues of a structure with a site of the scheme.
std::size_t count_residues(const std::string& path, const Scheme& scheme) {
  const Model model = StructureReader(scheme, {}).read(file_of(path)).front();
  std::size_t count = 0;
  for (std::size_t i = 0; i < model.size(); ++i)
    count += i == 0 || model.residue[i] != model.residue[i - 1];
  return count;
}

/// True when there are more nucleotides than amino acids.
bool is_nucleic(const std::string& path) {
  std::size_t amino_acids = 0;
  std::exception_ptr unread;
  try {
    amino_acids = count_residues(path, load_scheme("residue-ca"));
  } catch (const Cancelled&) {
    throw;
  } catch (const Error&) {
    unread = std::current_exception();
  }
  try {
    return count_residues(path, load_scheme(nucleic_scheme)) > amino_acids;
  } catch (const Cancelled&) {
    throw;
  } catch (const Error&) {
    if (unread) std::rethrow_exception(unread);
    return false;
  }
}

template <class Native>
std::shared_ptr<Comparison<Native>> comparison_by(const char* scheme,
                                                  const EvaluateOptions& options) {
  const auto with = std::make_shared<Comparison<Native>>(load_scheme(scheme), options);
  if (!is_figure(with->aim.name)) with->aim = label_kind("gdt_ts");
  return with;
}

NativeComparison nucleic_comparison(const std::vector<std::string>& natives,
                                    const EvaluateOptions& options) {
  const auto with = comparison_by<NucleicAtoms>(nucleic_scheme, options);
  for (const std::string& path : natives)
    with->natives.push_back(nucleic_atoms(with->native(path), with->scheme));
  const RmsdAtoms rmsd = options.rmsd_atoms.value_or(RmsdAtoms::c1);
  options.observer.noted(
      natives.front(),
      fmt::format("a nucleic acid: rmsd is over {} atoms, gdt and tm_score (with the d0 of RNA) "
                  "over C3', lddt over all heavy atoms",
                  rmsd_atoms_names()[static_cast<std::size_t>(rmsd)]));
  return [with, rmsd](const InputFile& file) {
    return with->compare_all(file, [&](const Model& model) {
      const NucleicAtoms own = nucleic_atoms(model, with->scheme);
      return compare_with(*with, [&](const auto& native) { return compare(own, native, rmsd); });
    });
  };
}

NativeComparison ca_comparison(const std::vector<std::string>& natives,
                               const EvaluateOptions& options) {
  if (options.rmsd_atoms)
    throw UsageError("rmsd-atoms", "is for nucleic acids, and " + natives.front() +
                                       " is a protein: its RMSD is over CA atoms");
  const auto with = comparison_by<CaTrace>("residue-ca", options);
  for (const std::string& path : natives)
    with->natives.push_back(ca_trace(with->native(path), with->scheme));
  return [with](const InputFile& file) {
    return with->compare_all(file, [&](const Model& model) {
      const CaTrace own = ca_trace(model, with->scheme);
      return compare_with(*with, [&](const auto& native) { return compare(own, native); });
    });
  };
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
  return is_nucleic(natives.front()) ? nucleic_comparison(natives, options)
                                     : ca_comparison(natives, options);
}

}  // namespace potential
