// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the compiler at hand offers, and the gate that keeps an untransformed
// translation unit from compiling in silence.

#ifndef WEFT_CONFIG_H
#define WEFT_CONFIG_H

#if !defined(WEFT_TRANSFORMED) && !defined(WEFT_ANALYSIS) &&                   \
    !defined(WEFT_UNPROCESSED)
#error                                                                         \
    "this source uses Weft and must pass through the 'weft' tool: compile it with 'weft <compiler> ...', CMake's weft_transform(target), or run 'weft' on it; define WEFT_UNPROCESSED only for editors"
#endif

#if __cplusplus < 201703L && !(defined(_MSVC_LANG) && _MSVC_LANG >= 201703L)
#error "Weft needs C++17 or later"
#endif

#if defined(__cpp_exceptions)
#define WEFT_HAS_EXCEPTIONS 1
#else
#define WEFT_HAS_EXCEPTIONS 0
#endif

// Which way a branch mostly goes; C++17 has no attribute for it.
#if defined(__GNUC__)
#define WEFT_LIKELY(condition) __builtin_expect(!!(condition), 1)
#else
#define WEFT_LIKELY(condition) (condition)
#endif

// [[weft::...]] stays on declarations whose text the tool did not need to
// touch; compilers other than the tool should not complain about it.
#if defined(__clang__)
#pragma clang diagnostic ignored "-Wunknown-attributes"
#elif defined(__GNUC__) && __GNUC__ >= 12
#pragma GCC diagnostic ignored_attributes "weft::"
// About types in headers, and with #line GCC takes the source for a header.
#pragma GCC diagnostic ignored "-Wsubobject-linkage"
#endif

#endif // WEFT_CONFIG_H
