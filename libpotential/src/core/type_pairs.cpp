#include <potential/core/type_pairs.hpp>
#include <potential/support/error.hpp>

namespace potential {

TypePairs::TypePairs(const Scheme& scheme) : types_(scheme.size()) {
  for (int i = 0; i < types_; ++i)
    for (int j = i; j < types_; ++j) {
      first_.push_back(static_cast<std::uint16_t>(i));
      second_.push_back(static_cast<std::uint16_t>(j));
      labels_.push_back(scheme.type_name(i) + "-" + scheme.type_name(j));
    }
  index_rows();
  canonical_ = true;
}

TypePairs::TypePairs(const Scheme& scheme, std::vector<std::uint16_t> first,
                     std::vector<std::uint16_t> second, std::vector<std::string> labels)
    : types_(scheme.size()),
      first_(std::move(first)),
      second_(std::move(second)),
      labels_(std::move(labels)) {
  if (first_.size() != second_.size() || first_.size() != labels_.size())
    throw UsageError("type pairs: first, second and label differ in length");
  for (std::size_t row = 0; row < first_.size(); ++row)
    if (first_[row] >= types_ || second_[row] >= types_)
      throw UsageError("type pairs: row " + std::to_string(row) + " names a type beyond the " +
                       std::to_string(types_) + " of the scheme");
  index_rows();
  canonical_ = complete_ && *this == TypePairs(scheme);
}

void TypePairs::index_rows() {
  const auto types = static_cast<std::size_t>(types_);
  row_.assign(types * types, -1);
  std::vector<int> seen(types * types, 0);
  for (std::size_t row = 0; row < first_.size(); ++row) {
    const std::size_t i = first_[row], j = second_[row];
    if (row_[i * types + j] < 0) row_[i * types + j] = static_cast<std::int32_t>(row);
    ++seen[i * types + j];
    if (i != j) ++seen[j * types + i];
  }
  complete_ = true;
  for (std::size_t i = 0; i < types; ++i)
    for (std::size_t j = 0; j < types; ++j) {
      if (seen[i * types + j] != 1) complete_ = false;
      if (row_[i * types + j] < 0) row_[i * types + j] = row_[j * types + i];
    }
}

int TypePairs::row(int first, int second) const {
  return row_[static_cast<std::size_t>(first) * static_cast<std::size_t>(types_) +
              static_cast<std::size_t>(second)];
}

}  // namespace potential
