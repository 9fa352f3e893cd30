package grade

// isMark reports a mark of Chinese text: 。「」（），：；？ and the like.
func isMark(r rune) bool {
	return r >= 0x3000 && r <= 0x3020 || r >= '！' && r <= '／' || r >= '：' && r <= '？'
}

// hanAt returns the character at i where it is one of U+5000 to U+9FFF, as most Chinese ones
// are. It is quicker than decoding.
func hanAt(s string, i int) (han rune, ok bool) {
	if s[i]-0xE5 > 4 || i+2 >= len(s) || (s[i+1]^0x80)|(s[i+2]^0x80) >= 0x40 {
		return 0, false
	}
	return rune(s[i]&0x0F)<<12 | rune(s[i+1]&0x3F)<<6 | rune(s[i+2]&0x3F), true
}
