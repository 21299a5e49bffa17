#include <potential/support/version.hpp>

#include "potential_version.hpp"

namespace potential {

const char* library_version() { return POTENTIAL_VERSION; }

}  // namespace potential
