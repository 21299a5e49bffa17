#include <algorithm>
#include <potential/core/contact_counts.hpp>
#include <potential/support/error.hpp>
#include <tuple>

namespace potential {

void ContactCounts::sort() {
  std::sort(structures.begin(), structures.end(),
            [](const StructureRecord& a, const StructureRecord& b) {
              return std::tie(a.id, a.sha256) < std::tie(b.id, b.sha256);
            });
  std::sort(skipped.begin(), skipped.end());
}

void ContactCounts::each_structure(const std::function<void(const StructureRecord&)>& visit) const {
  if (stream) return stream->each(visit);
  for (const StructureRecord& record : structures) visit(record);
}

std::uint64_t add_counts(std::uint64_t a, std::uint64_t b) {
  std::uint64_t sum = 0;
  if (__builtin_add_overflow(a, b, &sum))
    throw Error("a count passes 2^64 - 1; split the set into smaller ones");
  return sum;
}

void add_table(Eigen::Ref<CountTable> a, const Eigen::Ref<const CountTable>& b) {
  for (Eigen::Index row = 0; row < a.rows(); ++row)
    for (Eigen::Index column = 0; column < a.cols(); ++column)
      a(row, column) = add_counts(a(row, column), b(row, column));
}

}  // namespace potential
