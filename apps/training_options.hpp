#pragma once
#include <string>
#include <vector>

#include <potential/training/train.hpp>

#include "command_line.hpp"

namespace potential::app {

/// What `train` and `build` share. `build` counts with the final bins already,
/// so it has no --bins of training.
void add_training_options(CommandLine& line);
/// Their names, and `bins` of train.
std::vector<std::string> training_option_names();
TrainOptions read_train_options(const Arguments& arguments);

}  // namespace potential::app
