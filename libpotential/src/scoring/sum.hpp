#pragma once
#include <cstddef>

namespace potential {

/// Sum of term(0) ... term(size - 1) as four short chains of additions, since
/// one long one would wait for every step. Always in the same order.
template <class Term>
double sum_of_terms(std::size_t size, const Term& term) {
  double a = 0, b = 0, c = 0, d = 0;
  std::size_t k = 0;
  for (; k + 4 <= size; k += 4) {
    a += term(k);
    b += term(k + 1);
    c += term(k + 2);
    d += term(k + 3);
  }
  if (k < size) a += term(k);
  if (k + 1 < size) b += term(k + 1);
  if (k + 2 < size) c += term(k + 2);
  return (a + b) + (c + d);
}

}  // namespace potential
