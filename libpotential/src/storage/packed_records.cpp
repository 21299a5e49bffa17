#include "storage/packed_records.hpp"
#include <cstring>

namespace potential::storage {
namespace {

/// What follows id, NUL and digest; then chains, composition and histogram.
struct Head {
  std::uint32_t sites, residues;
  double radius_of_gyration;
  std::uint32_t chains, chain_bytes, composition_bytes;
};

/// Seven bits a byte, the lowest first: small numbers are one byte.
template <class Number>
std::string pack_numbers(const std::vector<Number>& numbers) {
  std::string packed;
  for (Number number : numbers) {
    for (; number >= 0x80; number >>= 7) packed += static_cast<char>(number | 0x80);
    packed += static_cast<char>(number);
  }
  return packed;
}

template <class Number>
void unpack_numbers(const char* from, std::vector<Number>& numbers) {
  for (Number& number : numbers) {
    number = 0;
    for (unsigned shift = 0;; shift += 7) {
      const auto byte = static_cast<unsigned char>(*from++);
      number |= static_cast<Number>(Number{byte & 0x7fU} << shift);
      if (byte < 0x80) break;
    }
  }
}

}  // namespace

std::string pack_record(const StructureRecord& record) {
  const std::string chains = pack_numbers(record.chain_lengths);
  const std::string composition = pack_numbers(record.composition);
  const Head head{record.sites,
                  record.residues,
                  record.radius_of_gyration,
                  static_cast<std::uint32_t>(record.chain_lengths.size()),
                  static_cast<std::uint32_t>(chains.size()),
                  static_cast<std::uint32_t>(composition.size())};
  std::string packed = record.id;
  packed += '\0';
  packed.append(reinterpret_cast<const char*>(record.sha256.data()), record.sha256.size());
  packed.append(reinterpret_cast<const char*>(&head), sizeof head);
  return packed + chains + composition + pack_numbers(record.pair_histogram);
}

void unpack_record(std::string_view packed, RowPart part, StructureRecord& record) {
  const std::size_t end = packed.find('\0');
  record.id = packed.substr(0, end);
  const char* from = packed.data() + end + 1;
  std::memcpy(record.sha256.data(), from, record.sha256.size());
  Head head;
  std::memcpy(&head, from + record.sha256.size(), sizeof head);
  from += record.sha256.size() + sizeof head;
  record.sites = head.sites;
  record.residues = head.residues;
  record.radius_of_gyration = head.radius_of_gyration;
  if (part == RowPart::chains) {
    record.chain_lengths.resize(head.chains);
    unpack_numbers(from, record.chain_lengths);
  }
  from += head.chain_bytes;
  if (part == RowPart::composition) unpack_numbers(from, record.composition);
  from += head.composition_bytes;
  if (part == RowPart::pair_histogram) unpack_numbers(from, record.pair_histogram);
}

PackedRows::PackedRows(ExternalSort& sort, const TableAxes& axes) : sort_(sort) {
  record_.composition.resize(static_cast<std::size_t>(axes.scheme.size()));
  record_.pair_histogram.resize(static_cast<std::size_t>(axes.classes()) *
                                static_cast<std::size_t>(axes.columns()));
}

const StructureRecord& PackedRows::at(std::size_t i, RowPart part) {
  if (i == 0) sort_.rewind();
  unpack_record(sort_.next(), part, record_);
  return record_;
}

}  // namespace potential::storage
