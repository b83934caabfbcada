# As a script, while building: cmake -DROOT=… -DOUT=… -P version.cmake
# writes OUT, a source file that defines patchgate::program_version() and program_date(), and OUT.txt with both, one a
# line; only where they changed. From the state of git:
#   the commit has a tag v1.2.0     1.2.0
#   5 commits after the tag v1.2.0  1.2.0+5.g6315281c0e7a
#   no tag v… yet                   0.1.0-dev.20260105.g6315281c0e7a   (the next version, day of the commit)
#   changed files                   …+dirty, or ….dirty where there is a + already
# in an archive that `git archive` or a forge made, from cmake/archived_version.txt, which git filled in then; else 0.1.0-dev.
# The date is the commit's. All of it depends on the commit alone: no clock.
set(NEXT 0.1.0)

function(git out)
  execute_process(COMMAND git -C ${ROOT} ${ARGN} OUTPUT_VARIABLE text ERROR_QUIET RESULT_VARIABLE code
                  OUTPUT_STRIP_TRAILING_WHITESPACE)
  if(NOT code EQUAL 0)
    set(text "")
  endif()
  set(${out} "${text}" PARENT_SCOPE)
endfunction()

# version_of(<description by git describe> <commit's short id> <day>) sets `version`
function(version_of description id day)
  if(description MATCHES "^v([0-9][0-9A-Za-z.]*)-([0-9]+)-g([0-9a-f]+)$")
    set(text "${CMAKE_MATCH_1}+${CMAKE_MATCH_2}.g${CMAKE_MATCH_3}")
    if(CMAKE_MATCH_2 EQUAL 0)
      set(text "${CMAKE_MATCH_1}")
    endif()
  elseif(description MATCHES "^v([0-9][0-9A-Za-z.]*)$")
    set(text "${CMAKE_MATCH_1}")
  elseif(id MATCHES "^[0-9a-f]+$")
    string(REPLACE "-" "" digits "${day}")
    set(text "${NEXT}-dev.${digits}.g${id}")
  else()
    set(text "${NEXT}-dev")
  endif()
  set(version "${text}" PARENT_SCOPE)
endfunction()

# A folder inside of somebody else's repository is not described by that one.
git(top rev-parse --show-prefix)
git(id rev-parse --short=12 HEAD)
if(id AND top STREQUAL "")
  git(day show -s --format=%cs HEAD)
  git(description describe --tags --long --abbrev=12 --match "v[0-9]*")
  version_of("${description}" "${id}" "${day}")
  git(changed --no-optional-locks status --porcelain --untracked-files=no)
  if(changed AND version MATCHES "[+]")
    string(APPEND version ".dirty")
  elseif(changed)
    string(APPEND version "+dirty")
  endif()
else()
  file(STRINGS ${ROOT}/cmake/archived_version.txt lines)
  list(FILTER lines EXCLUDE REGEX "^#")
  list(GET lines 0 description)
  list(GET lines 1 id)
  list(GET lines 2 day)
  if(NOT day MATCHES "^[0-9-]+$")
    set(day "1970-01-01")
  endif()
  version_of("${description}" "${id}" "${day}")
endif()

# write_changed(<file> <text>)
function(write_changed file text)
  set(old "")
  if(EXISTS ${file})
    file(READ ${file} old)
  endif()
  if(NOT old STREQUAL text)
    file(WRITE ${file} "${text}")
  endif()
endfunction()

write_changed(${OUT} "#include \"gate/version/version.h\"

namespace patchgate {

std::string program_version() { return \"${version}\"; }
std::string program_date() { return \"${day}\"; }

}  // namespace patchgate
")
write_changed(${OUT}.txt "${version}\n${day}\n")
