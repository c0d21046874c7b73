# The program is hardened, runs no other program, and copies itself in one place only:
# cmake -DSOURCE=/path/to/luohu -DLUOHU=/path/to/program -P hardening.cmake
cmake_minimum_required(VERSION 3.25)

find_program(READELF readelf REQUIRED)
execute_process(COMMAND ${READELF} -hlWd --dyn-syms ${LUOHU} OUTPUT_VARIABLE elf RESULT_VARIABLE status)
if(NOT status EQUAL 0)
  message(FATAL_ERROR "readelf cannot read ${LUOHU}")
endif()
foreach(wanted "Type: +DYN .Position-Independent Executable"  # loaded anywhere
               "GNU_RELRO" "BIND_NOW|FLAGS_1.*NOW"            # its tables of addresses are read-only
               "GNU_STACK[^\n]* RW "                          # nothing on the stack is run
               "__stack_chk_fail"                             # a stack overrun is noticed
               "__(memcpy|memmove|memset|snprintf|vsnprintf|read|strncpy|fread|fgets|realpath|getcwd)_chk")
  if(NOT elf MATCHES "${wanted}")
    message(SEND_ERROR "${LUOHU}: not hardened: readelf shows no ${wanted}")
  endif()
endforeach()

# No shell, no other program; fork is for the rehearsal of results files alone.
file(GLOB_RECURSE sources "${SOURCE}/include/*.?pp" "${SOURCE}/engine/*.?pp" "${SOURCE}/bench/*.?pp")
foreach(file IN LISTS sources)
  file(STRINGS "${file}" lines REGEX "(^ *|[)=(!,;{?:&|] *|return |std::)(system|popen|exec[lv]p?e?|posix_spawnp?|dlopen|tmpnam|mktemp|gets|strcpy|sprintf)\\(")
  foreach(line IN LISTS lines)
    if(NOT line MATCHES "^ *//")
      message(SEND_ERROR "${file}: runs another program, loads code or calls what cannot be called safely: ${line}")
    endif()
  endforeach()
  file(STRINGS "${file}" forks REGEX "(^|[^A-Za-z_])v?fork *\\(")
  if(forks AND NOT file MATCHES "/results/rehearsal.cpp$")
    message(SEND_ERROR "${file}: only results/rehearsal.cpp may fork")
  endif()
endforeach()
