package search

import "strings"

// stem takes the common endings off a lower-case English word, lightly: plural, -ing,
// -ed, -e, -ation. Names stay what they are (redis, status, class), words with digits
// or other marks too. Two forms of a word get the same stem more often than not; a stem
// is for comparing, not for reading.
func stem(w string) string {
	if len(w) < 4 || strings.IndexFunc(w, func(r rune) bool { return r < 'a' || r > 'z' }) >= 0 {
		return w
	}
	w = singular(w)
	for _, end := range []string{"ations", "ation", "ing", "ed"} {
		root, ok := strings.CutSuffix(w, end)
		if !ok || len(root) < 3 || !strings.ContainsAny(root, "aeiouy") {
			continue
		}
		if n := len(root); root[n-1] == root[n-2] && !strings.ContainsRune("lsz", rune(root[n-1])) {
			root = root[:n-1] // mapped, mapping: map
		}
		return strings.TrimSuffix(root, "e")
	}
	if len(w) >= 5 && w[len(w)-1] == 'e' && !strings.HasSuffix(w, "ee") {
		return w[:len(w)-1]
	}
	return w
}

// singular takes the plural off a word of 4 letters or more.
func singular(w string) string {
	switch {
	case strings.HasSuffix(w, "ss"), strings.HasSuffix(w, "us"), strings.HasSuffix(w, "is"), !strings.HasSuffix(w, "s"):
		return w
	case strings.HasSuffix(w, "ies") && len(w) > 4:
		return w[:len(w)-3] + "y"
	case strings.HasSuffix(w, "sses"), strings.HasSuffix(w, "xes"), strings.HasSuffix(w, "ches"), strings.HasSuffix(w, "shes"):
		return w[:len(w)-2]
	}
	return w[:len(w)-1]
}
