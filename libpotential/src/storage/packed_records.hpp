#pragma once
// Private to the storage room.
#include "storage/parts.hpp"
#include "support/external_sort.hpp"

namespace potential::storage {

/// A record in few bytes, which sort as records do: by id, then digest.
std::string pack_record(const StructureRecord& record);

/// The id, digest, scalars and one other part of a packed record.
void unpack_record(std::string_view packed, RowPart part, StructureRecord& record);

/// Rows that were packed and sorted.
class PackedRows : public StructureRows {
 public:
  /// @param sort finished; must outlive this
  PackedRows(ExternalSort& sort, const TableAxes& axes);
  std::size_t size() const override { return sort_.size(); }
  const StructureRecord& at(std::size_t i, RowPart part) override;

 private:
  ExternalSort& sort_;
  StructureRecord record_;
};

}  // namespace potential::storage
