#pragma once
#include <potential/training/train.hpp>

#include "command_line.hpp"

namespace potential::app {

/// What `train` and `build` share. `build` counts with the final bins already,
/// so it has no --bins of training.
void add_training_options(CommandLine& line);
TrainOptions read_train_options(const Arguments& arguments);

}  // namespace potential::app
