#pragma once
#include <string_view>

namespace potential {

/// The files page.html, page.css, page-tables.js and page.js of this room, taken in by CMake.
extern const char* const page_frame;
extern const char* const page_style;
extern const char* const page_tables;
extern const char* const page_script;

/// plotly.js as gzip, and its licence; taken up when the library is built,
/// empty when it was not there.
std::string_view chart_library();
std::string_view chart_licence();

}  // namespace potential
