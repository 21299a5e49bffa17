# The charting library of the HTML report: plotly.js of Debian's python3-plotly
# with its licence, packed into the library. Without it everything builds, and
# `potential report` says what to install.
find_file(POTENTIAL_PLOTLY_JS NAMES plotly.min.js plotly.js
  PATHS /usr/share/python3-plotly /usr/lib/python3/dist-packages/plotly/package_data
  NO_DEFAULT_PATH DOC "plotly.js, for the HTML report")
find_file(POTENTIAL_PLOTLY_LICENCE NAMES copyright
  PATHS /usr/share/doc/python3-plotly NO_DEFAULT_PATH DOC "the licence of plotly.js")
find_program(POTENTIAL_GZIP gzip)

set(POTENTIAL_HAS_CHARTS 0)
set(chart_sources "")
if(POTENTIAL_PLOTLY_JS AND POTENTIAL_PLOTLY_LICENCE AND POTENTIAL_GZIP)
  set(POTENTIAL_HAS_CHARTS 1)
  enable_language(ASM)
  set(charts_packed ${CMAKE_CURRENT_BINARY_DIR}/plotly.js.gz)
  add_custom_command(OUTPUT ${charts_packed}
    COMMAND ${POTENTIAL_GZIP} -9nc ${POTENTIAL_PLOTLY_JS} > ${charts_packed}
    DEPENDS ${POTENTIAL_PLOTLY_JS} VERBATIM)
  configure_file(src/report/charts.S.in ${CMAKE_CURRENT_BINARY_DIR}/charts.S @ONLY)
  set(chart_sources ${CMAKE_CURRENT_BINARY_DIR}/charts.S)
  set_source_files_properties(${chart_sources} PROPERTIES
    OBJECT_DEPENDS "${charts_packed};${POTENTIAL_PLOTLY_LICENCE}")
else()
  message(STATUS "python3-plotly was not found: potential report will be of no use")
endif()

foreach(part IN ITEMS frame:page.html style:page.css tables:page-tables.js script:page.js)
  string(REGEX MATCH "^(.*):(.*)$" part ${part})
  set(name page_${CMAKE_MATCH_1})
  set(file ${CMAKE_CURRENT_SOURCE_DIR}/src/report/${CMAKE_MATCH_2})
  file(READ ${file} ${name})
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
endforeach()
configure_file(src/report/page_parts.cpp.in ${CMAKE_CURRENT_BINARY_DIR}/page_parts.cpp @ONLY)
list(APPEND chart_sources ${CMAKE_CURRENT_BINARY_DIR}/page_parts.cpp)
