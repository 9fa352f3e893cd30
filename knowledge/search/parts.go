package search

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// How a term came out of a word: it decides how much the term weighs in a query.
type kind uint8

const (
	wholeKind kind = iota // a Latin word as it was written
	partKind              // a piece of a Latin word: cache of proxy_cache_path
	charKind              // a Han character
	pairKind              // two Han characters that stand together
)

// longest is the length in bytes of the longest Latin word that is a term as a whole; of
// a longer one its beginning is.
const longest = 64

// A part is a term that a Latin word stands for.
type part struct {
	term string
	kind kind
}

// parts appends the terms of a Latin word to dst: the word itself first, then its
// pieces, each once. A word of letters only is its stem and nothing else.
//
//	docker            docker
//	proxy_cache_path  proxy_cache_path, proxy, cach, path
//	192.168.1.1:80    192.168.1.1:80, 192.168.1.1, 80
//	NotReady          notready, not, ready
//	centos7           centos7, centos, 7
func parts(dst []part, raw []byte) []part {
	first := len(dst)
	lower := strings.ToLower(string(raw))
	if acronyms(raw) {
		return append(dst, part{lower[:len(lower)-1], wholeKind})
	}
	if len(lower) > longest {
		lower = strings.ToValidUTF8(lower[:longest], "")
	}
	dst = append(dst, part{stem(lower), wholeKind})
	if plain(raw) || bytes.HasSuffix(raw, []byte("++")) {
		return dst
	}
	add := func(t string) {
		if t == "" || len(t) > longest || len(dst)-first > 24 {
			return
		}
		for _, p := range dst[first:] {
			if p.term == t {
				return
			}
		}
		dst = append(dst, part{t, partKind})
	}
	for major := range bytes.FieldsFuncSeq(raw, func(r rune) bool { return strings.ContainsRune("/:=@+", r) }) {
		if len(major) < len(raw) {
			add(stem(strings.ToLower(string(major))))
		}
		if dotted(major) {
			continue
		}
		for minor := range bytes.FieldsFuncSeq(major, func(r rune) bool { return r == '-' || r == '_' }) {
			if v := strings.TrimLeft(string(minor), "vV"); dotted([]byte(v)) {
				add(v)
				continue
			}
			for piece := range bytes.FieldsFuncSeq(minor, func(r rune) bool { return r == '.' }) {
				pieces(piece, add)
			}
		}
	}
	return dst
}

// pieces gives add the pieces of a word that has no marks inside: camelCase and the
// border between letters and digits.
func pieces(w []byte, add func(string)) {
	start := 0
	cut := func(end int) {
		p := w[start:end]
		single := len(p) == 1 && (!isDigit(p[0]) || start > 0 && end < len(w))
		if !single || len(w) == 1 {
			add(stem(strings.ToLower(string(p))))
		}
		start = end
	}
	for i := 1; i < len(w); i++ {
		a, b := w[i-1], w[i]
		switch {
		case isLower(a) && isUpper(b), isDigit(a) != isDigit(b):
			cut(i)
		case i+1 < len(w) && isUpper(a) && isUpper(b) && isLower(w[i+1]):
			cut(i)
		}
	}
	if start < len(w) {
		cut(len(w))
	}
}

// plain reports whether a word has nothing to take apart.
func plain(raw []byte) bool {
	for i, b := range raw {
		switch {
		case b >= utf8.RuneSelf, isLower(b):
			if i > 1 && isUpper(raw[i-1]) || i > 0 && isDigit(raw[i-1]) {
				return false
			}
		case isUpper(b):
			if i > 0 && !isUpper(raw[i-1]) {
				return false
			}
		case isDigit(b):
			if i > 0 && !isDigit(raw[i-1]) {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// acronyms reports whether a word is the plural of an acronym: IPs, VMs, URLs.
func acronyms(raw []byte) bool {
	n := len(raw) - 1
	return n >= 2 && n < 16 && raw[n] == 's' && bytes.IndexFunc(raw[:n], func(r rune) bool { return r < 'A' || r > 'Z' }) < 0
}

// dotted reports whether w is a number with dots in it: a version or an IP address.
func dotted(w []byte) bool {
	dots := 0
	for i, b := range w {
		switch {
		case b == '.' && i > 0 && i < len(w)-1:
			dots++
		case !isDigit(b):
			return false
		}
	}
	return dots > 0
}
