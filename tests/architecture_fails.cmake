# The architecture check must be able to fail: each planted fault, alone, ends it with an error.
# cmake -DSOURCE=/path/to/luohu -DWORK=/scratch/folder -P architecture_fails.cmake
cmake_minimum_required(VERSION 3.25)

function(expect_refusal name path text expected)
  file(REMOVE_RECURSE "${WORK}")
  file(COPY "${SOURCE}/engine" "${SOURCE}/include" DESTINATION "${WORK}")
  file(WRITE "${WORK}/${path}" "${text}")
  execute_process(COMMAND ${CMAKE_COMMAND} -DSOURCE=${WORK} -P "${SOURCE}/tests/architecture.cmake"
                  RESULT_VARIABLE status ERROR_VARIABLE error OUTPUT_QUIET)
  string(REGEX REPLACE "[ \n]+" " " error "${error}")
  if(status EQUAL 0 OR NOT error MATCHES "${expected}")
    message(SEND_ERROR "${name} is not noticed: ${error}")
  endif()
endfunction()

expect_refusal("an upward include" include/luohu/core/x.hpp "#include \"luohu/places/places.hpp\"\n"
               "'core' may not use 'places'")
expect_refusal("a private header" engine/rates/x.cpp "#include \"../scenario/y.hpp\"\n" "private header")
expect_refusal("HDF5 elsewhere" engine/tabulate/x.cpp "#include <hdf5.h>\n" "only 'results'")
expect_refusal("TOML elsewhere" engine/cli/x.cpp "#include <toml++/toml.h>\n" "only 'scenario'")
expect_refusal("Boost elsewhere" engine/scenario/x.cpp "#include <boost/program_options.hpp>\n" "only 'cli'")
expect_refusal("another part of Boost" engine/cli/x.cpp "#include <boost/random/sobol.hpp>\n" "only 'inference'")
expect_refusal("a pragma elsewhere" engine/processes/x.cpp "#pragma omp parallel for\n" "OpenMP")
expect_refusal("a library in an interface" include/luohu/results/x.hpp "#include <hdf5.h>\n" "interface shows")
expect_refusal("a folder that is no module" engine/utils/x.cpp "\n" "not a module")
string(REPEAT "//\n" 501 long)
expect_refusal("a long file" engine/core/x.cpp "${long}" "501 lines")
file(REMOVE_RECURSE "${WORK}")
