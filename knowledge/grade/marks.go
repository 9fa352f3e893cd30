package grade

import "strings"

// labelled puts a name and a colon before a text, in the marks of its language.
func labelled(name, text string) string {
	if hasHan(name) || hasHan(text) {
		return name + "：" + text
	}
	return name + ": " + text
}

// joined puts texts together with one mark where any of them, or what names them, has
// Chinese, and with another elsewhere.
func joined(name string, parts []string, han, latin string) string {
	if s := strings.Join(parts, latin); !hasHan(name) && !hasHan(s) {
		return s
	}
	return strings.Join(parts, han)
}
