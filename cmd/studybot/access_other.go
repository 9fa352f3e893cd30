//go:build !unix

package main

import (
	"io/fs"
	"os"
)

// mayWrite returns an error where a file is marked as read-only. Of folders it cannot tell.
func mayWrite(path string, isDir bool) error {
	info, err := os.Stat(path)
	if err == nil && !isDir && info.Mode().Perm()&0o200 == 0 {
		err = fs.ErrPermission
	}
	return err
}
