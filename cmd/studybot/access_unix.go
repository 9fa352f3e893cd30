//go:build unix

package main

import "golang.org/x/sys/unix"

// mayWrite returns an error where this user may not write a file, or files in a folder. It
// asks only, and writes nothing.
func mayWrite(path string, isDir bool) error {
	if isDir {
		return unix.Access(path, unix.W_OK|unix.X_OK)
	}
	return unix.Access(path, unix.R_OK|unix.W_OK)
}
