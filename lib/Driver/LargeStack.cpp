//===- LargeStack.cpp -----------------------------------------------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Driver/LargeStack.h"
#include <pthread.h>

static constexpr size_t StackBytes = size_t(1) << 30;

static void *call(void *Do) {
  (*static_cast<llvm::function_ref<void()> *>(Do))();
  return nullptr;
}

// Not llvm::thread: where no thread can be had, it ends the process.
void weft::onLargeStack(llvm::function_ref<void()> Do) {
  pthread_attr_t Attributes;
  pthread_attr_init(&Attributes);
  pthread_t Thread;
  const bool Started = pthread_attr_setstacksize(&Attributes, StackBytes) == 0 &&
                       pthread_create(&Thread, &Attributes, call, &Do) == 0;
  pthread_attr_destroy(&Attributes);
  if (Started)
    pthread_join(Thread, nullptr);
  else
    Do();
}
