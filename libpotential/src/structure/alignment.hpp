#pragma once
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace potential {

/// The best local alignment of two sequences.
struct Alignment {
  int columns = 0;                              ///< gaps included
  int identical = 0;                            ///< columns
  int first_residues = 0, second_residues = 0;  ///< of each sequence, gaps not included
  /// The identical columns, as places in the two sequences from 0, ascending.
  std::vector<std::pair<int, int>> pairs;
};

/// Aligns a sequence with others: Smith-Waterman with BLOSUM62, 11 for a gap and 1
/// for each residue in it, as BLAST has them, by parasail. Threads may share one.
class Aligner {
 public:
  /// @param letters  amino acids; not empty
  explicit Aligner(std::string letters);

  const std::string& letters() const { return letters_; }
  /// The score of the best local alignment; INT_MAX when 16 bits do not hold it.
  int score(const std::string& other) const;
  /// The alignment itself, which takes several times as long.
  Alignment align(const std::string& other) const;

 private:
  std::string letters_;
  std::shared_ptr<const void> profile_;  ///< parasail's
};

}  // namespace potential
