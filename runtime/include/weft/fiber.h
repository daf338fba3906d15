// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Fibers: functions that run under a scheduler and cede control only at their
// own suspension points.
//
//   [[weft::fiber]] int ticks(int n) {
//     for (int i = 0; i < n; ++i)
//       weft::this_fiber::sleep_for(10ms);
//     return n;
//   }
//   int main() { return weft::run(ticks, 3); }

#ifndef WEFT_FIBER_H
#define WEFT_FIBER_H

#include <weft/async_generator.h>
#include <weft/await.h>
#include <weft/barrier.h>
#include <weft/callable.h>
#include <weft/channel.h>
#include <weft/clock.h>
#include <weft/condition_variable.h>
#include <weft/drive.h>
#include <weft/event.h>
#include <weft/exception_trace.h>
#include <weft/fiber_errors.h>
#include <weft/fiber_local.h>
#include <weft/from_callback.h>
#include <weft/function.h>
#include <weft/future.h>
#include <weft/latch.h>
#include <weft/memory.h>
#include <weft/mutex.h>
#include <weft/offload.h>
#include <weft/poller.h>
#include <weft/scope.h>
#include <weft/select.h>
#include <weft/semaphore.h>
#include <weft/shared_mutex.h>
#include <weft/spawn.h>
#include <weft/task.h>
#include <weft/this_fiber.h>
#include <weft/watch.h>
#include <weft/when.h>
#include <weft/with_timeout.h>

#endif // WEFT_FIBER_H
