#pragma once
#include <algorithm>
#include <exception>
#include <optional>
#include <potential/scoring/scorer.hpp>
#include <potential/support/cancellation.hpp>
#include <utility>

#include "pipeline/pipeline.hpp"
#include "pipeline/worker_pool.hpp"

namespace potential {

/// @throws UsageError when frames have not the atoms of the topology.
void require_atoms(const Frames& frames, const Topology& topology);
/// The error of a frame with its number. @throws UsageError.
[[noreturn]] void rethrow_for_frame(std::size_t frame, const UsageError& error);

/// Calls work(worker, frame) for each frame on the threads asked for. What the first
/// frame with a problem throws is thrown from here, whatever the threads.
template <class Worker, class Work>
void for_each_frame(const Frames& frames, const FrameRun& run, WorkerPool<Worker>& workers,
                    const Work& work) {
  constexpr std::size_t chunk = 16;
  using Failure = std::exception_ptr;
  std::size_t next = 0;
  const auto source = [&]() -> std::optional<std::size_t> {
    if (next >= frames.size()) return std::nullopt;
    return std::exchange(next, next + chunk);
  };
  const auto do_chunk = [&](std::size_t& begin) -> Failure {
    try {
      workers.with([&](Worker& worker) {
        for (std::size_t f = begin; f < std::min(begin + chunk, frames.size()); ++f) {
          stop_if(run.cancel);
          try {
            work(worker, f);
          } catch (const UsageError& error) {
            rethrow_for_frame(f, error);
          }
        }
      });
    } catch (...) {
      return std::current_exception();
    }
    return nullptr;
  };
  const auto chunks =
      static_cast<int>(std::min<std::size_t>((frames.size() + chunk - 1) / chunk, 1024));
  run_pipeline<std::size_t, Failure>(std::min(thread_count(run.threads), chunks), source, do_chunk,
                                     [](Failure& failure) {
                                       if (failure) std::rethrow_exception(failure);
                                     });
}

}  // namespace potential
