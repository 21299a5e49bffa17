#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <potential/extraction/similar_sequences.hpp>
#include <potential/support/error.hpp>
#include <set>

#include "structure/alignment.hpp"
#include "support/sha256.hpp"

namespace potential {
namespace {

constexpr double min_coverage = 0.7;

/// The number of alignments of that score or above that chance gives two unrelated
/// sequences: Karlin and Altschul's, with the constants of BLAST for BLOSUM62 and
/// gaps of 11 and 1.
double expected_by_chance(int score, std::size_t first, std::size_t second) {
  constexpr double lambda = 0.267, k = 0.041;
  return k * static_cast<double>(first) * static_cast<double>(second) * std::exp(-lambda * score);
}

}  // namespace

struct SimilarSequences::Queries {
  struct Query {
    std::string name;
    Aligner aligner;
  };
  double identity = 0;
  std::vector<Query> queries;

  std::optional<Alignment> align(const Query& query, const std::string& letters) const {
    const std::string& own = query.aligner.letters();
    if (expected_by_chance(query.aligner.score(letters), own.size(), letters.size()) > 0.001)
      return std::nullopt;
    const Alignment found = query.aligner.align(letters);
    const bool own_is_shorter = own.size() <= letters.size();
    const double covered = own_is_shorter ? found.first_residues : found.second_residues;
    const auto shorter = static_cast<double>(std::min(own.size(), letters.size()));
    if (100.0 * found.identical < identity * found.columns || covered < min_coverage * shorter)
      return std::nullopt;
    return found;
  }
};

SimilarSequences::SimilarSequences(const std::vector<Sequence>& sequences, double identity) {
  if (!(identity > 0 && identity <= 100))
    throw UsageError(fmt::format("identity: {} is not a percentage above 0, up to 100", identity));
  Queries all;
  all.identity = identity;
  std::set<std::string> seen;
  for (const Sequence& sequence : sequences)
    if (!sequence.letters.empty() && seen.insert(sequence.letters).second)
      all.queries.push_back({sequence.name, Aligner(sequence.letters)});
  if (!all.queries.empty()) queries_ = std::make_shared<const Queries>(std::move(all));
}

std::optional<std::string> SimilarSequences::find(const Model& model) const {
  if (empty()) return std::nullopt;
  const std::vector<Sequence> chains = sequences_of(model);
  std::set<std::string> seen;  // copies of a chain are aligned once
  for (std::size_t i = 0; i < chains.size(); ++i) {
    const std::string& letters = chains[i].letters;
    if (!seen.insert(letters).second) continue;
    for (const auto& query : queries_->queries) {
      const auto found = queries_->align(query, letters);
      if (!found) continue;
      const std::string& chain = model.chains[i].name;
      return fmt::format("similar to {} ({}{:.0f} % identical over {} residues)", query.name,
                         chain.empty() ? "" : "chain " + chain + ": ",
                         100.0 * found->identical / found->columns, found->second_residues);
    }
  }
  return std::nullopt;
}

std::string SimilarSequences::fingerprint() const {
  std::set<std::string> letters;
  if (!empty())
    for (const auto& query : queries_->queries) letters.insert(query.aligner.letters());
  Sha256 hash;
  for (const std::string& sequence : letters)
    hash.update((sequence + '\n').data(), sequence.size() + 1);
  return fmt::format("{} sequence{} at {} %, sha256 {}", letters.size(),
                     letters.size() == 1 ? "" : "s", empty() ? 0 : queries_->identity,
                     to_hex(hash.finish()));
}

}  // namespace potential
