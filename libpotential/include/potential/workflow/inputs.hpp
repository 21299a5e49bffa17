#pragma once
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include <potential/pipeline/progress.hpp>

namespace potential {

/// What a run reads, in this order: structure files, folders, archives and lists
/// (see InputSource).
struct Inputs {
  std::vector<std::string> names;
  std::string standard_input;  ///< the list that the name `-` stands for, one input a line

  Inputs(std::initializer_list<std::string> n) : names(n) {}
  Inputs(std::vector<std::string> n, std::string list = "")
      : names(std::move(n)), standard_input(std::move(list)) {}
};

/// What all runs over inputs have in common.
struct RunOptions {
  bool strict = false;  ///< the first input that cannot be used ends the run (Error)
  int threads = 0;      ///< 0 = all cores
  RunObserver observer;
};

}  // namespace potential
