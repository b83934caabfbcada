# cmake -DOUT=own_files.cpp -DSTYLE=style.css -DSCRIPT=script.js -P embed.cmake
# The two files as constants, and the base64 of their SHA-256.
cmake_policy(VERSION 3.25)

set(alphabet ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/)
# base64 HEX OUT: of 32 bytes
function(base64 hex out)
  set(result "")
  # Three bytes are six hex digits and four letters; the last two bytes are three letters and one `=`.
  foreach(at RANGE 0 54 6)
    string(SUBSTRING "${hex}" ${at} 6 six)
    math(EXPR number "0x${six}")
    foreach(shift 18 12 6 0)
      math(EXPR index "(${number} >> ${shift}) & 63")
      string(SUBSTRING ${alphabet} ${index} 1 letter)
      string(APPEND result ${letter})
    endforeach()
  endforeach()
  string(SUBSTRING "${hex}" 60 4 four)
  math(EXPR number "0x${four} << 2")
  foreach(shift 12 6 0)
    math(EXPR index "(${number} >> ${shift}) & 63")
    string(SUBSTRING ${alphabet} ${index} 1 letter)
    string(APPEND result ${letter})
  endforeach()
  set(${out} "${result}=" PARENT_SCOPE)
endfunction()

set(text "#include \"gate/reports/html/own_files.h\"\n\nnamespace patchgate {\n")
foreach(name Style Script)
  string(TOUPPER ${name} upper)
  file(READ ${${upper}} bytes HEX)
  file(SHA256 ${${upper}} hash)
  base64(${hash} letters)
  string(LENGTH "${bytes}" digits)
  math(EXPR size "${digits} / 2")
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "'\\\\x\\1'," bytes "${bytes}")
  string(APPEND text "\nstatic const char k${name}Bytes[] = {${bytes}'\\0'};\n"
                     "const std::string_view kPage${name}{k${name}Bytes, ${size}};\n"
                     "const std::string_view kPage${name}Hash{\"${letters}\"};\n")
endforeach()
string(APPEND text "\n}  // namespace patchgate\n")
file(WRITE ${OUT} "${text}")
