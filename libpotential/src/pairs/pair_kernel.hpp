#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <type_traits>
#include <vector>

#include <potential/core/distance_bins.hpp>
#include <potential/core/model.hpp>
#include <potential/core/separation_classes.hpp>

#include "pairs/cell_layout.hpp"

namespace potential {

/// The pairs found around one site i: parallel arrays of length size. Each
/// unordered pair of sites comes exactly once in a run.
struct ContactBatch {
  std::uint32_t site;  ///< i, index into the model's arrays
  std::uint16_t type;  ///< its type
  std::size_t size;
  /// [size] the place in the table, see CellLayout: of the types, plus
  /// class * B + bin
  const std::uint32_t* offsets;
  const std::uint32_t* sites;  ///< [size] j; nullptr unless asked for
};

/// Finds every pair of sites of a model that lies in a distance bin and a
/// separation class. Distances are decided exactly, in whole mÅ, on every CPU
/// path; batches come in the same order on every path.
///
/// Work is linear in the number of sites at constant density.
class PairKernel {
 public:
  enum class Path { automatic, baseline, avx2, avx512 };

  /// Offsets are for a square table. @throws UsageError when the path is not
  /// available on this CPU.
  PairKernel(const DistanceBins& bins, const SeparationClasses& separations,
             Path path = Path::automatic);
  /// Offsets are for a table of this layout.
  PairKernel(DistanceBins bins, SeparationClasses separations, CellLayout layout,
             Path path = Path::automatic);
  ~PairKernel();
  PairKernel(PairKernel&&) noexcept;

  /// Calls sink(const ContactBatch&) for each site that has pairs. Sites come
  /// grouped by type, so that one row of a table stays in the nearest cache.
  template <class Sink>
  void for_each_batch(const Model& model, Sink&& sink) {
    run(model, false, call<std::remove_reference_t<Sink>>, address(&sink));
  }

  /// The same with ContactBatch::sites.
  template <class Sink>
  void for_each_batch_with_sites(const Model& model, Sink&& sink) {
    run(model, true, call<std::remove_reference_t<Sink>>, address(&sink));
  }

  const DistanceBins& bins() const { return bins_; }
  const SeparationClasses& separations() const { return separations_; }
  /// "avx512", "avx2" or "baseline".
  const char* path_name() const;

 private:
  using Callback = void (*)(void*, const ContactBatch&);
  static void* address(const void* sink) { return const_cast<void*>(sink); }  // call() casts back
  template <class Sink>
  static void call(void* sink, const ContactBatch& batch) {
    (*static_cast<Sink*>(sink))(batch);
  }
  void run(const Model& model, bool with_sites, Callback callback, void* context);

  DistanceBins bins_;
  SeparationClasses separations_;
  struct Workspace;  // scratch arrays, kept from model to model; one kernel a thread
  std::unique_ptr<Workspace> workspace_;
};

}  // namespace potential
