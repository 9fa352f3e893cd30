package note

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/ledongthuc/pdf"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/unicode/norm"
)

// A pdfFont says what the bytes of a string mean.
type pdfFont struct {
	bold, mono bool
	toUnicode  *pdfCMap
	simple     *[256]string       // by byte; nil for a font of many characters
	charset    *encoding.Decoder  // of a font whose codes are those of a Chinese character set
	utf16      bool               // of a font whose codes are UTF-16
	widths     map[uint32]float64 // by code, in parts of the size
	width      float64            // of the others
}

// newFont reads a font. One that is missing or damaged shows Latin letters.
func (d *pdfReader) newFont(v pdf.Value) *pdfFont {
	name := strings.ToLower(v.Key("BaseFont").Name())
	f := &pdfFont{
		bold: strings.Contains(name, "bold") || strings.Contains(name, "black") || strings.Contains(name, "heavy"),
		mono: monospaced(name),
	}
	if u := v.Key("ToUnicode"); u.Kind() == pdf.Stream {
		f.toUnicode = newCMap(d.contents(u))
	}
	if v.Key("Subtype").Name() == "Type0" {
		f.composite(v)
	} else {
		f.bytes(v)
	}
	return f
}

// bytes reads a font in which a byte is a letter.
func (f *pdfFont) bytes(v pdf.Value) {
	f.simple = new([256]string)
	known := pdf.Font{V: v}
	encoder := known.Encoder()
	if f.toUnicode != nil && v.Key("Encoding").IsNull() {
		// Encoder would read the same table.
		encoder = nil
	}
	for i := range f.simple {
		f.simple[i] = string(rune(i))
		if encoder != nil {
			f.simple[i] = strings.ToValidUTF8(encoder.Decode(string([]byte{byte(i)})), "")
		}
	}
	unit := 0.001
	if m := v.Key("FontMatrix"); v.Key("Subtype").Name() == "Type3" && m.Len() == 6 {
		unit = m.Index(0).Float64()
	}
	first, widths := v.Key("FirstChar").Int64(), v.Key("Widths")
	f.widths = map[uint32]float64{}
	f.width = 0.5
	for i := range min(widths.Len(), 256) {
		if code := first + int64(i); code >= 0 && code < 256 {
			f.widths[uint32(code)] = widths.Index(i).Float64() * unit
		}
	}
}

// composite reads a font of many characters, with two bytes each as a rule.
func (f *pdfFont) composite(v pdf.Value) {
	inner := v.Key("DescendantFonts").Index(0)
	f.width = 1
	if w := inner.Key("DW"); !w.IsNull() {
		f.width = w.Float64() / 1000
	}
	encodingName := v.Key("Encoding").Name()
	switch {
	case strings.Contains(encodingName, "UCS2"), strings.Contains(encodingName, "UTF16"):
		f.utf16 = true
	case strings.HasPrefix(encodingName, "GB"):
		f.charset = simplifiedchinese.GB18030.NewDecoder()
	case strings.Contains(encodingName, "B5"):
		f.charset = traditionalchinese.Big5.NewDecoder()
	case strings.Contains(encodingName, "RKSJ"):
		f.charset = japanese.ShiftJIS.NewDecoder()
	case strings.HasPrefix(encodingName, "KSC"):
		f.charset = korean.EUCKR.NewDecoder()
	}
	if f.utf16 || f.charset != nil {
		return // the widths are by other numbers than the codes
	}
	f.widths = map[uint32]float64{}
	w := inner.Key("W")
	for i, n := 0, min(w.Len(), 1<<17); i+1 < n; {
		first := w.Index(i).Int64()
		if list := w.Index(i + 1); list.Kind() == pdf.Array {
			for j := range min(list.Len(), 1<<16) {
				f.widths[uint32(first)+uint32(j)] = list.Index(j).Float64() / 1000
			}
			i += 2
			continue
		}
		last, width := w.Index(i+1).Int64(), w.Index(i+2).Float64()/1000
		for code := first; code <= last && code-first < 1<<16 && len(f.widths) < 1<<17; code++ {
			f.widths[uint32(code)] = width
		}
		i += 3
	}
}

// decode returns the text of a string, its width in parts of the size, and how many
// letters and spaces of one byte it has.
func (f *pdfFont) decode(raw string) (text string, width float64, letters, spaces int) {
	var b strings.Builder
	for len(raw) > 0 {
		n := f.codeLength(raw)
		code := uint32(0)
		for i := range n {
			code = code<<8 | uint32(raw[i])
		}
		b.WriteString(f.letter(code, raw[:n]))
		if w, ok := f.widths[code]; ok {
			width += w
		} else if n == 1 && f.simple == nil {
			width += f.width / 2
		} else {
			width += f.width
		}
		letters++
		if n == 1 && raw[0] == ' ' {
			spaces++
		}
		raw = raw[n:]
	}
	return tidy(b.String()), width, letters, spaces
}

// codeLength returns how many bytes the first code of raw has.
func (f *pdfFont) codeLength(raw string) int {
	switch {
	case f.simple != nil:
		return 1
	case f.charset != nil && raw[0] < 0x80:
		return 1
	case f.utf16 && len(raw) >= 4 && raw[0]&0xfc == 0xd8:
		return 4
	case f.charset == nil && !f.utf16 && f.toUnicode != nil:
		return f.toUnicode.codeLength(raw)
	}
	return min(2, len(raw))
}

// letter returns what a code means, "" where nothing says it.
func (f *pdfFont) letter(code uint32, raw string) string {
	if f.toUnicode != nil {
		if s, ok := f.toUnicode.text[code]; ok {
			return s
		}
	}
	switch {
	case f.simple != nil:
		return f.simple[byte(code)]
	case f.utf16:
		return fromUTF16BE(raw)
	case f.charset != nil:
		s, err := f.charset.String(raw)
		if err != nil {
			return ""
		}
		return s
	}
	return ""
}

func fromUTF16BE(raw string) string {
	units := make([]uint16, 0, len(raw)/2)
	for i := 0; i+1 < len(raw); i += 2 {
		units = append(units, uint16(raw[i])<<8|uint16(raw[i+1]))
	}
	return string(utf16.Decode(units))
}

// tidy brings letters that a font draws into those that a person writes.
func tidy(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == utf8.RuneError, r < ' ' && r != '\t', r == 0x7f, r == 0xad, 0x200b <= r && r <= 0x200d, r == 0xfeff:
			return -1
		case unicode.Is(unicode.Co, r): // private: in practice the bullets of Symbol and Wingdings
			return '•'
		case r == 0xa0:
			return ' '
		}
		return r
	}, unfold(s))
}

// unfold replaces ligatures, and the radicals that some programs write for the characters
// that look the same.
func unfold(s string) string {
	odd := func(r rune) bool { return 0xfb00 <= r && r <= 0xfb06 || 0x2e80 <= r && r <= 0x2fd5 }
	if strings.IndexFunc(s, odd) < 0 {
		return s
	}
	// Compatibility forms of Unicode know only some, and in older forms.
	radicals := []rune("⺠民⻁虎⻄西⻅见⻆角⻉贝⻋车⻓长⻔门⻘青⻚页⻛风⻜飞⻝食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻩黄⻬齐⻰龙⼾户⽱瓦⼸弓")
	var b strings.Builder
	for _, r := range s {
		switch i := slices.Index(radicals, r); {
		case !odd(r):
			b.WriteRune(r)
		case i >= 0:
			b.WriteRune(radicals[i+1])
		default:
			b.WriteString(norm.NFKC.String(string(r)))
		}
	}
	return b.String()
}
