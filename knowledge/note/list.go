package note

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"studybot/knowledge"
)

// A File is a file that may hold a note.
type File struct {
	Name    string // relative to the notes folder, with slashes
	Size    int64  // in bytes
	ModTime time.Time
}

// A Listing is what List found, each part sorted by name.
type Listing struct {
	Files    []File
	Problems []knowledge.Problem // what the author of the notes should know of other files

	// Unread names the folders and files that could not be looked at, and yet may be there:
	// what is in them is not listed.
	Unread []string
}

// List returns the files of fsys that may hold notes.
//
// These are the regular files with a known extension, whatever its case (see
// [Extensions]). Left out without a word are all other files, and hidden ones: a file or
// folder whose name begins with "." or "~$", and the folders node_modules and __MACOSX.
//
// A link is followed inside fsys only, and nothing is listed twice: a link to what is
// listed anyway is left out without a word. A link that leads out of fsys, in a circle or
// nowhere is a Problem, and so are an absolute link, wherever it leads, and a folder or file
// that cannot be looked at. Only a top folder that cannot be read, or a context that ended,
// is an error.
func List(ctx context.Context, fsys fs.FS) (Listing, error) {
	l := &lister{ctx: ctx, fsys: fsys, seen: map[string]bool{}}
	if err := l.folder(".", "."); err != nil {
		return Listing{}, err
	}
	// Links come after all that needs none, so that a note keeps its own name.
	for len(l.links) > 0 {
		links := l.links
		l.links = nil
		slices.SortFunc(links, func(a, b place) int { return cmp.Compare(a.name, b.name) })
		for _, link := range links {
			if err := l.link(link); err != nil {
				return Listing{}, err
			}
		}
	}
	slices.SortFunc(l.found.Files, func(a, b File) int { return cmp.Compare(a.Name, b.Name) })
	slices.SortStableFunc(l.found.Problems, func(a, b knowledge.Problem) int { return cmp.Compare(a.File, b.File) })
	slices.Sort(l.found.Unread)
	return l.found, nil
}

// A place is a file or folder as it is shown and as it lies in the file system without links.
type place struct{ name, real string }

type lister struct {
	ctx   context.Context
	fsys  fs.FS
	seen  map[string]bool // real folders and files that were listed
	links []place         // still to be followed
	found Listing
}

func (l *lister) problem(name, format string, args ...any) {
	l.found.Problems = append(l.found.Problems, knowledge.Problem{
		File: strings.ToValidUTF8(name, "\ufffd"),
		Text: fmt.Sprintf(format, args...),
	})
}

// folder lists a folder and those in it. Its error ends the listing.
func (l *lister) folder(name, real string) error {
	if l.seen[real] {
		return nil
	}
	l.seen[real] = true
	if err := l.ctx.Err(); err != nil {
		return err
	}
	entries, err := fs.ReadDir(l.fsys, real)
	if err != nil && real == "." {
		return fmt.Errorf("list notes: %w", err)
	}
	if err != nil {
		l.unreadable(name, err)
	}
	for _, e := range entries {
		if hidden(e.Name()) {
			continue
		}
		if err := l.entry(place{path.Join(name, e.Name()), path.Join(real, e.Name())}, e); err != nil {
			return err
		}
	}
	return nil
}

func (l *lister) entry(p place, e fs.DirEntry) error {
	kind := e.Type()
	switch {
	case kind.IsDir() || kind&fs.ModeSymlink != 0 || known(p.name):
		if !utf8.ValidString(e.Name()) {
			l.problem(p.name, "its name is not valid UTF-8; rename it")
			return nil
		}
	default:
		return nil
	}
	switch {
	case kind.IsDir():
		return l.folder(p.name, p.real)
	case kind&fs.ModeSymlink != 0:
		l.links = append(l.links, p)
	case kind.IsRegular():
		info, err := e.Info()
		if err != nil {
			l.unreadable(p.name, err)
			return nil
		}
		l.file(p, info)
	default:
		l.problem(p.name, "it is a device, a pipe or a socket; put a regular file in its place")
	}
	return nil
}

func (l *lister) file(p place, info fs.FileInfo) {
	if !l.seen[p.real] {
		l.seen[p.real] = true
		l.found.Files = append(l.found.Files, File{Name: p.name, Size: info.Size(), ModTime: info.ModTime()})
	}
}

// unreadable says what err means, unless the file was deleted since its folder was read.
func (l *lister) unreadable(name string, err error) {
	if !errors.Is(err, fs.ErrNotExist) {
		l.problem(name, "%s", inWords(err))
		l.found.Unread = append(l.found.Unread, name)
	}
}

// link lists what a link leads to.
func (l *lister) link(p place) error {
	real, info, err := resolve(l.fsys, p.real)
	var wrong linkError
	switch {
	case errors.As(err, &wrong):
		l.problem(p.name, "%s", wrong)
	case errors.Is(err, fs.ErrNotExist):
		l.problem(p.name, "this link leads nowhere; remove it or mend it")
	case err != nil:
		l.unreadable(p.name, err)
	case info.IsDir() && (real == "." || strings.HasPrefix(p.real, real+"/")):
		l.problem(p.name, "%s", errCircle)
	case info.IsDir():
		return l.folder(p.name, real)
	case info.Mode().IsRegular() && known(p.name):
		l.file(place{p.name, real}, info)
	}
	return nil
}

// A linkError says what is wrong with a link itself.
type linkError string

func (e linkError) Error() string { return string(e) }

const (
	errLeaves   linkError = "this link leads out of the notes folder and is not followed; copy the file here"
	errCircle   linkError = "this link leads in a circle and is not followed; remove it"
	errAbsolute linkError = "this link is absolute and is not followed; make it relative, as the notes folder may be moved"
)

// maxLinks is how many links a path may lead through, as in Linux.
const maxLinks = 40

// resolve returns the path without links that name leads to inside fsys.
func resolve(fsys fs.FS, name string) (string, fs.FileInfo, error) {
	at, rest, links := ".", strings.Split(name, "/"), 0
	for len(rest) > 0 {
		part := rest[0]
		rest = rest[1:]
		switch {
		case part == "" || part == ".":
			continue
		case part == ".." && at == ".":
			return "", nil, errLeaves
		case part == "..":
			at = path.Dir(at)
			continue
		}
		next := path.Join(at, part)
		info, err := fs.Lstat(fsys, next)
		if err != nil {
			return "", nil, err
		}
		if info.Mode()&fs.ModeSymlink == 0 {
			at = next
			continue
		}
		target, err := fs.ReadLink(fsys, next)
		switch links++; {
		case err != nil:
			return "", nil, err
		case links > maxLinks:
			return "", nil, errCircle
		case filepath.IsAbs(target) || path.IsAbs(target):
			return "", nil, absolute(fsys, target)
		}
		rest = append(strings.Split(filepath.ToSlash(target), "/"), rest...)
	}
	info, err := fs.Lstat(fsys, at)
	return at, info, err
}

// absolute says what is wrong with a link to an absolute target.
func absolute(fsys fs.FS, target string) error {
	f, ok := fsys.(*Folder)
	if !ok {
		return errLeaves
	}
	dirs := []string{f.dir}
	if real, err := filepath.EvalSymlinks(f.dir); err == nil {
		dirs = append(dirs, real)
	}
	for _, dir := range dirs {
		if rel, err := filepath.Rel(dir, target); err == nil && filepath.IsLocal(rel) {
			return errAbsolute
		}
	}
	return errLeaves
}

// hidden reports whether a file or folder of this name is none of a note's author's.
func hidden(base string) bool {
	return strings.HasPrefix(base, ".") || strings.HasPrefix(base, "~$") ||
		base == "node_modules" || base == "__MACOSX"
}

// known reports whether the name has an extension of [Extensions].
func known(name string) bool {
	return slices.Contains(Extensions(), extension(name))
}
