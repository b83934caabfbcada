# As a script, while building: cmake -DROOT=… -DFOLDERS=a,b -DNAME=… -DOUT=… -P source_hash.cmake
# writes a source file that defines std::string_view patchgate::NAME(): a hash of the names and contents of all sources
# in these folders of ROOT.
string(REPLACE "," ";" FOLDERS "${FOLDERS}")
set(all "")
foreach(folder ${FOLDERS})
  file(GLOB files RELATIVE ${ROOT} ${ROOT}/${folder}/*.h ${ROOT}/${folder}/*.cpp)
  list(SORT files)
  foreach(file ${files})
    file(SHA256 ${ROOT}/${file} content)
    string(APPEND all "${content} ${file}\n")
  endforeach()
endforeach()
string(SHA256 hash "${all}")
file(WRITE ${OUT} "#include <string_view>\n\nnamespace patchgate {\n\nstd::string_view ${NAME}();\nstd::string_view ${NAME}() { return \"${hash}\"; }\n\n}  // namespace patchgate\n")
