package search

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/mapping"
	segment "github.com/blevesearch/scorch_segment_api/v2"
	"go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"
)

// version is raised whenever the analysis, the fields or the state change: an index of
// another version is built again.
const version = 5

// The fields of a document.
const (
	wordsField = "words"  // indexed, not stored
	blobField  = "record" // stored, not indexed
)

// errUnfinished means that whoever made the index was interrupted before its first state
// was written.
var errUnfinished = errors.New("unfinished")

var stateKey = []byte("studybot")

// A state says what an index holds. It is written in the same batch as the documents it
// speaks of.
type state struct {
	Version int
	Next    int // id of the next file
	Files   map[string]fileState
}

// A fileState says what an index holds of one file.
type fileState struct {
	Hash     string
	ID       int
	Passages int
	Words    int         // of all its passages, to know the average length
	Pairs    [][2]string `json:",omitempty"` // terms that the file explains by one another
}

func (s state) clone() state {
	s.Files = maps.Clone(s.Files)
	return s
}

// docID names a passage: its file's id and its number in the file.
func docID(file, n int) string {
	return strconv.FormatInt(int64(file), 36) + "." + strconv.FormatInt(int64(n), 36)
}

func newMapping() mapping.IndexMapping {
	words := bleve.NewTextFieldMapping()
	words.Analyzer = analyzerName
	words.Store, words.IncludeInAll, words.IncludeTermVectors, words.DocValues = false, false, false, false
	blob := bleve.NewTextFieldMapping()
	blob.Index, blob.IncludeInAll, blob.IncludeTermVectors, blob.DocValues = false, false, false, false
	doc := bleve.NewDocumentStaticMapping()
	doc.AddSubDocumentMapping("_all", bleve.NewDocumentDisabledMapping())
	doc.AddFieldMappingsAt(wordsField, words)
	doc.AddFieldMappingsAt(blobField, blob)
	m := bleve.NewIndexMapping()
	m.DefaultMapping = doc
	m.DefaultAnalyzer = analyzerName
	return m
}

// openStore opens the index under dir, or an empty one in memory. All it writes and
// deletes lies in a folder of its own inside dir.
func openStore(dir string, log *slog.Logger) (bleve.Index, state, error) {
	empty := state{Version: version, Files: map[string]fileState{}}
	if dir == "" {
		x, err := bleve.NewUsing("", newMapping(), scorch.Name, scorch.Name, nil)
		return x, empty, err
	}
	path := filepath.Join(dir, "passages")
	if _, err := os.Stat(path); err == nil {
		x, s, err := openExisting(path)
		if err == nil {
			return x, s, nil
		}
		if errors.Is(err, ErrLocked) || held(path) {
			return nil, s, fmt.Errorf("%s: %w", path, ErrLocked)
		}
		if errors.Is(err, fs.ErrPermission) {
			return nil, s, err
		}
		if errors.Is(err, errUnfinished) || !hasSegments(path) {
			log.Info("the search index was not finished and is built again", "path", path)
		} else {
			log.Warn("the search index cannot be used and is built again", "path", path, "err", err)
		}
		if err := os.RemoveAll(path); err != nil {
			return nil, s, err
		}
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, empty, err
	}
	x, err := bleve.NewUsing(path, newMapping(), scorch.Name, scorch.Name, storeConfig())
	if errors.Is(err, berrors.ErrTimeout) {
		err = fmt.Errorf("%s: %w", path, ErrLocked)
	}
	return x, empty, err
}

// hasSegments reports whether an index holds anything.
func hasSegments(path string) bool {
	files, _ := filepath.Glob(filepath.Join(path, "store", "*.zap")) // fails on a bad pattern only
	return len(files) > 0
}

// lockWait is how long an index that another process holds is waited for.
const lockWait = "500ms"

// storeConfig lets Bleve write to the disk in the background: what a crash loses is
// indexed again, because the state is lost with it. A new index is left in the segments of
// its batches until Tidy merges them, rather than merged twice.
func storeConfig() map[string]any {
	return map[string]any{
		"bolt_timeout":           lockWait,
		"unsafe_batch":           true,
		"scorchMergePlanOptions": map[string]any{"FloorSegmentSize": 100, "MaxSegmentsPerTier": 16},
	}
}

// held reports whether another process has the index open.
func held(path string) bool {
	file := filepath.Join(path, "store", "root.bolt")
	if _, err := os.Stat(file); err != nil {
		return false
	}
	db, err := bbolt.Open(file, 0o600, &bbolt.Options{Timeout: 100 * time.Millisecond, ReadOnly: true})
	if err == nil {
		_ = db.Close()
	}
	return errors.Is(err, berrors.ErrTimeout)
}

// openExisting opens an index and proves that it is whole: the bytes of every segment
// have the checksum that was written with them, and it holds as many passages as its
// state says.
func openExisting(path string) (x bleve.Index, s state, err error) {
	defer func() {
		if r := recover(); r != nil { // Bleve panics on some damaged files
			err = fmt.Errorf("damaged: %v", r)
		}
		if err != nil && x != nil {
			_ = x.Close()
			x = nil
		}
	}()
	x, err = bleve.OpenUsing(path, storeConfig())
	if errors.Is(err, berrors.ErrTimeout) {
		return nil, s, ErrLocked
	}
	if err != nil {
		return nil, s, err
	}
	if s, err = readState(x); err != nil {
		return x, s, err
	}
	return x, s, checkSegments(x)
}

func readState(x bleve.Index) (state, error) {
	var s state
	b, err := x.GetInternal(stateKey)
	if err != nil {
		return s, err
	}
	if n, err := x.DocCount(); len(b) == 0 && n > 0 && err == nil {
		return s, errUnfinished
	}
	if len(b) == 0 {
		return s, errors.New("damaged: no state")
	}
	if err := json.Unmarshal(b, &s); err != nil {
		return s, fmt.Errorf("damaged: state: %w", err)
	}
	if s.Version != version {
		return s, fmt.Errorf("version %d, this program writes version %d", s.Version, version)
	}
	want, next := 0, 0
	for _, f := range s.Files {
		want += f.Passages
		next = max(next, f.ID+1)
	}
	got, err := x.DocCount()
	if err != nil {
		return s, err
	}
	if got != uint64(want) || next > s.Next {
		return s, fmt.Errorf("damaged: %d passages, the state says %d", got, want)
	}
	if s.Files == nil {
		s.Files = map[string]fileState{}
	}
	return s, nil
}

// checkSegments reads every segment file and compares its last four bytes, the CRC-32 of
// all before them, as zap writes it.
func checkSegments(x bleve.Index) error {
	r, err := snapshot(x)
	if err != nil {
		return err
	}
	defer func() { _ = r.Close() }()
	for _, s := range r.Segments() {
		if p, ok := s.Segment().(segment.PersistedSegment); ok {
			if err := checkSum(p.Path()); err != nil {
				return err
			}
		}
	}
	return nil
}

func checkSum(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	sum := crc32.NewIEEE()
	if _, err := io.CopyN(sum, f, info.Size()-4); err != nil {
		return fmt.Errorf("damaged: %s: %w", filepath.Base(path), err)
	}
	var last [4]byte
	if _, err := io.ReadFull(f, last[:]); err != nil {
		return fmt.Errorf("damaged: %s: %w", filepath.Base(path), err)
	}
	if binary.BigEndian.Uint32(last[:]) != sum.Sum32() {
		return fmt.Errorf("damaged: %s: checksum differs", filepath.Base(path))
	}
	return nil
}

// snapshot returns a reader of the index as it is now; it has to be closed.
func snapshot(x bleve.Index) (*scorch.IndexSnapshot, error) {
	inner, err := x.Advanced()
	if err != nil {
		return nil, err
	}
	r, err := inner.Reader()
	if err != nil {
		return nil, err
	}
	s, ok := r.(*scorch.IndexSnapshot)
	if !ok {
		return nil, errors.Join(fmt.Errorf("not a scorch index: %T", r), r.Close())
	}
	return s, nil
}
