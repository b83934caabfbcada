# As a script, while building: cmake -DVERSION_TEXT=… -DCONTACT=… -DOUT=… -P debian_changelog.cmake
# writes the changelog that a Debian package has to have; its only entry is this version.
file(STRINGS ${VERSION_TEXT} lines)
list(GET lines 0 version)
list(GET lines 1 day)
string(REPLACE "-" "~" version "${version}")
execute_process(COMMAND env LC_ALL=C date -uRd ${day} OUTPUT_VARIABLE date OUTPUT_STRIP_TRAILING_WHITESPACE
                COMMAND_ERROR_IS_FATAL ANY)
file(WRITE ${OUT} "patchgate (${version}) bookworm; urgency=medium

  * What changed is in the history of the repository.

 -- ${CONTACT}  ${date}
")
