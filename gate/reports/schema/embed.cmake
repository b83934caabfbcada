# Turns report.schema.json into a C++ string. Read by `cmake -P`, with INPUT and OUTPUT.
file(READ ${INPUT} text)
set(content "#include \"gate/reports/report_schema.h\"\n\nnamespace patchgate {\n\nstd::string_view report_schema() {\n  return R\"schema(")
string(APPEND content "${text}")
string(APPEND content ")schema\";\n}\n\n}  // namespace patchgate\n")
file(WRITE ${OUTPUT} "${content}")
