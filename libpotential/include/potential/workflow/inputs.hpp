#pragma once
#include <cstddef>
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

/// One of several parts of the inputs: input i, counted from 0 and the members
/// of archives one by one, goes to part i mod `of` + 1.
struct Shard {
  int number = 1;
  int of = 1;
  bool takes(std::size_t i) const {
    return i % static_cast<std::size_t>(of) + 1 == static_cast<std::size_t>(number);
  }
};

/// What all runs over inputs have in common.
struct RunOptions {
  bool strict = false;  ///< the first input that cannot be used ends the run (Error)
  int threads = 0;      ///< 0 = all cores
  RunObserver observer;
};

}  // namespace potential
