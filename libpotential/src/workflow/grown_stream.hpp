#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include <potential/core/contact_counts.hpp>

namespace potential {

/// Gives the record in place of an earlier one, or nothing where that stands.
using ReplaceRecord = std::function<std::optional<StructureRecord>(const StructureRecord&)>;

/// The structures of an earlier run, which stay in its packed file, with those that were
/// added since.
/// @param added    in any order
/// @param replace  null when all stand
std::shared_ptr<const StructureStream> grown_stream(std::shared_ptr<const StructureStream> earlier,
                                                    std::vector<StructureRecord> added,
                                                    const ReplaceRecord& replace);

}  // namespace potential
