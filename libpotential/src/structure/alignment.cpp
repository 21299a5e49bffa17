#include "structure/alignment.hpp"
#include <parasail/matrices/blosum62.h>
#include <algorithm>
#include <limits>
#include <new>

#include "structure/parasail.hpp"

namespace potential {
namespace {

// parasail counts the first residue of a gap to its opening.
constexpr int gap_open = 12, gap_extend = 1;

struct Free {
  void operator()(parasail_result_t* result) const { parasail().result_free(result); }
  void operator()(parasail_cigar_t* cigar) const { parasail().cigar_free(cigar); }
};
using Result = std::unique_ptr<parasail_result_t, Free>;
using Cigar = std::unique_ptr<parasail_cigar_t, Free>;

int size_of(const std::string& letters) { return static_cast<int>(letters.size()); }

template <class Pointer>
Pointer* require(Pointer* pointer) {
  if (pointer == nullptr) throw std::bad_alloc();
  return pointer;
}

Result trace(const std::string& first, const std::string& second) {
  const auto with = [&](auto* function) {
    return Result(require(function(first.data(), size_of(first), second.data(), size_of(second),
                                   gap_open, gap_extend, &parasail_blosum62)));
  };
  Result result = with(parasail().sw_trace_striped_16);
  if (parasail().result_is_saturated(result.get())) result = with(parasail().sw_trace_striped_32);
  return result;
}

/// The identical columns, walked from the last one, whose place is known.
std::vector<std::pair<int, int>> identical_pairs(const parasail_result_t* result,
                                                 const parasail_cigar_t& cigar) {
  std::vector<std::pair<int, int>> pairs;
  int first = parasail().result_get_end_query(result),
      second = parasail().result_get_end_ref(result);
  for (int i = cigar.len - 1; i >= 0; --i) {
    const char kind = parasail().cigar_decode_op(cigar.seq[i]);
    for (auto k = parasail().cigar_decode_len(cigar.seq[i]); k > 0; --k) {
      if (kind == '=') pairs.emplace_back(first, second);
      if (kind != 'D') --first;
      if (kind != 'I') --second;
    }
  }
  std::reverse(pairs.begin(), pairs.end());
  return pairs;
}

}  // namespace

Aligner::Aligner(std::string letters) : letters_(std::move(letters)) {
  // The profile leads into the letters.
  auto text = std::make_shared<const std::string>(letters_);
  parasail_profile_t* profile =
      require(parasail().profile_create_16(text->data(), size_of(*text), &parasail_blosum62));
  profile_ = std::shared_ptr<const void>(
      profile, [profile, text](const void*) { parasail().profile_free(profile); });
}

int Aligner::score(const std::string& other) const {
  if (other.empty()) return 0;
  const auto* profile = static_cast<const parasail_profile_t*>(profile_.get());
  const Result result(require(parasail().sw_striped_profile_16(
      profile, other.data(), size_of(other), gap_open, gap_extend)));
  return parasail().result_is_saturated(result.get()) != 0
             ? std::numeric_limits<int>::max()
             : parasail().result_get_score(result.get());
}

Alignment Aligner::align(const std::string& other) const {
  Alignment alignment;
  if (other.empty()) return alignment;
  const Result result = trace(letters_, other);
  const Cigar cigar(
      require(parasail().result_get_cigar(result.get(), letters_.data(), size_of(letters_),
                                          other.data(), size_of(other), &parasail_blosum62)));
  for (int i = 0; i < cigar->len; ++i) {
    const auto columns = static_cast<int>(parasail().cigar_decode_len(cigar->seq[i]));
    const char kind = parasail().cigar_decode_op(cigar->seq[i]);
    // No local alignment begins with a gap: parasail lists what lies before it here
    // when it begins with the first residue of one of the two.
    if (alignment.columns == 0 && (kind == 'D' || kind == 'I')) continue;
    alignment.columns += columns;
    if (kind == '=') alignment.identical += columns;
    if (kind != 'D') alignment.first_residues += columns;
    if (kind != 'I') alignment.second_residues += columns;
  }
  alignment.pairs = identical_pairs(result.get(), *cigar);
  return alignment;
}

}  // namespace potential
