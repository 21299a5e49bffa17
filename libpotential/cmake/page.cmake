# The parts of the HTML report's page and D3, which draws its axes, packed into the library.
find_file(D3_SCRIPT d3.min.js PATHS /usr/share/javascript/d3 PATH_SUFFIXES share/javascript/d3 REQUIRED)
file(READ ${D3_SCRIPT} page_d3)
foreach(part IN ITEMS
    frame:page.html style:page.css tables:page-tables.js charts:page-charts.js figures:page-figures.js
    script:page.js)
  string(REGEX MATCH "^(.*):(.*)$" part ${part})
  set(name page_${CMAKE_MATCH_1})
  set(file ${CMAKE_CURRENT_SOURCE_DIR}/src/report/${CMAKE_MATCH_2})
  file(READ ${file} ${name})
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
endforeach()
configure_file(src/report/page_parts.cpp.in ${CMAKE_CURRENT_BINARY_DIR}/page_parts.cpp @ONLY)
set(page_sources ${CMAKE_CURRENT_BINARY_DIR}/page_parts.cpp)
# D3 is one literal of 240 kB; C++ compilers need not take more than 64.
set_source_files_properties(${page_sources} PROPERTIES COMPILE_OPTIONS -Wno-overlength-strings)
