# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# Fails when a file of lib/ includes one of a layer that its own layer does not
# depend on: `cmake -D LIB=<lib> -D VISIBLE=A=A:B=B,A -P CheckLayers.cmake`.

cmake_minimum_required(VERSION 3.25)

string(REPLACE ":" ";" VISIBLE "${VISIBLE}")
foreach(entry IN LISTS VISIBLE)
  string(REGEX MATCH "^([^=]+)=(.*)$" _ ${entry})
  set(layer ${CMAKE_MATCH_1})
  string(REPLACE "," ";" allowed "${CMAKE_MATCH_2}")
  file(GLOB_RECURSE files ${LIB}/${layer}/*)
  foreach(file IN LISTS files)
    file(STRINGS ${file} includes REGEX "^ *# *include *\"")
    foreach(line IN LISTS includes)
      string(REGEX MATCH "\"([^/\"]+)/" _ "${line}")
      set(included "${CMAKE_MATCH_1}")
      if(IS_DIRECTORY ${LIB}/${included} AND NOT included IN_LIST allowed)
        message(SEND_ERROR "${file}: ${layer} may not see ${included}: ${line}")
      elseif(included MATCHES "^\\.\\.?$")
        message(SEND_ERROR "${file}: write the path from lib/: ${line}")
      endif()
    endforeach()
  endforeach()
endforeach()
