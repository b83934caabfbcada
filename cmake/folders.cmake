# One target a folder. A target sees the headers of the folders that it links, and no others: each gets an include root of its own
# that holds nothing but a link to its folder, so that a wrong include does not build.

add_library(pg_warnings INTERFACE)
target_compile_options(pg_warnings INTERFACE -Wall -Wextra -Werror -Wshadow -Wnon-virtual-dtor -Wunused-result
                       "$<$<CXX_COMPILER_ID:GNU>:-Wno-restrict;-Wno-maybe-uninitialized>")

# pg_folder(<target> SOURCES … [LINKS folders seen through its headers …] [PRIVATE_LINKS …])
function(pg_folder target)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINKS;PRIVATE_LINKS" ${ARGN})
  file(RELATIVE_PATH folder ${CMAKE_SOURCE_DIR} ${CMAKE_CURRENT_SOURCE_DIR})
  set(root ${CMAKE_BINARY_DIR}/include/${target})
  get_filename_component(parent ${root}/${folder} DIRECTORY)
  file(MAKE_DIRECTORY ${parent})
  file(CREATE_LINK ${CMAKE_CURRENT_SOURCE_DIR} ${root}/${folder} SYMBOLIC)
  if(ARG_SOURCES)
    add_library(${target} STATIC ${ARG_SOURCES})
    target_include_directories(${target} PUBLIC ${root})
    target_link_libraries(${target} PUBLIC ${ARG_LINKS} PRIVATE pg_warnings ${ARG_PRIVATE_LINKS})
  else()
    add_library(${target} INTERFACE)
    target_include_directories(${target} INTERFACE ${root})
    target_link_libraries(${target} INTERFACE ${ARG_LINKS})
  endif()
endfunction()

# pg_source_hash(<target> <function> folders …): the target has std::string_view patchgate::FUNCTION(), a hash of all
# sources in these folders. Worked out while building; nothing but that one file is compiled when one of them changes.
function(pg_source_hash target name)
  set(patterns "")
  foreach(folder ${ARGN})
    list(APPEND patterns ${CMAKE_SOURCE_DIR}/${folder}/*.h ${CMAKE_SOURCE_DIR}/${folder}/*.cpp)
  endforeach()
  file(GLOB sources CONFIGURE_DEPENDS ${patterns})
  list(JOIN ARGN "," folders)
  set(out ${CMAKE_CURRENT_BINARY_DIR}/${name}.cpp)
  set(script ${CMAKE_SOURCE_DIR}/cmake/source_hash.cmake)
  add_custom_command(OUTPUT ${out}
    COMMAND ${CMAKE_COMMAND} -DROOT=${CMAKE_SOURCE_DIR} -DFOLDERS=${folders} -DNAME=${name} -DOUT=${out} -P ${script}
    DEPENDS ${sources} ${script} COMMENT "Hashing the sources of ${target}" VERBATIM)
  target_sources(${target} PRIVATE ${out})
endfunction()

# pg_test(<name> SOURCES … LINKS …): one GoogleTest program, its cases known to ctest one by one.
function(pg_test name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINKS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE pg_warnings ${ARG_LINKS} GTest::gtest GTest::gtest_main)
  target_compile_definitions(${name} PRIVATE PATCHGATE_SOURCE_DIR="${CMAKE_SOURCE_DIR}"
                             PATCHGATE_BINARY_DIR="${CMAKE_BINARY_DIR}")
  include(GoogleTest)
  gtest_discover_tests(${name} DISCOVERY_TIMEOUT 60 PROPERTIES TIMEOUT 300)
endfunction()
