package note

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"path"
	"strings"
	"sync"

	"studybot/knowledge"
)

// Sizes in bytes above which a file is not read.
const (
	MaxText     = 20 << 20  // text of any kind
	MaxDocument = 64 << 20  // .pdf, .docx
	MaxArchive  = 512 << 20 // .zip
)

// A FileError says why a file is no note.
type FileError struct {
	File string // relative to the notes folder
	Err  error  // says what to do
}

func (e *FileError) Error() string { return e.File + ": " + inWords(e.Err) }
func (e *FileError) Unwrap() error { return e.Err }

// Problem is the error for the note's author.
func (e *FileError) Problem() knowledge.Problem {
	return knowledge.Problem{File: e.File, Text: inWords(e.Err)}
}

// Extensions returns the extensions of the files that may hold notes, in lower case.
func Extensions() []string {
	return []string{".md", ".markdown", ".txt", ".text", ".org", ".html", ".htm", ".csv", ".tsv", ".docx", ".pdf", ".zip"}
}

// All reads the notes in a file that List found: one, or those of a .zip archive, which
// are named as if the archive were a folder. Each note comes with a nil error or an empty
// one with a *FileError; one that cannot be read does not stop the others.
func All(fsys fs.FS, f File) iter.Seq2[knowledge.Note, error] {
	return func(yield func(knowledge.Note, error) bool) {
		if extension(f.Name) == ".zip" {
			unzip(fsys, f.Name, yield)
			return
		}
		yield(Read(fsys, f))
	}
}

// Read reads a file that List found and that is no archive. The error is a *FileError.
//
// Text and Markdown become a note as they are. HTML, Org and Word documents are brought into
// Markdown first, and rows of CSV and TSV files into lines: the note's lines are those of
// this text. For PDF see [knowledge.Note.Pages].
func Read(fsys fs.FS, f File) (knowledge.Note, error) {
	src := buffers.Get().(*bytes.Buffer)
	defer func() {
		if src.Cap() <= maxKept {
			buffers.Put(src)
		}
	}()
	if err := load(src, fsys, f.Name, limit(f.Name)); err != nil {
		return knowledge.Note{}, &FileError{f.Name, err}
	}
	n, err := read(f.Name, src.Bytes())
	if err != nil {
		return knowledge.Note{}, &FileError{f.Name, err}
	}
	return n, nil
}

func extension(name string) string { return strings.ToLower(path.Ext(name)) }

func limit(name string) int64 {
	switch extension(name) {
	case ".pdf", ".docx":
		return MaxDocument
	}
	return MaxText
}

// read makes a note of a file's bytes.
func read(name string, src []byte) (n knowledge.Note, err error) {
	// The readers are fuzzed, but no note is worth the whole folder.
	defer func() {
		if r := recover(); r != nil {
			n, err = knowledge.Note{}, fmt.Errorf("it cannot be understood; save it as plain text (reader failed: %v)", r)
		}
	}()
	if len(src) == 0 {
		n, err = Parse(name, src)
		n.Problems = append(n.Problems, knowledge.Problem{File: name, Text: "the file is empty"})
		return n, err
	}
	if err := misnamed(extension(name), src); err != nil {
		return n, err
	}
	switch extension(name) {
	case ".html", ".htm":
		n, err = parseHTML(name, src)
	case ".org":
		n, err = parseOrg(name, src)
	case ".csv", ".tsv":
		n, err = parseTable(name, src)
	case ".docx":
		n, err = parseDocx(name, src)
	case ".pdf":
		n, err = parsePDF(name, src)
	case ".zip":
		err = errors.New("an archive holds several notes; read it with All")
	default:
		return parse(name, src)
	}
	n.Hash = hash(src)
	return n, err
}

// parse is Parse whose error does not name the file; the caller does.
func parse(name string, src []byte) (knowledge.Note, error) {
	n, err := Parse(name, src)
	if err != nil {
		return n, errors.Unwrap(err)
	}
	return n, nil
}

// misnamed says what a file is whose extension says that it is text.
func misnamed(ext string, src []byte) error {
	if ext == ".pdf" || ext == ".docx" || ext == ".zip" {
		return nil
	}
	switch {
	case bytes.HasPrefix(src, []byte("%PDF-")):
		return errors.New("it is a PDF; name it so: .pdf")
	case bytes.HasPrefix(src, []byte("PK\x03\x04")):
		return errors.New("it is a .docx or .zip file; name it so")
	}
	return nil
}

func hash(src []byte) string {
	sum := sha256.Sum256(src)
	return hex.EncodeToString(sum[:])
}

// open opens a regular file of at most limit bytes.
func open(fsys fs.FS, name string, limit int64) (fs.File, int64, error) {
	// Before it is opened: opening a pipe would wait for its writer.
	info, err := fs.Stat(fsys, name)
	if err != nil {
		return nil, 0, err
	}
	if !info.Mode().IsRegular() {
		return nil, 0, errors.New("it is not a regular file")
	}
	if info.Size() > limit {
		return nil, 0, tooLarge(info.Size(), limit)
	}
	file, err := fsys.Open(name)
	return file, info.Size(), err
}

// buffers hold the bytes of files while they are read: no note keeps any of them. One of
// more than maxKept bytes is not used again.
var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

const maxKept = 1 << 20

// load reads a regular file of at most limit bytes into an empty buffer.
func load(src *bytes.Buffer, fsys fs.FS, name string, limit int64) error {
	file, size, err := open(fsys, name, limit)
	if err != nil {
		return err
	}
	defer file.Close()
	src.Reset()
	src.Grow(int(size) + bytes.MinRead)
	// It may have grown since.
	n, err := src.ReadFrom(io.LimitReader(file, limit+1))
	if err != nil {
		return err
	}
	if n > limit {
		return tooLarge(n, limit)
	}
	return nil
}

func tooLarge(size, limit int64) error {
	return fmt.Errorf("%d MB is too large for a note, the limit is %d MB; split it", (size+1<<20-1)>>20, limit>>20)
}

// inWords says what err means without the operation and the path, which stand beside it.
func inWords(err error) string {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "it was deleted while it was read"
	case errors.Is(err, fs.ErrPermission):
		return "it cannot be read; allow this user to read it"
	}
	var at *fs.PathError
	if errors.As(err, &at) {
		return "it cannot be read: " + at.Err.Error()
	}
	return err.Error()
}
