# Read by cpack when it starts: version and time of the packages are those of the programs in the build folder, so that
# the same commit gives the same bytes.
file(STRINGS ${CPACK_PATCHGATE_VERSION_TEXT} lines)
list(GET lines 0 version)
list(GET lines 1 day)
set(CPACK_PACKAGE_VERSION "${version}")
# To dpkg a hyphen is what comes before its own revision, and 1.0~dev is older than 1.0.
string(REPLACE "-" "~" CPACK_DEBIAN_PACKAGE_VERSION "${version}")
if(NOT DEFINED ENV{SOURCE_DATE_EPOCH})
  execute_process(COMMAND date -ud ${day} +%s OUTPUT_VARIABLE epoch OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
  set(ENV{SOURCE_DATE_EPOCH} ${epoch})
endif()
