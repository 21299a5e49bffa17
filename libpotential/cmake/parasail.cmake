# PARASAIL_SONAME, the name that programs know the library by (libparasail.so.8), and
# PARASAIL_RUNTIME, what is loaded: that name where the system looks for libraries,
# else the path.
execute_process(COMMAND ${CMAKE_OBJDUMP} -p ${PARASAIL_LIBRARY}
  OUTPUT_VARIABLE headers ERROR_QUIET)
if(NOT headers MATCHES "SONAME +([^ \n]+)")
  message(FATAL_ERROR "${PARASAIL_LIBRARY} is no shared library: parasail is loaded when it is needed")
endif()
set(PARASAIL_SONAME ${CMAKE_MATCH_1})
set(PARASAIL_RUNTIME ${PARASAIL_SONAME})
get_filename_component(folder ${PARASAIL_LIBRARY} DIRECTORY)
if(NOT folder IN_LIST CMAKE_CXX_IMPLICIT_LINK_DIRECTORIES)
  set(PARASAIL_RUNTIME ${folder}/${PARASAIL_SONAME})
endif()
