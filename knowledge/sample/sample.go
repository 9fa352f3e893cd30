// Package sample holds the notes that studybot studies when it is given none: a small
// set of its own, Chinese and English, on Linux, networks, web servers, containers and
// databases.
//
// Each file keeps to one way of writing notes, so that together they also show what
// the readers of package note and package card understand: headings that ask, noun
// headings with lists, lines of bold, Q and A, outlines, folded blocks, flashcards,
// multiple choice, numbered plain text, bracketed titles and a tab-separated Anki export.
package sample

import (
	"embed"
	"io/fs"
)

//go:embed notes
var files embed.FS

// FS returns the sample notes, rooted at their folder: its files are "linux.md",
// "redis.txt" and so on. It is read-only and safe for concurrent use.
func FS() fs.FS {
	notes, err := fs.Sub(files, "notes")
	if err != nil {
		panic(err) // only a malformed folder name could cause it, and "notes" is none
	}
	return notes
}
