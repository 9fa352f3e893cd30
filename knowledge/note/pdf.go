package note

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"

	"github.com/ledongthuc/pdf"

	"studybot/knowledge"
)

// Limits of a PDF, beside those of mendPDF.
const (
	maxPages    = 5000
	maxTree     = 64        // depth of the tree of pages
	maxContent  = 32 << 20  // bytes of a page's content
	maxContents = 512 << 20 // bytes of all pages' contents
	maxReads    = 4 << 30   // bytes read from the file; each look at an object reads it again
	maxStack    = 4000      // calls within calls
)

// parsePDF reads a PDF; its problems name pages. Titles are told by the size of their letters, paragraphs by their
// lines, and code by its typeface. What repeats at the head or foot of pages is left out.
func parsePDF(name string, src []byte) (knowledge.Note, error) {
	pages, err := readPDF(src)
	if err != nil {
		return knowledge.Note{}, err
	}
	lines, starts, empty := layOut(pages)
	if len(lines) == 0 || len(empty) == len(pages) {
		return knowledge.Note{}, errors.New("this PDF holds no text, only pictures of pages: recognise its text (OCR) and save that")
	}
	n, err := parse(name, []byte(strings.Join(lines, "\n")+"\n"))
	if err != nil {
		return n, err
	}
	n.Pages = starts
	for i, p := range n.Problems {
		if p.Line > 0 {
			n.Problems[i].Line = n.Place(knowledge.Span{Start: p.Line, End: p.Line}).Start
		}
	}
	for _, page := range empty {
		n.Problems = append(n.Problems, knowledge.Problem{File: name, Line: page, Text: "this page holds a picture and no text: recognise its text (OCR)"})
	}
	return n, nil
}

// A pdfPage is a page as it is drawn.
type pdfPage struct {
	chunks  []pdfChunk
	picture bool // a picture is drawn on it
}

// readPDF returns what is drawn on the pages.
func readPDF(src []byte) (pages []pdfPage, err error) {
	mended, err := mendPDF(src)
	if err != nil {
		return nil, err
	}
	// The reader panics where a file is not what it should be.
	defer func() {
		if r := recover(); r != nil {
			pages, err = nil, fmt.Errorf("%w (%v)", errNoPDF, r)
		}
	}()
	r, err := pdf.NewReader(&guarded{bytes.NewReader(mended), maxReads}, int64(len(mended)))
	if err != nil {
		return nil, fmt.Errorf("%w (%w)", errNoPDF, err)
	}
	d := pdfReader{fonts: map[string]*pdfFont{}, left: maxContents}
	d.tree(r.Trailer().Key("Root").Key("Pages"), pdf.Value{}, 0)
	if len(d.pages) == 0 {
		return nil, errNoPDF
	}
	return d.pages, nil
}

// A guarded reader ends, by a panic, a reader of PDF that runs in a circle.
type guarded struct {
	r    io.ReaderAt
	left int64
}

func (g *guarded) ReadAt(p []byte, offset int64) (int, error) {
	var deep [1]uintptr
	if g.left -= int64(len(p)); g.left < 0 || runtime.Callers(maxStack, deep[:]) > 0 {
		panic("it runs in a circle")
	}
	if offset < 0 {
		return 0, io.EOF
	}
	return g.r.ReadAt(p, offset)
}

// A pdfReader reads the pages of a document.
type pdfReader struct {
	pages []pdfPage
	nodes int                 // of the tree of pages that were seen
	fonts map[string]*pdfFont // by what they are made of
	left  int64               // bytes of contents that may still be read
}

// tree reads the pages below a node of the tree of pages.
func (d *pdfReader) tree(node, resources pdf.Value, depth int) {
	if d.nodes++; depth > maxTree || d.nodes > 4*maxPages || len(d.pages) >= maxPages {
		return
	}
	if r := node.Key("Resources"); !r.IsNull() {
		resources = r
	}
	kids := node.Key("Kids")
	if kids.Kind() != pdf.Array {
		if node.Kind() == pdf.Dict {
			d.page(node, resources)
		}
		return
	}
	for i := range kids.Len() {
		d.tree(kids.Index(i), resources, depth+1)
	}
}

// page reads one page. One that cannot be read is an empty one.
func (d *pdfReader) page(page, resources pdf.Value) {
	drawing := pdfDrawing{reader: d, page: &pdfPage{}}
	defer func() {
		// The chunks that were drawn before are good.
		if r := recover(); r != nil {
			drawing.page.picture = true
		}
		d.pages = append(d.pages, *drawing.page)
	}()
	drawing.draw(d.contents(page.Key("Contents")), resources, 0)
}

// contents returns the bytes of a stream, or of several one after the other.
func (d *pdfReader) contents(v pdf.Value) []byte {
	var out bytes.Buffer
	read := func(v pdf.Value) {
		r := v.Reader()
		defer r.Close()
		n, _ := out.ReadFrom(io.LimitReader(r, min(maxContent, d.left))) // as far as it is sound
		d.left -= n
		out.WriteByte('\n')
	}
	switch v.Kind() {
	case pdf.Stream:
		read(v)
	case pdf.Array:
		for i := range min(v.Len(), 10_000) {
			if part := v.Index(i); part.Kind() == pdf.Stream {
				read(part)
			}
		}
	}
	return out.Bytes()
}

// font returns a font, read once for all pages.
func (d *pdfReader) font(v pdf.Value) *pdfFont {
	key := v.String()
	if f, ok := d.fonts[key]; ok {
		return f
	}
	f := d.newFont(v)
	d.fonts[key] = f
	return f
}
