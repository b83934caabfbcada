# cmake -DOUT=embedded.cpp -DEMBED="name:file;name:file" -P embed.cmake
# Writes each file's bytes as a constant of namespace patchgate::embedded. Byte by byte: no character needs an escape, and no compiler's
# limit on the length of a string literal is met.
cmake_policy(VERSION 3.25)
set(text "#include \"policies/packs/embedded.h\"\n\nnamespace patchgate::embedded {\n")
foreach(item IN LISTS EMBED)
  string(REGEX MATCH "^([a-z_]+):(.+)$" whole "${item}")
  set(name ${CMAKE_MATCH_1})
  file(READ ${CMAKE_MATCH_2} bytes HEX)
  string(LENGTH "${bytes}" digits)
  math(EXPR size "${digits} / 2")
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "'\\\\x\\1'," bytes "${bytes}")
  string(APPEND text "\nstatic const char ${name}_bytes[] = {${bytes}'\\0'};\n"
                     "const std::string_view ${name}{${name}_bytes, ${size}};\n")
endforeach()
string(APPEND text "\n}  // namespace patchgate::embedded\n")
file(WRITE ${OUT} "${text}")
