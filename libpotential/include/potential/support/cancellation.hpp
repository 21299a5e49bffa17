#pragma once
#include <atomic>

#include <potential/support/error.hpp>

namespace potential {

/// To be called in every loop over data. @param cancel  set by a signal handler or
/// another thread when the work is to stop; may be null. @throws Cancelled.
inline void stop_if(const std::atomic<bool>* cancel) {
  if (cancel != nullptr && cancel->load(std::memory_order_relaxed)) throw Cancelled();
}

}  // namespace potential
