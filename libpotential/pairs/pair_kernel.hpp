#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <type_traits>
#include <vector>

#include <potential/core/distance_bins.hpp>
#include <potential/core/model.hpp>
#include <potential/core/separation_classes.hpp>

namespace potential {

/// The pairs found around one site i: parallel arrays of length size. Each
/// unordered pair of sites comes exactly once in a run.
struct ContactBatch {
  std::uint32_t site;  ///< i, index into the model's arrays
  std::uint16_t type;  ///< its type
  std::size_t size;
  const std::uint32_t* sites;  ///< [size] j
  const std::uint16_t* types;  ///< [size] type of j
  const std::uint16_t* cells;  ///< [size] class * B + bin
  /// [size] type of j * K * B + cell: the place in row i of a table [T, T, K * B]
  const std::uint32_t* offsets;
};

/// Finds every pair of sites of a model that lies in a distance bin and a
/// separation class. Distances are decided exactly, in whole mÅ, on every CPU
/// path; batches come in the same order on every path.
///
/// Work is linear in the number of sites at constant density.
class PairKernel {
 public:
  enum class Path { automatic, baseline, avx2, avx512 };

  /// @throws UsageError when the path is not available on this CPU.
  PairKernel(DistanceBins bins, SeparationClasses separations, Path path = Path::automatic);
  ~PairKernel();
  PairKernel(PairKernel&&) noexcept;

  /// Calls sink(const ContactBatch&) for each site that has pairs. Sites come
  /// grouped by type, so that one row of a table stays in the nearest cache.
  template <class Sink>
  void for_each_batch(const Model& model, Sink&& sink) {
    run(
        model,
        [](void* context, const ContactBatch& batch) {
          (*static_cast<std::remove_reference_t<Sink>*>(context))(batch);
        },
        &sink);
  }

  const DistanceBins& bins() const { return bins_; }
  const SeparationClasses& separations() const { return separations_; }
  /// "avx512", "avx2" or "baseline".
  const char* path_name() const;

 private:
  using Callback = void (*)(void*, const ContactBatch&);
  void run(const Model& model, Callback callback, void* context);

  DistanceBins bins_;
  SeparationClasses separations_;
  struct Workspace;  // scratch arrays, kept from model to model; one kernel a thread
  std::unique_ptr<Workspace> workspace_;
};

}  // namespace potential
