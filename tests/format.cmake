# Every source is formatted as .clang-format says: cmake -DSOURCE=/path/to/luohu -P format.cmake
cmake_minimum_required(VERSION 3.25)
find_program(CLANG_FORMAT NAMES clang-format-14 clang-format REQUIRED)
# Other versions break lines elsewhere.
execute_process(COMMAND ${CLANG_FORMAT} --version OUTPUT_VARIABLE version)
if(NOT version MATCHES "version 14\\.")
  message(FATAL_ERROR "clang-format 14 is wanted, found: ${version}")
endif()
foreach(folder include engine tests bench)
  file(GLOB_RECURSE found "${SOURCE}/${folder}/*.hpp" "${SOURCE}/${folder}/*.cpp")
  list(APPEND files ${found})
endforeach()
execute_process(COMMAND ${CLANG_FORMAT} --style=file --dry-run -Werror --ferror-limit=1 ${files}
                WORKING_DIRECTORY "${SOURCE}" RESULT_VARIABLE status)
if(NOT status EQUAL 0)
  message(FATAL_ERROR "not formatted; run: clang-format-14 -i FILE")
endif()
