# Tests of the sources themselves, and of the results file in the programs people read it with.

option(LUOHU_READERS "Test the results file in xarray, h5py, R and ncdump" ON)

set(script ${CMAKE_COMMAND} -DSOURCE=${PROJECT_SOURCE_DIR})
add_test(NAME "style: architecture" COMMAND ${script} -P ${CMAKE_CURRENT_SOURCE_DIR}/architecture.cmake)
add_test(NAME "style: architecture check can fail"
         COMMAND ${script} -DWORK=${CMAKE_CURRENT_BINARY_DIR}/planted
                 -P ${CMAKE_CURRENT_SOURCE_DIR}/architecture_fails.cmake)
add_test(NAME "style: format" COMMAND ${script} -P ${CMAKE_CURRENT_SOURCE_DIR}/format.cmake)
set_tests_properties("style: architecture" "style: architecture check can fail" "style: format"
                     PROPERTIES LABELS style)

if(LUOHU_HARDEN AND NOT LUOHU_SANITIZE)
  add_test(NAME "style: hardening" COMMAND ${script} -DLUOHU=$<TARGET_FILE:luohu>
                                           -P ${CMAKE_CURRENT_SOURCE_DIR}/hardening.cmake)
  set_tests_properties("style: hardening" PROPERTIES LABELS style)
endif()

# docs/ against the program and the sources; `cmake --build build/release --target docs` rewrites the generated parts.
set(docs ${script} -DLUOHU=$<TARGET_FILE:luohu>)
add_test(NAME "style: documentation" COMMAND ${docs} -P ${CMAKE_CURRENT_SOURCE_DIR}/docs.cmake)
set_tests_properties("style: documentation" PROPERTIES LABELS style)
add_custom_target(docs COMMAND ${docs} -DWRITE=ON -P ${CMAKE_CURRENT_SOURCE_DIR}/docs.cmake DEPENDS luohu VERBATIM)

# These tests damage files through the library itself.
foreach(tests results_tests cli_tests)
  if(TARGET ${tests})
    target_link_libraries(${tests} PRIVATE hdf5::hdf5)
  endif()
endforeach()

if(LUOHU_READERS)
  add_subdirectory(readers)
endif()
