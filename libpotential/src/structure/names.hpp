#pragma once
#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

namespace potential {

/// Names of atoms and residues, packed so that comparing two of them is
/// comparing two numbers. 0 for an empty name and for one that is too long to
/// be in any scheme.
template <class Integer>
constexpr Integer pack_name(std::string_view name) {
  if (name.size() > sizeof(Integer)) return 0;
  Integer packed = 0;
  for (const char c : name)
    packed = static_cast<Integer>(packed << 8 | static_cast<unsigned char>(c));
  return packed;
}

/// The same text but for the case of ASCII letters.
inline bool same_letters(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [&](char x, char y) { return lower(x) == lower(y); });
}

using PackedAtomName = std::uint32_t;
using PackedResidueName = std::uint64_t;

constexpr PackedAtomName pack_atom(std::string_view name) {
  return pack_name<PackedAtomName>(name);
}
constexpr PackedResidueName pack_residue(std::string_view name) {
  return pack_name<PackedResidueName>(name);
}

/// The name again, for messages.
inline std::string unpack_atom(PackedAtomName name) {
  std::string text;
  for (int shift = 24; shift >= 0; shift -= 8)
    if (const char c = static_cast<char>(name >> shift & 0xff)) text += c;
  return text;
}

/// Hydrogen and deuterium by name (`H`, `HG11`, `1HB`, `D`), since elements are
/// missing or wrong in many files. No heavy atom of an amino acid begins so.
constexpr bool is_hydrogen(std::string_view atom) {
  while (!atom.empty() && atom.front() >= '0' && atom.front() <= '9') atom.remove_prefix(1);
  return !atom.empty() && (atom.front() == 'H' || atom.front() == 'D');
}

}  // namespace potential
