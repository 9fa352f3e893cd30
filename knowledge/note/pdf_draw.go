package note

import (
	"math"

	"github.com/ledongthuc/pdf"
)

// A pdfChunk is text that was drawn at once.
type pdfChunk struct {
	text       string
	x, y, end  float64 // where it begins on the page, y upwards, and where it ends
	size       float64 // of its letters
	bold, mono bool
}

// A pdfMatrix maps (x, y) to (a*x + c*y + e, b*x + d*y + f).
type pdfMatrix struct{ a, b, c, d, e, f float64 }

func (m pdfMatrix) times(n pdfMatrix) pdfMatrix {
	return pdfMatrix{
		m.a*n.a + m.b*n.c, m.a*n.b + m.b*n.d,
		m.c*n.a + m.d*n.c, m.c*n.b + m.d*n.d,
		m.e*n.a + m.f*n.c + n.e, m.e*n.b + m.f*n.d + n.f,
	}
}

// A pdfState is what the operators q and Q keep and bring back.
type pdfState struct {
	place               pdfMatrix // of the page
	font                *pdfFont
	size                float64
	spacing, wordSpace  float64
	scale, lead, raised float64
}

// A pdfDrawing draws the content of a page as chunks.
type pdfDrawing struct {
	reader    *pdfReader
	page      *pdfPage
	resources pdf.Value
	state     pdfState
	saved     []pdfState
	text      pdfMatrix // where the next letter is drawn
	line      pdfMatrix // where the line began
	depth     int       // of drawings in drawings
	args      []pdfToken
	fonts     map[string]*pdfFont // by name
}

const (
	maxSaved = 512
	maxArgs  = 4096
	maxForms = 8       // drawings in drawings
	maxChunk = 500_000 // of a page
)

// draw draws a stream of operators.
func (d *pdfDrawing) draw(content []byte, resources pdf.Value, depth int) {
	d.resources, d.depth, d.fonts = resources, depth, map[string]*pdfFont{}
	if depth == 0 {
		d.state = pdfState{place: pdfMatrix{a: 1, d: 1}, scale: 1}
	}
	lexer := pdfLexer{src: content}
	for {
		token := lexer.next()
		switch token.kind {
		case pdfEnd:
			return
		case pdfWord:
			if token.text == "BI" {
				lexer.skipPicture()
				d.page.picture = true
			} else {
				d.operator(token.text)
			}
			d.args = d.args[:0]
		default:
			if len(d.args) < maxArgs {
				d.args = append(d.args, token)
			}
		}
	}
}

// number returns the i-th argument from the end, counted from 0.
func (d *pdfDrawing) number(i int) float64 {
	if i = len(d.args) - 1 - i; i >= 0 {
		return d.args[i].number
	}
	return 0
}

func (d *pdfDrawing) operator(op string) {
	s := &d.state
	switch op {
	case "q":
		if len(d.saved) < maxSaved {
			d.saved = append(d.saved, *s)
		}
	case "Q":
		if n := len(d.saved); n > 0 {
			*s, d.saved = d.saved[n-1], d.saved[:n-1]
		}
	case "cm":
		s.place = d.matrix().times(s.place)
	case "Tf":
		if n := len(d.args); n >= 2 {
			s.font, s.size = d.font(d.args[n-2].text), d.number(0)
		}
	case "Tc":
		s.spacing = d.number(0)
	case "Tw":
		s.wordSpace = d.number(0)
	case "Tz":
		s.scale = d.number(0) / 100
	case "TL":
		s.lead = d.number(0)
	case "Ts":
		s.raised = d.number(0)
	case "Do":
		d.object()
	default:
		d.textOperator(op)
	}
}

// font returns the font that the drawing calls name.
func (d *pdfDrawing) font(name string) *pdfFont {
	f, ok := d.fonts[name]
	if !ok && len(d.fonts) < maxArgs {
		f = d.reader.font(d.resources.Key("Font").Key(name))
		d.fonts[name] = f
	}
	return f
}

func (d *pdfDrawing) textOperator(op string) {
	switch op {
	case "BT":
		d.text, d.line = pdfMatrix{a: 1, d: 1}, pdfMatrix{a: 1, d: 1}
	case "Tm":
		d.line = d.matrix()
		d.text = d.line
	case "Td":
		d.move(d.number(1), d.number(0))
	case "TD":
		d.state.lead = -d.number(0)
		d.move(d.number(1), d.number(0))
	case "T*":
		d.move(0, -d.state.lead)
	case "Tj", "TJ":
		d.show()
	case "'":
		d.move(0, -d.state.lead)
		d.show()
	case `"`:
		d.state.wordSpace, d.state.spacing = d.number(2), d.number(1)
		d.move(0, -d.state.lead)
		d.show()
	}
}

func (d *pdfDrawing) matrix() pdfMatrix {
	return pdfMatrix{d.number(5), d.number(4), d.number(3), d.number(2), d.number(1), d.number(0)}
}

func (d *pdfDrawing) move(x, y float64) {
	d.line = pdfMatrix{a: 1, d: 1, e: x, f: y}.times(d.line)
	d.text = d.line
}

// show draws the strings among the arguments; a number between them moves to the left,
// in thousandths of the size.
func (d *pdfDrawing) show() {
	s := &d.state
	if s.font == nil {
		return
	}
	for _, arg := range d.args {
		switch arg.kind {
		case pdfNumber:
			d.text = pdfMatrix{a: 1, d: 1, e: -arg.number / 1000 * s.size * s.scale}.times(d.text)
		case pdfString:
			d.showString(arg.text)
		}
	}
}

func (d *pdfDrawing) showString(raw string) {
	s := &d.state
	text, width, letters, spaces := s.font.decode(raw)
	forward := (width*s.size + float64(letters)*s.spacing + float64(spaces)*s.wordSpace) * s.scale
	at := d.text.times(s.place)
	d.text = pdfMatrix{a: 1, d: 1, e: forward}.times(d.text)
	to := d.text.times(s.place)
	upright := math.Abs(at.b) <= math.Abs(at.a) && at.a > 0
	if text == "" || !upright || len(d.page.chunks) >= maxChunk {
		return // text that is turned is a water mark or the label of an axis
	}
	d.page.chunks = append(d.page.chunks, pdfChunk{
		text: text, x: at.e, y: at.f + s.raised*at.d, end: to.e,
		size: math.Abs(s.size) * math.Hypot(at.c, at.d),
		bold: s.font.bold, mono: s.font.mono,
	})
}

// object draws a picture, or a drawing in the drawing.
func (d *pdfDrawing) object() {
	if len(d.args) == 0 {
		return
	}
	v := d.resources.Key("XObject").Key(d.args[len(d.args)-1].text)
	switch v.Key("Subtype").Name() {
	case "Image":
		d.page.picture = true
	case "Form":
		if d.depth >= maxForms {
			return
		}
		inner := *d
		inner.saved, inner.args = nil, nil
		if m := v.Key("Matrix"); m.Len() == 6 {
			var n [6]float64
			for i := range n {
				n[i] = m.Index(i).Float64()
			}
			inner.state.place = pdfMatrix{n[0], n[1], n[2], n[3], n[4], n[5]}.times(d.state.place)
		}
		resources := v.Key("Resources")
		if resources.IsNull() {
			resources = d.resources
		}
		inner.draw(d.reader.contents(v), resources, d.depth+1)
	}
}
