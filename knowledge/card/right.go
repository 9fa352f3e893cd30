package card

import (
	"strings"

	"studybot/knowledge"
	"studybot/knowledge/pattern"
)

var tickMark = pattern.New(`(?i)\s*(?:✅|✓|✔\x{fe0f}?|☑\x{fe0f}?|√|[(（](?:correct(?: answer)?|right|正确(?:答案)?|对|√|✓|✔)[)）])\s*`)

// mayTick is quick, and true of the texts of options at which tickMark finds a tick, but for a
// bare ✓, ☑ or √, which text about sums holds too.
func mayTick(s string) bool {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '(' || c == '\xef' && strings.HasPrefix(s[i:], "（"):
			next := firstRune(strings.TrimLeft(s[i:], "(（"))
			if strings.ContainsRune("cCrR正对√✓✔", next) || strings.ContainsAny(s, "✓☑√") {
				return true
			}
		case c == '\xe2' && (strings.HasPrefix(s[i:], "✅") || strings.HasPrefix(s[i:], "✔")):
			return true
		}
	}
	return false
}

// setTicked marks the options that a tick stands at, or the only one in bold, and takes the
// tick off.
func setTicked(opts []knowledge.Option) bool {
	ticked, bold := 0, 0
	for _, o := range opts {
		if tickMark.MatchString(o.Text) {
			ticked++
		}
		if boldOption(o.Text) {
			bold++
		}
	}
	if ticked == len(opts) || ticked == 0 && bold != 1 {
		return false
	}
	for i, o := range opts {
		if ticked > 0 {
			opts[i].Right = tickMark.MatchString(o.Text)
			if opts[i].Text = strings.TrimSpace(tickMark.ReplaceAllString(o.Text, " ")); boldOption(opts[i].Text) || strings.HasSuffix(opts[i].Text, "** **") {
				opts[i].Text = strings.Trim(opts[i].Text, "* ")
			}
			continue
		}
		opts[i].Right = boldOption(o.Text)
		opts[i].Text = strings.Trim(boldRemark.ReplaceAllString(o.Text, "**"), "* ")
	}
	return true
}

// boldOption reports an option in bold, letter and text: of "**B. text**" is left "text**".
func boldOption(s string) bool {
	if strings.Contains(s, "**") {
		s = boldRemark.ReplaceAllString(s, "**")
	}
	return strings.HasSuffix(s, "**") && (strings.Count(s, "**") == 1 || strings.HasPrefix(s, "**") && strings.Count(s, "**") == 2)
}

// boldRemark is what explains the right option, behind its bold.
var boldRemark = pattern.New(`\*\*\s*[(（].*[)）]$`)

// unboldRight takes the bold off the right options whose letter was in bold too, and a tick.
func unboldRight(opts []knowledge.Option) {
	for i, o := range opts {
		if t, ok := strings.CutSuffix(o.Text, " ✅"); ok && o.Right {
			opts[i].Text, o.Text = t, t
		}
		if t, ok := strings.CutSuffix(o.Text, "Most Voted**"); ok { // what the readers of a dump chose
			opts[i].Text = strings.TrimRight(t, " *")
			continue
		}
		if o.Right && boldOption(o.Text) {
			opts[i].Text = strings.Trim(boldRemark.ReplaceAllString(o.Text, "**"), "* ")
		}
	}
}

// alsoRight marks the options that a line with the answer names, with letter and text, one after
// the other: "A. cheap, C. fast".
func alsoRight(opts []knowledge.Option, line string) {
	if len(opts) > 26 || len(line) > 2000 {
		return
	}
	at := -1 // end of the last option that was found
	for i, o := range opts {
		for _, mark := range [...]string{". ", ") ", "、", "．"} {
			named := string(rune('A'+i)) + mark + o.Text
			k := strings.Index(line[max(at, 0):], named)
			if k < 0 || at >= 0 && strings.Trim(line[at:at+k], " ,;，；、&+and*") != "" {
				continue
			}
			if o.Right || at >= 0 {
				opts[i].Right, at = true, max(at, 0)+k+len(named)
			}
			break
		}
	}
}

// setRight marks the options that letters name.
func setRight(opts []knowledge.Option, letters string) bool {
	right := 0
	letters = strings.NewReplacer("and", " ", "or", " ").Replace(letters)
	for _, r := range strings.ToUpper(letters) {
		if k := int(r - 'A'); r >= 'A' && k < len(opts) {
			opts[k].Right = true
			right++
		} else if r >= 'A' && r <= 'Z' {
			return false
		}
	}
	return right > 0
}
