#pragma once
#include <string_view>

namespace potential {

/// True when a PDB file says that AlphaFold, ColabFold or ESMFold predicted it: in
/// HEADER, TITLE or a remark before the atoms, and no EXPDTA names an experiment.
/// Its B-factors are pLDDT then. A remark that names AlphaFold must also speak of
/// a prediction: files of experiments name it as the model they started from.
bool says_predicted(std::string_view pdb);

}  // namespace potential
