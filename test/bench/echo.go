// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// echo PORT: the echo server with goroutines on one thread.

package main

import (
	"net"
	"os"
	"runtime"
)

func serve(peer net.Conn) {
	defer peer.Close()
	data := make([]byte, 4096)
	for {
		n, err := peer.Read(data)
		if err != nil {
			return
		}
		if _, err := peer.Write(data[:n]); err != nil {
			return
		}
	}
}

func main() {
	runtime.GOMAXPROCS(1)
	listener, err := net.Listen("tcp", "127.0.0.1:"+os.Args[1])
	if err != nil {
		panic(err)
	}
	for {
		peer, err := listener.Accept()
		if err == nil {
			go serve(peer)
		}
	}
}
