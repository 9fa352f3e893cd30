package note

import (
	"bytes"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
)

// Limits of a PDF, so that no file can fill the memory or take for ever.
const (
	maxObjects   = 1 << 20   // and the highest number of one
	maxInStream  = 1 << 15   // objects in an object stream
	maxInflated  = 256 << 20 // bytes of all object streams
	maxHeaderGap = 1024      // bytes before the header
)

var (
	errEncrypted = errors.New("this PDF has a password or is encrypted; save it without")
	errNoPDF     = errors.New("this is no PDF that can be understood; print it to a new PDF")
)

// mendPDF returns the file with a new table of its objects at its end, made by looking
// for the objects themselves. So a file whose own table is damaged can be read, and a table
// that is made to harm is never looked at.
func mendPDF(src []byte) ([]byte, error) {
	head := bytes.Index(src[:min(len(src), maxHeaderGap)], []byte("%PDF-"))
	if head < 0 || len(src)-head < 64 {
		return nil, errNoPDF
	}
	m := pdfMender{src: src[head:], objects: map[int]pdfObject{}, inflatable: maxInflated}
	if err := m.scan(); err != nil {
		return nil, err
	}
	if m.encrypted {
		return nil, errEncrypted
	}
	if _, ok := m.objects[m.root]; !ok {
		return nil, errNoPDF
	}
	return m.write(), nil
}

// A pdfObject is where an object lies: in the file, or in an object stream.
type pdfObject struct {
	offset, generation int
	stream             int // the object stream, 0 for none
}

type pdfMender struct {
	src        []byte
	objects    map[int]pdfObject // by number; later ones replace earlier ones
	inflatable int64             // bytes
	root       int
	encrypted  bool
}

// A finder finds a word again and again, and looks at each byte once.
type finder struct {
	src, word []byte
	at        int
}

// next returns where the word is at from or later, len(src) for nowhere. from never
// goes back.
func (f *finder) next(from int) int {
	if f.at < from {
		f.at = len(f.src)
		if i := bytes.Index(f.src[min(from, len(f.src)):], f.word); i >= 0 {
			f.at = from + i
		}
	}
	return f.at
}

func find(src []byte, word string) *finder { return &finder{src, []byte(word), -1} }

// scan finds the objects and the trailers.
func (m *pdfMender) scan() error {
	begins, ends := find(m.src, "obj"), find(m.src, "endobj")
	streams, streamEnds := find(m.src, "stream"), find(m.src, "endstream")
	trailers := find(m.src, "trailer")
	for at := 0; at < len(m.src); {
		i := begins.next(at)
		for t := trailers.next(at); t < i; t = trailers.next(t + 1) {
			m.trailer(m.src[t:min(t+4096, len(m.src))])
		}
		if i == len(m.src) {
			break
		}
		at = i + len("obj")
		number, generation, offset, ok := objectNumber(m.src, i)
		if !ok {
			continue
		}
		if len(m.objects) >= maxObjects {
			return errors.New("this PDF has too many objects; print it to a new PDF")
		}
		m.objects[number] = pdfObject{offset: offset, generation: generation}
		end := ends.next(at)
		s := streams.next(at)
		for s < end && !opensStream(m.src, s) {
			s = streams.next(s + 1)
		}
		if s >= end {
			m.plain(number, m.src[at:end])
			at = end
			continue
		}
		stop := streamEnds.next(s + len("stream"))
		if err := m.stream(number, m.src[at:s], m.src[s+len("stream"):stop]); err != nil {
			return err
		}
		at = stop
	}
	return nil
}

// opensStream reports whether the word "stream" at i is the keyword.
func opensStream(src []byte, i int) bool {
	after := i + len("stream")
	return after < len(src) && (src[after] == '\n' || src[after] == '\r')
}

// objectNumber reads "12 0 " backwards from the word "obj" at i.
func objectNumber(src []byte, i int) (number, generation, offset int, ok bool) {
	back := func(i int, in func(byte) bool) int {
		for i > 0 && in(src[i-1]) {
			i--
		}
		return i
	}
	space := func(c byte) bool { return c == ' ' || c == '\n' || c == '\r' || c == '\t' }
	digit := func(c byte) bool { return '0' <= c && c <= '9' }
	genEnd := back(i, space)
	genStart := back(genEnd, digit)
	numEnd := back(genStart, space)
	numStart := back(numEnd, digit)
	if genStart == genEnd || numEnd == genStart || numStart == numEnd || numEnd-numStart > 7 || genEnd-genStart > 5 {
		return 0, 0, 0, false
	}
	number, _ = strconv.Atoi(string(src[numStart:numEnd]))
	generation, _ = strconv.Atoi(string(src[genStart:genEnd]))
	return number, generation, numStart, 0 < number && number < maxObjects && generation < 1<<16
}

var (
	pdfRoot     = regexp.MustCompile(`/Root\s+(\d{1,7})\s+\d+\s+R`)
	pdfEncrypt  = regexp.MustCompile(`/Encrypt\s*(?:\d|<<)`)
	pdfCatalog  = regexp.MustCompile(`/Type\s*/Catalog\b`)
	pdfObjStm   = regexp.MustCompile(`/Type\s*/ObjStm\b`)
	pdfXRef     = regexp.MustCompile(`/Type\s*/XRef\b`)
	pdfCount    = regexp.MustCompile(`/N\s+(\d{1,6})\b`)
	pdfFirst    = regexp.MustCompile(`/First\s+(\d{1,8})\b`)
	pdfFilter   = regexp.MustCompile(`/Filter\b`)
	pdfFlate    = regexp.MustCompile(`/Filter\s*\[?\s*/(?:FlateDecode|Fl)\b\s*\]?`)
	pdfParms    = regexp.MustCompile(`/DecodeParms\b`)
	pdfTooBroad = regexp.MustCompile(`/Columns\s+\d{6,}`)
)

// trailer takes what a trailer says.
func (m *pdfMender) trailer(dict []byte) {
	if i := bytes.Index(dict, []byte("startxref")); i >= 0 {
		dict = dict[:i]
	}
	if r := pdfRoot.FindSubmatch(dict); r != nil {
		m.root, _ = strconv.Atoi(string(r[1]))
	}
	m.encrypted = m.encrypted || pdfEncrypt.Match(dict)
}

// plain takes an object without a stream.
func (m *pdfMender) plain(number int, body []byte) {
	if m.root == 0 && len(body) < 1<<16 && pdfCatalog.Match(body) {
		m.root = number
	}
}

// stream takes an object with a stream. body runs to the word endstream.
func (m *pdfMender) stream(number int, dict, body []byte) error {
	if len(dict) > 1<<16 {
		return nil
	}
	if pdfTooBroad.Match(dict) {
		return errNoPDF
	}
	switch {
	case pdfXRef.Match(dict):
		m.trailer(dict)
	case pdfObjStm.Match(dict):
		return m.objectStream(number, dict, body)
	}
	return nil
}

// objectStream takes the objects in an object stream. One that cannot be read has none.
func (m *pdfMender) objectStream(number int, dict, body []byte) error {
	count, first := pdfCount.FindSubmatch(dict), pdfFirst.FindSubmatch(dict)
	if count == nil || first == nil || pdfParms.Match(dict) {
		return nil
	}
	body = bytes.TrimPrefix(bytes.TrimPrefix(body, []byte("\r")), []byte("\n"))
	if pdfFilter.Match(dict) {
		if !pdfFlate.Match(dict) {
			return nil
		}
		var err error
		if body, err = m.inflate(body); err != nil {
			return err
		}
	}
	if pdfTooBroad.Match(body) {
		return errNoPDF
	}
	n, _ := strconv.Atoi(string(count[1]))
	head, _ := strconv.Atoi(string(first[1]))
	fields := bytes.Fields(body[:min(head, len(body))])
	if n > maxInStream || len(fields) < 2*n {
		return nil
	}
	for i := range n {
		inner, err := strconv.Atoi(string(fields[2*i]))
		if err != nil || inner <= 0 || inner >= maxObjects || inner == number {
			continue
		}
		m.objects[inner] = pdfObject{offset: i, stream: number}
	}
	return nil
}

// inflate returns what a stream holds, as far as it is sound.
func (m *pdfMender) inflate(body []byte) ([]byte, error) {
	r, err := zlib.NewReader(bytes.NewReader(body))
	if err != nil {
		return nil, nil
	}
	var out bytes.Buffer
	n, _ := out.ReadFrom(io.LimitReader(r, m.inflatable+1))
	if m.inflatable -= n; m.inflatable < 0 {
		return nil, errTooMuch
	}
	return out.Bytes(), nil
}

// write returns the file with a header that every reader takes and the new table.
func (m *pdfMender) write() []byte {
	last := 0
	for number := range m.objects {
		last = max(last, number)
	}
	var b bytes.Buffer
	b.Grow(len(m.src) + 8*(last+2) + 256)
	b.WriteString("%PDF-1.7\n")
	b.Write(m.src[b.Len():])
	b.WriteByte('\n')
	table := b.Len()
	fmt.Fprintf(&b, "%d 0 obj\n<</Type/XRef/Size %d/W[1 5 2]/Root %d %d R/Length %d>>\nstream\n",
		last+1, last+2, m.root, m.objects[m.root].generation, 8*(last+2))
	for number := range last + 2 {
		o, ok := m.objects[number]
		kind, place, extra := byte(1), o.offset, o.generation
		switch {
		case number == last+1:
			place = table
		case !ok, o.stream != 0 && m.objects[o.stream].stream != 0: // never a stream in a stream
			kind, place, extra = 0, 0, 0
		case o.stream != 0:
			kind, place, extra = 2, o.stream, o.offset
		}
		b.WriteByte(kind)
		b.Write([]byte{byte(place >> 32), byte(place >> 24), byte(place >> 16), byte(place >> 8), byte(place)})
		b.Write([]byte{byte(extra >> 8), byte(extra)})
	}
	fmt.Fprintf(&b, "\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n", table)
	return b.Bytes()
}
