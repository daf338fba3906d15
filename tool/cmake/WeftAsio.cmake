# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# Defines Weft::asio, what a program links whose fibers do I/O: Weft::runtime,
# threads, and the headers of standalone Asio, which are looked for beside the
# system's, or in WEFT_ASIO_INCLUDE_DIR. Where they are missing, so is the target.

find_path(WEFT_ASIO_INCLUDE_DIR asio/io_context.hpp
  DOC "Where the headers of standalone Asio are")
mark_as_advanced(WEFT_ASIO_INCLUDE_DIR)
if(WEFT_ASIO_INCLUDE_DIR AND NOT TARGET Weft::asio)
  find_package(Threads REQUIRED)
  add_library(Weft::asio INTERFACE IMPORTED)
  target_link_libraries(Weft::asio INTERFACE Weft::runtime Threads::Threads)
  # As a system's: the tool sees through Asio's functions, and changes no header.
  target_include_directories(Weft::asio SYSTEM INTERFACE ${WEFT_ASIO_INCLUDE_DIR})
endif()
