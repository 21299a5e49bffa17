#pragma once
#include <functional>
#include <string>
#include <vector>

#include <potential/core/model.hpp>
#include <potential/core/scheme.hpp>
#include <potential/structure/input.hpp>

namespace potential {

/// Which models of a file are taken.
enum class ModelChoice { first, all };

struct ReadOptions {
  ModelChoice models = ModelChoice::first;
  /// Residues of predictions whose pLDDT is below this are left out; 0 takes all. It
  /// is what _ma_qa_metric_local of an mmCIF file says, else the mean of the
  /// B-factors. A prediction is a file that says so: by a metric pLDDT in
  /// _ma_qa_metric, or as one of AlphaFold, ColabFold or ESMFold in the header of a
  /// PDB file. Any other is taken whole, with a note.
  double min_plddt = 0;
  /// The B-factors are pLDDT, whatever the file says.
  bool bfactor_is_plddt = false;
  /// Chains to take of files that do not say which; empty = all.
  std::vector<std::string> chains = {};
  bool heavy_atoms = false;  ///< Model::heavy_atoms
};

/// Reads structure files (PDB, mmCIF or BinaryCIF, plain or .gz; the format is taken from
/// the name, else from the content) and places the sites of one scheme.
/// Immutable after construction: one reader may serve many threads.
class StructureReader {
 public:
  StructureReader(const Scheme& scheme, ReadOptions options);
  ~StructureReader();

  /// The models of one file as typed sites. Ids are `file.id`, or `file.id#k`
  /// (k from 1, in order of the file) when the file holds several models.
  /// Rules for names, alternative conformations, chains and separations: see
  /// docs/method.md.
  /// @throws FileError, FormatError with the reason when the file cannot be
  ///         read, is damaged anywhere, holds an unreadable or out-of-range
  ///         (beyond ±2,000,000 Å) coordinate at a site, the same molecule
  ///         twice, or no site at all.
  std::vector<Model> read(const InputFile& file) const;

  /// The same, one model after the other. Of a large PDB file (plain or .gz) whose models end
  /// with ENDMDL, only a few are held at a time; any other file is read whole.
  /// @throws as read(), perhaps when some models have been taken.
  void for_each(const InputFile& file, const std::function<void(Model&& model)>& take) const;

 private:
  struct Rules;
  std::unique_ptr<const Rules> rules_;
};

}  // namespace potential
