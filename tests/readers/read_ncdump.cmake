# netCDF-C sees named dimensions, typed variables and text attributes: cmake -DFILE=… -P read_ncdump.cmake
# With -DSAMPLE=ON the declarations of tests/results/sample.hpp are asserted as well.
cmake_minimum_required(VERSION 3.25)
execute_process(COMMAND ncdump "${FILE}" OUTPUT_VARIABLE dump ERROR_VARIABLE error RESULT_VARIABLE status)
if(NOT status EQUAL 0)
  message(FATAL_ERROR "ncdump cannot read ${FILE}: ${status} ${error}")
endif()
set(wanted "string :Conventions = \"CF-1.8\"" "string scenario(scenario)" "int year(year)" "group: provenance")
if(SAMPLE)
  list(APPEND wanted "string :status = \"complete\"" "place = 3 " ":scale = 100LL"
       "int64 population(scenario, draw, replicate, year, place, zone, sex)"
       "int64 flow(scenario, draw, replicate, year, origin, destination)"
       "double rent(scenario, draw, replicate, year, place)"
       "string population:units = \"person\"" "string flow:cell_methods = \"year: sum\""
       "zone_name_zh = \"城镇\", \"乡村\"" "f9ccd8a1c5080070" "string :seed = \"18446744073709551557\"")
endif()
foreach(text IN LISTS wanted)
  string(FIND "${dump}" "${text}" at)
  if(at EQUAL -1)
    message(SEND_ERROR "ncdump of ${FILE} does not show: ${text}")
  endif()
endforeach()
foreach(text "phony_dim" "_FillValue" "UNLIMITED" "NIL")
  string(FIND "${dump}" "${text}" at)
  if(NOT at EQUAL -1)
    message(SEND_ERROR "ncdump of ${FILE} shows: ${text}")
  endif()
endforeach()
