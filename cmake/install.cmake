# What `cmake --install` puts where, and the .deb that `cpack` makes of it. Schemas are installed by the folders that
# have them.

# The program's own texts, as it prints them. gzip -n leaves out name and time, so that the same text has the same bytes.
find_program(GZIP gzip REQUIRED)
set(PATCHGATE_CONTACT "The patchgate maintainers <maintainers@patchgate.invalid>"
    CACHE STRING "Who answers for the package: NAME <ADDRESS>")
set(texts ${CMAKE_BINARY_DIR}/texts)
file(MAKE_DIRECTORY ${texts})
add_custom_command(OUTPUT ${texts}/patchgate.1.gz ${texts}/patchgate.bash ${texts}/_patchgate ${texts}/patchgate.fish
                          ${texts}/changelog.gz
  COMMAND patchgate man > ${texts}/patchgate.1
  COMMAND ${GZIP} -9nf ${texts}/patchgate.1
  COMMAND patchgate completions bash > ${texts}/patchgate.bash
  COMMAND patchgate completions zsh > ${texts}/_patchgate
  COMMAND patchgate completions fish > ${texts}/patchgate.fish
  COMMAND ${CMAKE_COMMAND} -DVERSION_TEXT=${PATCHGATE_VERSION_TEXT} -DCONTACT=${PATCHGATE_CONTACT}
          -DOUT=${texts}/changelog -P ${CMAKE_SOURCE_DIR}/cmake/debian_changelog.cmake
  COMMAND ${GZIP} -9nf ${texts}/changelog
  DEPENDS patchgate COMMENT "Printing the manual page and completions" VERBATIM)
add_custom_target(texts ALL DEPENDS ${texts}/patchgate.1.gz)

# The work tree decides nothing about modes: files 0644, programs 0755.
set(readable PERMISSIONS OWNER_READ OWNER_WRITE GROUP_READ WORLD_READ)
install(FILES ${texts}/patchgate.1.gz DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 ${readable})
install(FILES ${texts}/patchgate.bash DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME patchgate
        ${readable})
install(FILES ${texts}/_patchgate DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions ${readable})
install(FILES ${texts}/patchgate.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d ${readable})
install(FILES .pre-commit-hooks.yaml DESTINATION ${CMAKE_INSTALL_DATADIR}/patchgate RENAME pre-commit-hooks.yaml ${readable})
file(GLOB pages CONFIGURE_DEPENDS docs/*.md docs/*.svg)
install(FILES README.md ${pages} ${texts}/changelog.gz DESTINATION ${CMAKE_INSTALL_DOCDIR} ${readable})
install(FILES cmake/copyright.txt DESTINATION ${CMAKE_INSTALL_DOCDIR} RENAME copyright ${readable})
foreach(templates github gitlab container)
  if(IS_DIRECTORY ${CMAKE_SOURCE_DIR}/ci/${templates})
    install(DIRECTORY ci/${templates} DESTINATION ${CMAKE_INSTALL_DATADIR}/patchgate/ci
            USE_SOURCE_PERMISSIONS DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE
            WORLD_READ WORLD_EXECUTE
            # What is copied into another repository; the actions need the sources around them.
            FILES_MATCHING PATTERN *.yml PATTERN *.md PATTERN Containerfile PATTERN action.yml EXCLUDE PATTERN comment EXCLUDE)
  endif()
endforeach()

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME patchgate)
set(CPACK_PACKAGE_VENDOR "the patchgate project")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "judges a C or C++ patch just before it is deployed")
set(CPACK_PACKAGE_DESCRIPTION
    "patchgate reads the call graph of a project, finds out how much depends on
what a patch touches and which data it can change, and asks for proof in
proportion: a test that reaches the touched code, a rollout in stages that
stops by itself. A risky hotfix that lacks such a proof is blocked, with what
is missing and how to pass.")
set(CPACK_PACKAGE_CONTACT "${PATCHGATE_CONTACT}")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# Clang's own headers (stddef.h and the like), which every unit includes; the libraries are found by dpkg-shlibdeps.
set(CPACK_DEBIAN_PACKAGE_DEPENDS libclang-common-${PATCHGATE_LLVM_VERSION}-dev)
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "git, graphviz")
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
# Read by cpack when it runs: the version is that of the programs in the build folder.
set(CPACK_PROJECT_CONFIG_FILE ${CMAKE_SOURCE_DIR}/cmake/package.cmake)
set(CPACK_PATCHGATE_VERSION_TEXT ${PATCHGATE_VERSION_TEXT})
include(CPack)
