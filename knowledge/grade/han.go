package grade

// hanAt returns the character at i where it is one of U+4E00 to U+9FFF, as most Chinese ones
// are. It is quicker than decoding.
func hanAt(s string, i int) (han rune, ok bool) {
	if s[i]-0xE4 > 5 || i+2 >= len(s) || (s[i+1]^0x80)|(s[i+2]^0x80) >= 0x40 {
		return 0, false
	}
	han = rune(s[i]&0x0F)<<12 | rune(s[i+1]&0x3F)<<6 | rune(s[i+2]&0x3F)
	return han, han >= firstHan
}
