package note

import (
	"archive/zip"
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"studybot/knowledge"
)

// Limits of an archive, so that a small file cannot fill the memory.
const (
	maxFiles    = 20_000    // in an archive and those in it
	maxUnpacked = 512 << 20 // bytes of all notes together
	maxInner    = 128 << 20 // bytes of an archive in an archive
	maxRatio    = 200       // unpacked to packed, above minBomb
	minBomb     = 1 << 20
)

// unzip yields the notes of an archive, such as an export of Notion or Obsidian, sorted by
// name. Nothing is written to disk. An archive in an archive, as Notion makes them, is
// read too; one in that is not.
func unzip(fsys fs.FS, name string, yield func(knowledge.Note, error) bool) {
	file, size, err := open(fsys, name, MaxArchive)
	if err != nil {
		yield(knowledge.Note{}, &FileError{name, err})
		return
	}
	defer file.Close()
	at, ok := file.(io.ReaderAt)
	if !ok {
		var src bytes.Buffer
		if err := load(&src, fsys, name, maxInner); err != nil {
			yield(knowledge.Note{}, &FileError{name, err})
			return
		}
		at, size = bytes.NewReader(src.Bytes()), int64(src.Len())
	}
	u := &unzipper{files: maxFiles, bytes: maxUnpacked, yield: yield}
	u.archive(name, at, size, false)
}

// An unzipper yields the notes of an archive while its limits last.
type unzipper struct {
	files, bytes int64 // that may still be unpacked
	yield        func(knowledge.Note, error) bool
}

// fail tells of an error, and whether to go on.
func (u *unzipper) fail(name string, err error) bool {
	return u.yield(knowledge.Note{}, &FileError{name, err})
}

// archive yields the notes of an archive, and reports whether to go on.
func (u *unzipper) archive(name string, at io.ReaderAt, size int64, inner bool) bool {
	archive, err := zip.NewReader(at, size)
	if err != nil {
		return u.fail(name, fmt.Errorf("it cannot be unpacked (%w); export it again", err))
	}
	if u.files -= int64(len(archive.File)); u.files < 0 {
		return u.fail(name, fmt.Errorf("it holds more than %d files; unpack it into the notes folder", maxFiles))
	}
	seen := map[string]bool{}
	for _, e := range entries(archive) {
		full := name + "/" + e.name
		switch {
		case !fs.ValidPath(e.name):
			if !u.fail(name, fmt.Errorf("it holds a file named %q, which would lie outside of it; not read", e.name)) {
				return false
			}
		case hiddenPath(e.name) || !known(e.name):
		case seen[e.name]:
			if !u.fail(full, errors.New("the archive holds two files of this name; the second was not read")) {
				return false
			}
		default:
			seen[e.name] = true
			if !u.entry(full, e, inner) {
				return false
			}
		}
	}
	return true
}

// entry yields one note, or those of an archive in the archive.
func (u *unzipper) entry(full string, e entry, inner bool) bool {
	nested := extension(e.name) == ".zip"
	if nested && inner {
		return u.fail(full, errors.New("an archive in an archive in an archive is not read; unpack it"))
	}
	most := limit(e.name)
	if nested {
		most = maxInner
	}
	src, err := u.unpack(e.file, most)
	if err != nil {
		return u.fail(full, err)
	}
	if nested {
		return u.archive(full, bytes.NewReader(src), int64(len(src)), true)
	}
	n, err := read(full, src)
	if err != nil {
		return u.fail(full, err)
	}
	return u.yield(n, nil)
}

// unpack returns the bytes of a file of an archive, whatever size it claims to have.
func (u *unzipper) unpack(f *zip.File, limit int64) ([]byte, error) {
	const encrypted = 0x1
	if f.Flags&encrypted != 0 {
		return nil, errors.New("it has a password; export it without one")
	}
	r, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("it cannot be unpacked: %w", err)
	}
	defer r.Close()
	packed := int64(min(f.CompressedSize64, MaxArchive))
	bomb := max(minBomb, maxRatio*packed)
	var src bytes.Buffer
	n, err := src.ReadFrom(io.LimitReader(r, min(limit, bomb, u.bytes)+1))
	u.bytes -= n
	switch {
	case u.bytes < 0:
		u.bytes = 0
		return nil, fmt.Errorf("its archive holds more than %d MB; unpack it into the notes folder", maxUnpacked>>20)
	case n > limit:
		return nil, fmt.Errorf("it is larger than %d MB; split it", limit>>20)
	case n > bomb:
		return nil, fmt.Errorf("it unpacks to more than %d times its size, as no note does; not read", maxRatio)
	case err != nil:
		return nil, fmt.Errorf("it cannot be unpacked: %w", err)
	}
	return src.Bytes(), nil
}

// An entry is a file of an archive.
type entry struct {
	name string // with slashes, valid UTF-8
	file *zip.File
}

// entries returns the files of an archive sorted by name, without its folders.
func entries(archive *zip.Reader) []entry {
	var out []entry
	for _, f := range archive.File {
		if !f.FileInfo().IsDir() && !strings.HasSuffix(f.Name, "/") {
			out = append(out, entry{entryName(f.Name), f})
		}
	}
	slices.SortStableFunc(out, func(a, b entry) int { return cmp.Compare(a.name, b.name) })
	return out
}

// entryName returns the name of a file in an archive in UTF-8 and with slashes; archives
// made on Chinese Windows have neither.
func entryName(name string) string {
	if !utf8.ValidString(name) {
		if s, err := simplifiedchinese.GB18030.NewDecoder().String(name); err == nil {
			name = s
		}
		name = strings.ToValidUTF8(name, "\ufffd")
	}
	return strings.ReplaceAll(name, `\`, "/")
}

// hiddenPath reports whether a file, or a folder that it is in, is hidden.
func hiddenPath(name string) bool {
	for name != "." {
		if hidden(path.Base(name)) {
			return true
		}
		name = path.Dir(name)
	}
	return false
}
