#pragma once
#include <potential/evaluation/residue_match.hpp>
#include <potential/evaluation/similarity.hpp>
#include <potential/evaluation/superpose.hpp>

namespace potential {

/// What a matching says, before anything is measured.
inline Similarity similarity_of(const ResidueMatch& match, std::size_t native_residues) {
  Similarity result;
  result.native_residues = native_residues;
  result.matched = match.size();
  result.chains_ignored = match.chains_ignored;
  result.by_sequence = match.by_sequence;
  result.same_protein = match.same_protein();
  return result;
}

inline void set_fit(const FitScores& scores, Similarity& result) {
  result.gdt_ts = scores.gdt_ts;
  result.gdt_ha = scores.gdt_ha;
  result.tm_score = scores.tm_score;
}

}  // namespace potential
