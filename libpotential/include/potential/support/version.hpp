#pragma once

namespace potential {

/// The version of the library, such as "0.1.0".
const char* library_version();

}  // namespace potential
