package note

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// ErrNotText means that a file's bytes are no text in any encoding that Decode reads.
var ErrNotText = errors.New("not text")

// Decode returns the text of a file: valid UTF-8 without a byte order mark, its lines
// ended by "\n".
//
// It reads UTF-8, UTF-16 in either byte order (with a byte order mark, or where the bytes
// leave no doubt) and, where the bytes are not UTF-8, GB18030, which includes GBK and
// GB2312. A few damaged bytes become U+FFFD each. The text is at most three times as long
// as src.
//
// Line n of the text is line n of the file: "\r\n" ends a line, and so does "\r" in a file
// without any "\n"; elsewhere a lone "\r" is no line end to an editor and becomes a space.
//
// The error wraps ErrNotText and says why.
func Decode(src []byte) (string, error) {
	text, err := decodeBytes(src)
	if err != nil {
		return "", err
	}
	text = unixLines(strings.TrimLeft(text, "\ufeff"))
	if err := checkText(text); err != nil {
		return "", err
	}
	return text, nil
}

// decodeBytes chooses the encoding of src.
func decodeBytes(src []byte) (string, error) {
	switch {
	case bytes.HasPrefix(src, []byte{0xff, 0xfe}):
		return fromUTF16(src[2:], binary.LittleEndian), nil
	case bytes.HasPrefix(src, []byte{0xfe, 0xff}):
		return fromUTF16(src[2:], binary.BigEndian), nil
	}
	if bytes.IndexByte(src, 0) >= 0 {
		if order := guessUTF16(src); order != nil {
			return fromUTF16(src, order), nil
		}
		return "", fmt.Errorf("%w: it holds NUL bytes", ErrNotText)
	}
	if utf8.Valid(src) {
		return string(src), nil
	}
	if damagedUTF8(src) {
		return toValid(src), nil
	}
	return fromGB18030(src)
}

// damagedUTF8 reports whether src is UTF-8 with a few bad bytes. Other encodings form a
// UTF-8 character only by chance, so four characters to a bad byte are enough to tell.
func damagedUTF8(src []byte) bool {
	good, bad := 0, 0
	for len(src) > 0 {
		if src[0] < utf8.RuneSelf {
			src = src[1:]
			continue
		}
		r, n := utf8.DecodeRune(src)
		if r == utf8.RuneError && n == 1 {
			bad++
		} else {
			good++
		}
		src = src[n:]
	}
	return good >= 4*bad
}

// toValid is strings.ToValidUTF8 with one U+FFFD for each bad byte.
func toValid(src []byte) string {
	return string([]rune(string(src)))
}

func fromGB18030(src []byte) (string, error) {
	text, err := simplifiedchinese.GB18030.NewDecoder().Bytes(src)
	if err != nil {
		return "", fmt.Errorf("%w: %w", ErrNotText, err)
	}
	// A damaged file has a bad byte here and there; bytes that are something else
	// have many.
	bad := bytes.Count(text, []byte("\ufffd"))
	if bad > 1 && bad > len(src)/100 {
		return "", fmt.Errorf("%w: neither UTF-8 nor UTF-16 nor GB18030; save it as UTF-8", ErrNotText)
	}
	return string(text), nil
}

// fromUTF16 decodes src; an odd byte at the end and lone surrogates become U+FFFD.
func fromUTF16(src []byte, order binary.ByteOrder) string {
	units := make([]uint16, 0, len(src)/2+1)
	for ; len(src) >= 2; src = src[2:] {
		units = append(units, order.Uint16(src))
	}
	if len(src) == 1 {
		units = append(units, utf8.RuneError)
	}
	return string(utf16.Decode(units))
}

// guessUTF16 returns the byte order in which src reads as UTF-16 text, nil where there is
// doubt. src holds a NUL byte.
func guessUTF16(src []byte) binary.ByteOrder {
	if len(src)%2 != 0 {
		return nil
	}
	little, big := utf16Likeness(src, binary.LittleEndian), utf16Likeness(src, binary.BigEndian)
	enough := len(src) / 2 * 9 / 10
	switch {
	case little > big && little >= enough:
		return binary.LittleEndian
	case big > little && big >= enough:
		return binary.BigEndian
	}
	return nil
}

// utf16Likeness counts the units of src that study notes are made of; 0 where a unit is
// never found in text or none is a line end, a space or a Latin letter.
func utf16Likeness(src []byte, order binary.ByteOrder) int {
	good, ascii := 0, 0
	for i := 0; i+1 < len(src); i += 2 {
		switch u := order.Uint16(src[i:]); {
		case u < 0x20 && u != '\t' && u != '\n' && u != '\r', u >= 0xfffe:
			return 0
		case u < 0x7f:
			good++
			ascii++
		case 0xa0 <= u && u < 0x250, // Latin
			0x2000 <= u && u < 0x2700,  // punctuation, arrows, boxes
			0x3000 <= u && u < 0x3100,  // Chinese punctuation, kana
			0x4e00 <= u && u < 0xa000,  // Han
			0xd800 <= u && u < 0xe000,  // surrogates
			0xff00 <= u && u <= 0xffef: // full-width forms
			good++
		}
	}
	if ascii == 0 {
		return 0
	}
	return good
}

// checkText refuses what decodes but is no text.
func checkText(text string) error {
	controls := 0
	for i := range len(text) {
		switch b := text[i]; {
		case b == 0:
			return fmt.Errorf("%w: it holds NUL characters", ErrNotText)
		case b < 0x20 && !isLayout(b), b == 0x7f:
			controls++
		}
	}
	bad := strings.Count(text, "\ufffd")
	if controls == 0 && bad <= 1 {
		return nil
	}
	runes := utf8.RuneCountInString(text)
	switch {
	case 4*controls > runes:
		return fmt.Errorf("%w: it holds mostly control characters", ErrNotText)
	case bad > 1 && 4*bad > runes:
		return fmt.Errorf("%w: most of its characters are damaged; save it as UTF-8 from its source", ErrNotText)
	}
	return nil
}

// isLayout reports whether b stands in text by right: white space, and the backspaces and
// escapes of a terminal's transcript.
func isLayout(b byte) bool {
	switch b {
	case '\t', '\n', '\v', '\f', '\r', '\b', 0x1b:
		return true
	}
	return false
}

// unixLines ends every line of s by "\n".
func unixLines(s string) string {
	if strings.IndexByte(s, '\r') < 0 {
		return s
	}
	if strings.IndexByte(s, '\n') < 0 {
		return strings.ReplaceAll(s, "\r", "\n")
	}
	b := []byte(s)
	out := b[:0]
	for i := 0; i < len(b); i++ {
		if b[i] != '\r' {
			out = append(out, b[i])
			continue
		}
		end := i // of the run of "\r"
		for end < len(b) && b[end] == '\r' {
			end++
		}
		if end < len(b) && b[end] != '\n' {
			out = append(out, ' ')
		}
		i = end - 1
	}
	return string(out)
}
