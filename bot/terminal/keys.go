package terminal

import "unicode/utf8"

// A key is a character, or one of the keys below.
type key rune

const (
	keyNone key = -1 - iota // an escape sequence that means nothing here
	keyEnter
	keyTab
	keyInterrupt
	keyEOF // or delete, if there is something to delete
	keyBackspace
	keyDelete
	keyLeft
	keyRight
	keyWordLeft
	keyWordRight
	keyHome
	keyEnd
	keyUp
	keyDown
	keyCutBefore
	keyCutAfter
	keyCutWord
	keyClearScreen
	keyPasteStart
	keyPasteEnd
)

// nextKey reads a key from b and returns its length, 0 if there is only a part of one. What is
// pasted has no keys but its end: a line feed in it does not send the line.
func nextKey(b []byte, pasting bool) (key, int) {
	if len(b) == 0 {
		return keyNone, 0
	}
	if b[0] == '\x1b' {
		return escapeKey(b, pasting)
	}
	if !pasting && (b[0] < ' ' || b[0] == 0x7f) {
		return controlKey(b[0]), 1
	}
	if !utf8.FullRune(b) {
		return keyNone, 0
	}
	r, n := utf8.DecodeRune(b)
	return key(r), n
}

func controlKey(c byte) key {
	switch c {
	case '\r', '\n':
		return keyEnter
	case '\t':
		return keyTab
	case 0x7f, 'H' - '@':
		return keyBackspace
	case 'A' - '@':
		return keyHome
	case 'B' - '@':
		return keyLeft
	case 'C' - '@':
		return keyInterrupt
	case 'D' - '@':
		return keyEOF
	case 'E' - '@':
		return keyEnd
	case 'F' - '@':
		return keyRight
	case 'K' - '@':
		return keyCutAfter
	case 'L' - '@':
		return keyClearScreen
	case 'N' - '@':
		return keyDown
	case 'P' - '@':
		return keyUp
	case 'U' - '@':
		return keyCutBefore
	case 'W' - '@':
		return keyCutWord
	}
	return keyNone
}

// escapeKey reads an escape sequence by the grammar of ECMA-48: ESC [ parameters final, and ESC O
// final and ESC letter, as terminals send them.
func escapeKey(b []byte, pasting bool) (key, int) {
	const longest = 32 // bytes of a sequence that means something
	if len(b) < 2 {
		return keyNone, 0
	}
	if b[1] != '[' && b[1] != 'O' {
		if b[1] == '\x1b' {
			return keyNone, 1
		}
		return altKey(b[1]), 2
	}
	for i := 2; i < len(b) && i < longest; i++ {
		if c := b[i]; c >= '@' && c <= '~' {
			k := sequenceKey(string(b[2:i]), c)
			if pasting && k != keyPasteEnd {
				k = keyNone
			}
			return k, i + 1
		} else if c < ' ' || c > '~' {
			return keyNone, i // cut off by something else
		}
	}
	if len(b) >= longest {
		return keyNone, longest
	}
	return keyNone, 0
}

func altKey(c byte) key {
	switch c {
	case 'b':
		return keyWordLeft
	case 'f':
		return keyWordRight
	case 0x7f:
		return keyCutWord
	}
	return keyNone
}

func sequenceKey(params string, final byte) key {
	word := params == "1;5" || params == "1;3" // with Ctrl or Alt
	switch final {
	case 'A':
		return keyUp
	case 'B':
		return keyDown
	case 'C':
		if word {
			return keyWordRight
		}
		return keyRight
	case 'D':
		if word {
			return keyWordLeft
		}
		return keyLeft
	case 'F':
		return keyEnd
	case 'H':
		return keyHome
	case '~':
		switch params {
		case "1", "7":
			return keyHome
		case "3":
			return keyDelete
		case "4", "8":
			return keyEnd
		case "200":
			return keyPasteStart
		case "201":
			return keyPasteEnd
		}
	}
	return keyNone
}
