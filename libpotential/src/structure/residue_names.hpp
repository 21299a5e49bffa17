#pragma once

namespace potential {

/// The text of data/residue-names.txt, compiled in.
const char* residue_names_text();

}  // namespace potential
