# Installs the built project to a folder of its own and builds the outside
# project against it. Called by ctest with -D SOURCE= BINARY= WORK= CXX=.
function(must)
  execute_process(COMMAND ${ARGV} RESULT_VARIABLE status OUTPUT_VARIABLE out ERROR_VARIABLE out)
  if(NOT status EQUAL 0)
    message(FATAL_ERROR "failed: ${ARGV}\n${out}")
  endif()
endfunction()
file(REMOVE_RECURSE ${WORK})
must(${CMAKE_COMMAND} --install ${BINARY} --prefix ${WORK}/prefix)
must(${CMAKE_COMMAND} -S ${SOURCE}/tests/package -B ${WORK}/build
     -DCMAKE_PREFIX_PATH=${WORK}/prefix -DCMAKE_CXX_COMPILER=${CXX})
must(${CMAKE_COMMAND} --build ${WORK}/build)
must(${CMAKE_COMMAND} -E env --unset=LD_LIBRARY_PATH ${WORK}/build/outside)
must(${WORK}/prefix/bin/potential --version)
