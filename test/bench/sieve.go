// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// sieve COUNT: a goroutine for each of the first primes, on one thread. Prints the
// last prime, and the nanoseconds that each took.

package main

import (
	"fmt"
	"os"
	"runtime"
	"strconv"
	"time"
)

func generate(to chan<- int) {
	for i := 2; ; i++ {
		to <- i
	}
}

func filter(from <-chan int, to chan<- int, prime int) {
	for i := range from {
		if i%prime != 0 {
			to <- i
		}
	}
}

func main() {
	runtime.GOMAXPROCS(1)
	count, _ := strconv.Atoi(os.Args[1])
	begin := time.Now()
	from := make(chan int)
	go generate(from)
	prime := 0
	for i := 0; i < count; i++ {
		prime = <-from
		to := make(chan int)
		go filter(from, to, prime)
		from = to
	}
	fmt.Println(prime, time.Since(begin).Nanoseconds()/int64(count))
}
