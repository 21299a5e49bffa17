#pragma once
#include <optional>

#include <potential/evaluation/evaluate.hpp>

namespace potential {

/// A mean that is built up one value at a time.
inline void add_to(std::optional<Mean>& mean, const std::optional<double>& value) {
  if (!value) return;
  if (!mean) mean.emplace();
  ++mean->targets;
  mean->mean += (*value - mean->mean) / static_cast<double>(mean->targets);
}

}  // namespace potential
