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
# The other compiler, where it is there: the headers are for both.
find_program(CLANG NAMES clang++)
if(CLANG AND NOT CXX STREQUAL CLANG)
  must(${CMAKE_COMMAND} -S ${SOURCE}/tests/package -B ${WORK}/build-clang
       -DCMAKE_PREFIX_PATH=${WORK}/prefix -DCMAKE_CXX_COMPILER=${CLANG})
  must(${CMAKE_COMMAND} --build ${WORK}/build-clang --target headers)
endif()
if(NOT EXISTS /proc/self/exe)  # then the dynamic linker does not know what $ORIGIN is
  file(GLOB_RECURSE library ${WORK}/prefix/lib/libpotential.*)
  list(GET library 0 library)
  get_filename_component(folder ${library} DIRECTORY)
  set(ENV{LD_LIBRARY_PATH} ${folder})
else()
  unset(ENV{LD_LIBRARY_PATH})
endif()
must(${WORK}/build/outside)
# What the pages show, beside the files that they name.
set(folder ${WORK}/build/run)
find_program(PYTHON3 python3 REQUIRED)
must(${PYTHON3} -B ${SOURCE}/tests/package/snippets.py --files ${folder} ${SOURCE}/tests/package/model.pdb)
foreach(page IN ITEMS README docs_library)
  must(${CMAKE_COMMAND} -E chdir ${folder} ${CMAKE_COMMAND} -E env --unset=POTENTIAL_DATA
       ${WORK}/build/${page})
endforeach()
foreach(file IN ITEMS counts.h5 rapdf.h5 report.html)
  if(NOT EXISTS ${folder}/${file})
    message(FATAL_ERROR "the examples of docs/library.md did not write ${file}")
  endif()
endforeach()
must(${WORK}/prefix/bin/potential --version)
# From the installed place alone: a shipped potential, looked for beside the program.
must(${CMAKE_COMMAND} -E env --unset=POTENTIAL_DATA ${WORK}/prefix/bin/potential query rapdf-ca)

# The same program without CMake, with what pkg-config says.
find_program(PKG_CONFIG NAMES pkg-config pkgconf)
if(PKG_CONFIG)
  file(GLOB_RECURSE pc ${WORK}/prefix/*/potential.pc)
  get_filename_component(folder ${pc} DIRECTORY)
  execute_process(COMMAND ${CMAKE_COMMAND} -E env PKG_CONFIG_PATH=${folder}
    ${PKG_CONFIG} --cflags --libs potential
    RESULT_VARIABLE status OUTPUT_VARIABLE flags OUTPUT_STRIP_TRAILING_WHITESPACE)
  if(NOT status EQUAL 0)
    message(FATAL_ERROR "pkg-config does not know potential")
  endif()
  separate_arguments(flags UNIX_COMMAND "${flags}")
  must(${CXX} -std=c++17 ${WORK}/build/docs_library.cpp -o ${WORK}/without_cmake ${flags})
  file(GLOB_RECURSE library ${WORK}/prefix/lib/libpotential.*)
  list(GET library 0 library)
  get_filename_component(folder ${library} DIRECTORY)
  must(${CMAKE_COMMAND} -E chdir ${WORK}/build/run ${CMAKE_COMMAND} -E env
       --unset=POTENTIAL_DATA LD_LIBRARY_PATH=${folder} ${WORK}/without_cmake)
else()
  message(STATUS "pkg-config is not installed: not tested")
endif()

if(PYTHON)
  must(${CMAKE_COMMAND} -E env --unset=LD_LIBRARY_PATH --unset=POTENTIAL_DATA
       PYTHONPATH=${WORK}/prefix/${PYTHON_FOLDER} ${PYTHON} -B -c
       "import potential; assert potential.open('rapdf-ca').scores.size > 0")
endif()

# What the commands' help was made into, where Python was there to do it.
if(EXISTS ${BINARY}/help/made)
  foreach(file IN ITEMS man/man1/potential.1.gz man/man1/potential-score.1.gz
          bash-completion/completions/potential)
    if(NOT EXISTS ${WORK}/prefix/share/${file})
      message(FATAL_ERROR "not installed: share/${file}")
    endif()
  endforeach()
endif()

# Nothing stays behind, and no folder that Python could still import.
must(${CMAKE_COMMAND} -DMANIFEST=${BINARY}/install_manifest.txt
     -P ${SOURCE}/libpotential/cmake/uninstall.cmake)
file(GLOB_RECURSE left LIST_DIRECTORIES true ${WORK}/prefix/*potential*)
list(FILTER left INCLUDE REGEX "potential[^/]*$")
if(left)
  message(FATAL_ERROR "still there after the uninstall: ${left}")
endif()
