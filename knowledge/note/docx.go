package note

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"studybot/knowledge"
)

// Limits of a Word document.
const (
	maxPart   = 64 << 20 // bytes of a part
	maxNested = 500      // elements in elements
)

var errNested = errors.New("elements in elements without end")

var errOldWord = errors.New("it is an old Word document or has a password; save it as .docx without one")

// parseDocx reads a Word document by way of Markdown.
func parseDocx(name string, src []byte) (knowledge.Note, error) {
	text, err := readDocx(src)
	if err != nil {
		return knowledge.Note{}, err
	}
	return parse(name, []byte(text))
}

// readDocx returns a Word document as Markdown: headings by their style, numbered and
// bulleted lists, tables, and code by its style or typeface. Deleted text, contents pages,
// comments and foot notes are left out.
func readDocx(src []byte) (string, error) {
	if bytes.HasPrefix(src, []byte{0xd0, 0xcf, 0x11, 0xe0}) {
		return "", errOldWord
	}
	archive, err := zip.NewReader(bytes.NewReader(src), int64(len(src)))
	if err != nil {
		return "", fmt.Errorf("it is no Word document (%w); save it as .docx again", err)
	}
	d := docx{bodies: []*docxBody{{}}}
	if err := eachElement(archive, "word/styles.xml", d.styles.element); err != nil {
		return "", err
	}
	if err := eachElement(archive, "word/numbering.xml", d.numbers.element); err != nil {
		return "", err
	}
	if _, err := archive.Open("word/document.xml"); err != nil {
		return "", errors.New("it is no Word document: word/document.xml is missing; save it as .docx again")
	}
	if err := d.read(archive); err != nil {
		return "", err
	}
	d.endCode()
	return d.text(), nil
}

// part opens a part of a document. A part that is missing is empty.
func part(archive *zip.Reader, name string) io.Reader {
	f, err := archive.Open(name)
	if err != nil {
		return strings.NewReader("")
	}
	return &capped{r: f, left: maxPart}
}

// A capped reader fails where a limit is passed.
type capped struct {
	r    io.Reader
	left int64
}

var errTooMuch = errors.New("it unpacks to more than a note can hold; split it")

func (c *capped) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	if c.left -= int64(n); c.left < 0 {
		return 0, errTooMuch
	}
	return n, err
}

// eachElement calls do with each element of a part and the names of those around it.
func eachElement(archive *zip.Reader, name string, do func(around []string, e xml.StartElement)) error {
	decoder := xml.NewDecoder(part(archive, name))
	var around []string
	for {
		token, err := decoder.Token()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return damaged(name, err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			if len(around) > maxNested {
				return damaged(name, errNested)
			}
			do(around, t)
			around = append(around, t.Name.Local)
		case xml.EndElement:
			around = around[:len(around)-1]
		}
	}
}

func damaged(part string, err error) error {
	if errors.Is(err, errTooMuch) {
		return err
	}
	return fmt.Errorf("its part %s is damaged (%w); save it as .docx again", part, err)
}

// value returns the attribute of an element that says its value.
func value(e xml.StartElement) string { return attribute(e, "val") }

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// on reports whether an element such as <w:b/> switches its property on.
func on(e xml.StartElement) bool {
	v := value(e)
	return v != "0" && v != "false" && v != "none"
}

// A docx writes a Word document as Markdown.
type docx struct {
	writer
	styles  docxStyles
	numbers docxNumbers
	bodies  []*docxBody // the one that is being read last: the document, a table's cell, a text box
	shift   int         // of the levels of headings: 1 under a title
	listing []string    // lines of code that are not written yet
	inList  bool        // the last paragraph was an item
}

// A docxBody is what holds paragraphs.
type docxBody struct {
	paragraph *docxParagraph
	rows      [][]string // of the table that is being read
	cell      []string   // lines, where the body is a table's cell
	isCell    bool
}

// A docxParagraph is a paragraph that is being read.
type docxParagraph struct {
	style     string
	outline   string // level of a heading, from "0"
	list      string
	level     int // of the list, from 0
	text      strings.Builder
	bold      strings.Builder // the part of text that is bold
	code      strings.Builder // the part of text in a typeface of code
	runIsBold bool
	runIsCode bool
}

func (d *docx) read(archive *zip.Reader) error {
	const name = "word/document.xml"
	decoder := xml.NewDecoder(part(archive, name))
	var around []string
	for {
		token, err := decoder.Token()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return damaged(name, err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "del", "moveFrom", "Fallback":
				if err := decoder.Skip(); err != nil {
					return damaged(name, err)
				}
				continue
			}
			if len(around) > maxNested {
				return damaged(name, errNested)
			}
			d.start(around, t)
			around = append(around, t.Name.Local)
		case xml.EndElement:
			around = around[:len(around)-1]
			d.end(t.Name.Local)
		case xml.CharData:
			if len(around) > 0 && around[len(around)-1] == "t" {
				d.add(string(t))
			}
		}
	}
}

func (d *docx) body() *docxBody { return d.bodies[len(d.bodies)-1] }

// add adds text to the paragraph.
func (d *docx) add(s string) {
	p := d.body().paragraph
	if p == nil {
		return
	}
	p.text.WriteString(s)
	if p.runIsBold {
		p.bold.WriteString(s)
	}
	if p.runIsCode {
		p.code.WriteString(s)
	}
}

func (d *docx) start(around []string, e xml.StartElement) {
	b := d.body()
	switch e.Name.Local {
	case "p":
		b.paragraph = &docxParagraph{}
	case "tbl":
		d.endCode()
		b.rows = nil
	case "tr":
		b.rows = append(b.rows, nil)
	case "tc":
		d.bodies = append(d.bodies, &docxBody{isCell: true})
	case "txbxContent":
		d.bodies = append(d.bodies, &docxBody{})
	case "tab":
		if !slices.Contains(around, "pPr") {
			d.add("\t")
		}
	case "br", "cr":
		d.add("\n")
	case "noBreakHyphen":
		d.add("-")
	case "docPr":
		d.add(" ![" + strings.Join(strings.Fields(attribute(e, "descr")), " ") + "](image) ")
	default:
		if b.paragraph != nil {
			b.paragraph.property(around, e)
		}
	}
}

// property takes what an element says of the paragraph or of the run.
func (p *docxParagraph) property(around []string, e xml.StartElement) {
	paragraph := slices.Contains(around, "pPr")
	switch e.Name.Local {
	case "pStyle":
		p.style = value(e)
	case "outlineLvl":
		p.outline = value(e)
	case "numId":
		p.list = value(e)
	case "ilvl":
		p.level = small(value(e))
	case "r":
		p.runIsBold, p.runIsCode = false, false
	case "b":
		p.runIsBold = p.runIsBold || !paragraph && on(e)
	case "rFonts":
		p.runIsCode = p.runIsCode || !paragraph && monospaced(attribute(e, "ascii"))
	}
}

func (d *docx) end(name string) {
	b := d.body()
	switch name {
	case "p":
		if b.paragraph != nil {
			d.paragraphDone(b, b.paragraph)
			b.paragraph = nil
		}
	case "tc":
		if !b.isCell {
			return
		}
		d.bodies = d.bodies[:len(d.bodies)-1]
		if outer := d.body(); len(outer.rows) > 0 {
			last := len(outer.rows) - 1
			outer.rows[last] = append(outer.rows[last], strings.Join(b.cell, "\n"))
		}
	case "txbxContent":
		if len(d.bodies) > 1 && !b.isCell {
			d.bodies = d.bodies[:len(d.bodies)-1]
		}
	case "tbl":
		d.tableDone(b)
	}
}

// tableDone writes a table. One of a single column is a frame around its text.
func (d *docx) tableDone(b *docxBody) {
	rows := slices.DeleteFunc(b.rows, func(row []string) bool { return len(row) == 0 })
	b.rows = nil
	switch {
	case len(rows) == 0:
	case b.isCell: // a table in a table
		for _, row := range rows {
			b.cell = append(b.cell, strings.Join(row, " "))
		}
	case len(rows[0]) == 1:
		d.paragraph()
		for _, row := range rows {
			d.proseLines(strings.Join(row, "\n"))
		}
		d.paragraph()
	default:
		for _, row := range rows {
			for i := range row {
				row[i] = tableCell(row[i])
			}
		}
		d.table(rows)
	}
}
