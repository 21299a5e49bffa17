#pragma once

namespace potential {

/// The files page.html, page.css, page-tables.js, page-charts.js,
/// page-figures.js and page.js of this room, taken in by CMake.
extern const char* const page_frame;
extern const char* const page_style;
extern const char* const page_d3;
extern const char* const page_tables;
extern const char* const page_charts;
extern const char* const page_figures;
extern const char* const page_script;

}  // namespace potential
