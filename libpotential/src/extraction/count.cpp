#include <potential/extraction/count.hpp>

#include "extraction/contact_counter.hpp"

namespace potential {

ContactCounts count_contacts(const std::vector<std::shared_ptr<const Model>>& models,
                             const TableAxes& axes) {
  ContactCounts counts(axes);
  ContactCounter counter(axes);
  for (const auto& model : models) {
    counts.structures.push_back(margins_of(*model, axes.scheme.size()));
    counts.structures.back().pair_histogram = counter.add(*model);
  }
  counter.flush_into(counts.counts);
  counts.sort();
  return counts;
}

}  // namespace potential
