# As a script, while building: cmake -DINPUT=… -DOUTPUT=… -P embed_component.cmake
# turns the job file of GitLab into a C++ string, so that `init` writes the one that fits this program.
file(READ ${INPUT} text)
set(content "#include \"gate/commands/init_files.h\"\n\nnamespace patchgate {\n\nstd::string_view gitlab_component() {\n  return R\"component(")
string(APPEND content "${text}")
string(APPEND content ")component\";\n}\n\n}  // namespace patchgate\n")
file(WRITE ${OUTPUT} "${content}")
