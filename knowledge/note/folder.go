package note

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
)

// A Folder is a folder of notes on disk. Nothing outside it can be read through it: not
// by a name with "..", not by a link.
//
// It follows its path: where the folder was replaced by another of the same name, listing
// "." reads the new one from then on, and where it is gone, listing "." is an error that
// says so.
type Folder struct {
	dir string

	mu   sync.RWMutex
	root *os.Root
	fsys rootFS
}

// rootFS is what os.Root.FS promises.
type rootFS interface {
	fs.ReadLinkFS
	fs.ReadDirFS
	fs.StatFS
}

// OpenFolder opens the folder at path dir, which may be a link. The error says whether it
// does not exist, is no folder or cannot be read.
func OpenFolder(dir string) (*Folder, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, fmt.Errorf("notes folder %s: %w", dir, err)
	}
	f := &Folder{dir: dir}
	if err := f.reopen(); err != nil {
		return nil, err
	}
	if _, err := f.ReadDir("."); err != nil {
		return nil, errors.Join(folderError(dir, err), f.Close())
	}
	return f, nil
}

// folderError says in plain words why the folder of notes cannot be used.
func folderError(dir string, err error) error {
	var known *FolderError
	if errors.As(err, &known) {
		return err
	}
	return &FolderError{Dir: dir, Err: err}
}

// A FolderError says why a folder of notes cannot be used, and what to do.
type FolderError struct {
	Dir string // absolute
	Err error  // wraps fs.ErrNotExist, fs.ErrPermission and others
}

func (e *FolderError) Unwrap() error { return e.Err }

func (e *FolderError) Error() string {
	why := e.Err.Error()
	info, err := os.Stat(e.Dir)
	switch {
	case errors.Is(e.Err, fs.ErrNotExist):
		why = "does not exist; create it or name another"
	case errors.Is(e.Err, fs.ErrPermission):
		why = "cannot be read; allow this user to read and enter it"
	case err == nil && !info.IsDir():
		why = "is not a folder; name the folder that the file is in"
	}
	return fmt.Sprintf("notes folder %s: %s", e.Dir, why)
}

// reopen opens the folder that stands at the path now.
func (f *Folder) reopen() error {
	root, err := os.OpenRoot(f.dir)
	if err != nil {
		return folderError(f.dir, err)
	}
	fsys, ok := root.FS().(rootFS)
	if !ok {
		return errors.Join(folderError(f.dir, errors.ErrUnsupported), root.Close())
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.root != nil {
		err = f.root.Close()
	}
	f.root, f.fsys = root, fsys
	return err
}

// follow makes sure that the open folder is the one at the path.
func (f *Folder) follow() error {
	now, err := os.Stat(f.dir)
	if err != nil {
		return folderError(f.dir, err)
	}
	f.mu.RLock()
	open, err := f.fsys.Stat(".")
	f.mu.RUnlock()
	if errors.Is(err, fs.ErrClosed) {
		return err
	}
	if err != nil || !os.SameFile(now, open) {
		return f.reopen()
	}
	return nil
}

// Open opens a file for reading.
func (f *Folder) Open(name string) (fs.File, error) {
	f.mu.RLock()
	defer f.mu.RUnlock()
	return f.fsys.Open(name)
}

// ReadDir lists a folder, sorted by name. See [Folder] for the name ".".
func (f *Folder) ReadDir(name string) ([]fs.DirEntry, error) {
	if name == "." {
		if err := f.follow(); err != nil {
			return nil, err
		}
	}
	f.mu.RLock()
	defer f.mu.RUnlock()
	return f.fsys.ReadDir(name)
}

// Stat describes a file, following links inside the folder.
func (f *Folder) Stat(name string) (fs.FileInfo, error) {
	f.mu.RLock()
	defer f.mu.RUnlock()
	return f.fsys.Stat(name)
}

// Lstat describes a file and follows no link.
func (f *Folder) Lstat(name string) (fs.FileInfo, error) {
	f.mu.RLock()
	defer f.mu.RUnlock()
	return f.fsys.Lstat(name)
}

// ReadLink returns where a link leads, as it is written.
func (f *Folder) ReadLink(name string) (string, error) {
	f.mu.RLock()
	defer f.mu.RUnlock()
	return f.fsys.ReadLink(name)
}

// Close releases the folder. Files that are open stay so.
func (f *Folder) Close() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.root.Close()
}
