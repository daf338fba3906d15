# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# weft_transform(<target>)
#
# Compiles the target's C++ sources through Weft, and links Weft::runtime. The
# tool is put in front of the compiler as a launcher; a launcher that is there
# already, such as ccache, stays behind it and sees the transformed text:
#     weft -- ccache g++ -c a.cpp -o a.o
# compile_commands.json, and so clangd and clang-tidy, keep seeing the source
# as it was written. Objects are rebuilt when the tool changes. Precompiled
# headers and unity builds work as they do without Weft.

function(weft_transform target)
  if(NOT TARGET ${target})
    message(FATAL_ERROR "weft_transform: there is no target '${target}'")
  endif()
  get_target_property(aliased ${target} ALIASED_TARGET)
  if(aliased)
    set(target ${aliased})
  endif()
  get_target_property(type ${target} TYPE)
  if(NOT type MATCHES "^(EXECUTABLE|(STATIC|SHARED|MODULE|OBJECT)_LIBRARY)$")
    message(FATAL_ERROR "weft_transform: '${target}' compiles no sources (${type})")
  endif()
  if(NOT CMAKE_GENERATOR MATCHES "Ninja|Makefiles")
    message(FATAL_ERROR "weft_transform: '${CMAKE_GENERATOR}' has no compiler "
      "launchers; use a Ninja or Makefile generator")
  endif()
  get_target_property(done ${target} WEFT_TRANSFORMED)
  if(done)
    return()
  endif()
  set_target_properties(${target} PROPERTIES WEFT_TRANSFORMED TRUE)

  get_property(tool GLOBAL PROPERTY WEFT_TOOL)
  set(programs "${tool}")
  if(TARGET weft-core OR EXISTS "${tool}-core") # Not beside a user's own wrapper.
    list(APPEND programs "${tool}-core")
  endif()
  get_target_property(launcher ${target} CXX_COMPILER_LAUNCHER)
  if(NOT launcher)
    set(launcher)
  endif()
  if(launcher MATCHES "^([^;]*/)?weft(;--)?(;|$)") # CMAKE_CXX_COMPILER_LAUNCHER=weft.
    string(REPLACE "${CMAKE_MATCH_0}" "" launcher "${launcher}")
  endif()
  list(PREPEND launcher "${tool}" --)
  set_target_properties(${target} PROPERTIES CXX_COMPILER_LAUNCHER "${launcher}")

  # As target_link_libraries(PRIVATE) would, which must not be used on a target
  # whose own calls have no keyword.
  set_property(TARGET ${target} APPEND PROPERTY LINK_LIBRARIES Weft::runtime)
  if(type STREQUAL "STATIC_LIBRARY" OR type STREQUAL "OBJECT_LIBRARY")
    set_property(TARGET ${target} APPEND PROPERTY
      INTERFACE_LINK_LIBRARIES $<LINK_ONLY:Weft::runtime>)
  endif()

  # Does nothing for an installed tool; one of this build must be built first.
  add_dependencies(${target} Weft::weft)
  # When this directory ends, because sources may still be added until then.
  cmake_language(EVAL CODE
    "cmake_language(DEFER CALL _weft_depend_on_tool [[${target}]] [[${programs}]])")
endfunction()

# Makes every object of the target older than one of the tool's programs out of date.
function(_weft_depend_on_tool target programs)
  get_target_property(sources ${target} SOURCES)
  get_target_property(source_dir ${target} SOURCE_DIR)
  get_target_property(binary_dir ${target} BINARY_DIR)
  set(count 0)
  foreach(source IN LISTS sources)
    get_source_file_property(language "${source}" TARGET_DIRECTORY ${target} LANGUAGE)
    cmake_path(GET source EXTENSION LAST_ONLY extension)
    string(REGEX REPLACE "^\\." "" extension "${extension}")
    if(NOT extension IN_LIST CMAKE_CXX_SOURCE_FILE_EXTENSIONS AND NOT language STREQUAL "CXX")
      continue() # A header, another language, or a generator expression.
    endif()
    cmake_path(ABSOLUTE_PATH source BASE_DIRECTORY "${source_dir}" OUTPUT_VARIABLE path)
    if(NOT EXISTS "${path}") # Generated: CMake looks there second.
      cmake_path(ABSOLUTE_PATH source BASE_DIRECTORY "${binary_dir}" OUTPUT_VARIABLE path)
    endif()
    # The file that a unity build would have with this number.
    set(unity "${binary_dir}/CMakeFiles/${target}.dir/Unity/unity_${count}_cxx.cxx")
    set_property(SOURCE "${path}" "${unity}" TARGET_DIRECTORY ${target}
      APPEND PROPERTY OBJECT_DEPENDS ${programs})
    math(EXPR count "${count} + 1")
  endforeach()
endfunction()
