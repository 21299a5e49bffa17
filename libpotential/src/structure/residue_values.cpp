#include "structure/residue_values.hpp"

namespace potential {

ResidueValues::ResidueValues(const AtomTable& table, const ModelValues& values)
    : values_(table.residues.size()) {
  using Label = std::tuple<std::string_view, std::int32_t, char, std::string_view>;
  struct Queue {
    std::vector<double> values;
    std::size_t taken = 0;
  };
  std::map<Label, Queue> queues;
  for (const ResidueValue& value : values)
    queues[{value.chain, value.number, value.insertion_code, value.name}].values.push_back(
        value.value);
  for (std::size_t i = 0; i < table.residues.size(); ++i) {
    const ResidueRows& residue = table.residues[i];
    if (residue.begin == residue.end) continue;  // a copy that is not counted
    const auto found = queues.find(
        {table.parts[residue.part].chain, residue.number, residue.insertion_code, residue.name});
    if (found == queues.end()) continue;
    Queue& queue = found->second;
    if (queue.taken < queue.values.size()) values_[i] = queue.values[queue.taken++];
  }
}

}  // namespace potential
