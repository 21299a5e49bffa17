# cpack -G DEB: potential (program, library, potentials), libpotential-dev and,
# if it was built, python3-potential.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME potential)
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "statistical potentials of proteins")
set(CPACK_PACKAGE_VENDOR "The potential developers")
set(POTENTIAL_PACKAGE_CONTACT "The potential developers <potential@localhost>"
  CACHE STRING "Maintainer of the packages that cpack makes, with an address")
set(CPACK_PACKAGE_CONTACT ${POTENTIAL_PACKAGE_CONTACT})
set(CPACK_PACKAGE_DIRECTORY ${PROJECT_BINARY_DIR}/packages)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_COMPONENTS_ALL runtime development)
if(TARGET potential_python)
  list(APPEND CPACK_COMPONENTS_ALL python)
endif()

set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# Where dpkg-shlibdeps finds the library, which belongs to no installed package.
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS_PRIVATE_DIRS ${PROJECT_BINARY_DIR}/libpotential)
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS ON)
set(CPACK_DEBIAN_ENABLE_COMPONENT_DEPENDS OFF)

set(CPACK_DEBIAN_RUNTIME_PACKAGE_NAME potential)
set(CPACK_DEBIAN_RUNTIME_PACKAGE_SECTION science)
set(CPACK_COMPONENT_RUNTIME_DESCRIPTION
"Counts the contacts of residues or atoms in protein structures, trains
distance-dependent statistical potentials from the counts (RAPDF and its
relatives), scores and ranks models with them. With potentials that are ready
to use.")
# Loaded, not linked with, so dpkg-shlibdeps does not see it: libparasail8.
string(REGEX REPLACE "\\.so\\." "" parasail_package ${PARASAIL_SONAME})
set(CPACK_DEBIAN_RUNTIME_PACKAGE_DEPENDS ${parasail_package})
set(CPACK_DEBIAN_RUNTIME_PACKAGE_RECOMMENDS gnuplot-nox)
set(CPACK_DEBIAN_RUNTIME_PACKAGE_SUGGESTS "bash-completion, python3-h5py")

file(WRITE ${PROJECT_BINARY_DIR}/packaging/triggers "activate-noawait ldconfig\n")
set(CPACK_DEBIAN_RUNTIME_PACKAGE_CONTROL_EXTRA ${PROJECT_BINARY_DIR}/packaging/triggers)

set(dependency "potential (= ${PROJECT_VERSION})")
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_NAME libpotential-dev)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_DEPENDS "${dependency}, libeigen3-dev")
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SHLIBDEPS OFF)
set(CPACK_COMPONENT_DEVELOPMENT_DESCRIPTION
"What is needed to build programs with the library of potential: headers, CMake
package and pkg-config file.")

set(CPACK_DEBIAN_PYTHON_PACKAGE_NAME python3-potential)
set(CPACK_DEBIAN_PYTHON_PACKAGE_SECTION python)
set(CPACK_COMPONENT_PYTHON_DESCRIPTION
"The Python module potential: the library from Python, its tables as NumPy
arrays.")
if(TARGET potential_python)
  math(EXPR next_python "${Python3_VERSION_MINOR} + 1")
  set(CPACK_DEBIAN_PYTHON_PACKAGE_DEPENDS
    "${dependency}, python3 (>= 3.${Python3_VERSION_MINOR}), python3 (<< 3.${next_python}), python3-numpy")
endif()
set(CPACK_DEBIAN_PYTHON_PACKAGE_CONTROL_EXTRA
  ${PROJECT_BINARY_DIR}/packaging/postinst ${PROJECT_BINARY_DIR}/packaging/prerm)
# Byte code is made at install time, so that it goes when the package goes.
file(CONFIGURE OUTPUT packaging/postinst CONTENT
"#!/bin/sh
set -e
if [ \"$1\" = configure ] && command -v py3compile > /dev/null; then
  py3compile -p python3-potential
fi
" @ONLY)
file(CONFIGURE OUTPUT packaging/prerm CONTENT
"#!/bin/sh
set -e
if command -v py3clean > /dev/null; then
  py3clean -p python3-potential
fi
" @ONLY)
file(CHMOD ${PROJECT_BINARY_DIR}/packaging/postinst ${PROJECT_BINARY_DIR}/packaging/prerm
  PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)

# The licence, where Debian looks for them; not part of a plain install.
file(READ ${PROJECT_SOURCE_DIR}/LICENSE licence)
file(WRITE ${PROJECT_BINARY_DIR}/packaging/copyright "${licence}")
foreach(part IN ITEMS runtime=potential development=libpotential-dev python=python3-potential)
  string(REPLACE "=" ";" part ${part})
  list(GET part 0 component)
  list(GET part 1 package)
  install(FILES ${PROJECT_BINARY_DIR}/packaging/copyright COMPONENT ${component} EXCLUDE_FROM_ALL
    DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/${package})
endforeach()
include(CPack)
