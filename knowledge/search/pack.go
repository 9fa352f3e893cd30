package search

import (
	"strings"
	"unicode/utf8"
)

// A packed text takes two bytes for a character of Chinese or its marks, where UTF-8 takes three: one for
// its block of 256 characters, from firstBlock on, and one for its place in it. ASCII stays as it is, and any
// other character is UTF-8 behind escaped. An index is a tenth smaller for it.
const (
	firstBlock = 0x80
	escaped    = 0xFF
)

// The blocks of 256 characters that are packed, in their order: marks, signs and kana, Han, full-width
// forms. There are no more than fit between firstBlock and escaped.
var blocks = [...]struct{ first, last rune }{{0x20, 0x33}, {0x4E, 0x9F}, {0xFF, 0xFF}}

// pack appends a text to dst. Bytes that are no UTF-8 become U+FFFD.
func pack(dst []byte, s string) []byte {
	for _, r := range s {
		if r < utf8.RuneSelf {
			dst = append(dst, byte(r))
		} else if lead := leadOf(r >> 8); lead != escaped {
			dst = append(dst, lead, byte(r))
		} else {
			dst = utf8.AppendRune(append(dst, escaped), r)
		}
	}
	return dst
}

// leadOf returns the first byte of the characters of a block.
func leadOf(block rune) byte {
	lead := rune(firstBlock)
	for _, b := range blocks {
		if b.first <= block && block <= b.last {
			return byte(lead + block - b.first)
		}
		lead += b.last - b.first + 1
	}
	return escaped
}

// unpack returns the text that was packed.
func unpack(src []byte) string {
	var b strings.Builder
	b.Grow(len(src) + len(src)/2)
	for i := 0; i < len(src); {
		lead := src[i]
		i++
		switch {
		case lead < utf8.RuneSelf:
			b.WriteByte(lead)
		case lead == escaped:
			r, n := utf8.DecodeRune(src[i:])
			b.WriteRune(r)
			i += n
		case i < len(src):
			b.WriteRune(blockOf(lead)<<8 | rune(src[i]))
			i++
		}
	}
	return b.String()
}

// blockOf returns the block of characters that begin with a byte.
func blockOf(lead byte) rune {
	at := rune(lead) - firstBlock
	for _, b := range blocks {
		if n := b.last - b.first + 1; at >= n {
			at -= n
		} else {
			return b.first + at
		}
	}
	return 0
}
