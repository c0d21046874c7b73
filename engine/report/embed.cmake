# Writes a C++ source with the text of FILES (a list) in it, by the name of their folder and their own.
set(entries "")
foreach(path IN LISTS FILES)
  file(READ "${path}" text)
  if(text MATCHES "\\)asset\"")
    message(FATAL_ERROR "${path} holds the mark by which its text ends: )asset\"")
  endif()
  get_filename_component(name "${path}" NAME)
  get_filename_component(folder "${path}" DIRECTORY)
  get_filename_component(folder "${folder}" NAME)
  string(APPEND entries "    {\"${folder}/${name}\", R\"asset(${text})asset\"},\n")
endforeach()
file(WRITE "${OUTPUT}" "#include \"assets.hpp\"\n\nnamespace luohu::report {\n\nstd::span<const Asset> assets() {\n"
     "  static constexpr Asset table[]{\n${entries}  };\n  return table;\n}\n\n}  // namespace luohu::report\n")
