#pragma once
#include <memory>
#include <vector>

#include <potential/structure/reader.hpp>
#include <potential/workflow/inputs.hpp>

namespace potential {

struct ReadModelsOptions : RunOptions {
  ReadOptions read;
};

/// The models of all inputs, in their order. A file that cannot be used is named
/// to the observer and left out. @throws FileError when strict; Cancelled.
std::vector<std::shared_ptr<const Model>> read_models(const Inputs& inputs, const Scheme& scheme,
                                                      const ReadModelsOptions& options);

}  // namespace potential
