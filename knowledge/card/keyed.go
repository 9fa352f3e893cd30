package card

import (
	"strings"

	"studybot/knowledge"
	"studybot/knowledge/note"
	"studybot/knowledge/pattern"
)

// keyedQuestions makes cards of numbered lines without options whose answers stand in a key.
func keyedQuestions(d *doc) []draft {
	var out []draft
	keys := d.keys()
	if len(keys) < 2 {
		return nil
	}
	for i := range d.lines {
		a, ok := keys[i]
		if !ok || d.taken[i] {
			continue
		}
		question, end := d.keyedText(i)
		if !d.bare(end) {
			continue
		}
		title, _, _ := strings.Cut(question, "\n")
		title = note.CleanTitle(title)
		dr := draft{title: title, line: i + 1, section: d.sectionAt(i), question: question, key: question, explicit: true, body: d.span(a.from, a.to)}
		right, judged := verdicts[strings.ToLower(a.value)]
		switch {
		case judged:
			dr.judgedAs(right, a.text)
		case len(a.value) == 1, lettersOnly.MatchString(a.value):
			continue // letters of options that are not there
		default:
			dr.answer = strings.TrimSpace(a.value + " " + a.text)
		}
		if weight(title) < 2 || dr.answer == "" {
			continue
		}
		d.take(i, end)
		d.take(a.from, a.to)
		out = append(out, dr)
	}
	return out
}

// bare reports whether nothing stands between the question at line i and what follows it:
// another number, a part of a quiz, a label, a heading.
func (d *doc) bare(i int) bool {
	for j := i + 1; j < len(d.lines); j++ {
		text := strings.TrimSpace(d.note.Lines[j])
		switch {
		case d.lines[j].Kind == note.Blank, emptyReply.MatchString(text):
			continue
		case d.lines[j].Kind == note.Heading, d.lines[j].Kind == note.Rule, d.numberOf(j) > 0, d.taken[j], isPart(text), keyLabel.MatchString(text),
			strings.HasPrefix(text, ":::"), strings.HasPrefix(text, "???"), strings.HasPrefix(text, "<details"):
			return true
		}
		return false
	}
	return true
}

// emptyReply is the place that a sheet leaves for an answer.
var emptyReply = pattern.New(`^(?:答\s*[:：])?[\s_]*$`)

var verdicts = map[string]bool{"√": true, "✓": true, "✔": true, "对": true, "正确": true, "true": true, "t": true,
	"×": false, "✗": false, "✘": false, "错": false, "错误": false, "false": false, "f": false}

// judgedAs makes of a draft the question whether its statement is right.
func (dr *draft) judgedAs(right bool, why string) {
	yes, no, lead := "True", "False", "True or false: "
	if hasHan(dr.title) {
		yes, no, lead = "对", "错", "判断对错："
	}
	dr.title = judgeCue.ReplaceAllString(dr.title, "")
	dr.question = lead + strings.TrimSpace(verdictIn.ReplaceAllString(emptyVerdict.ReplaceAllString(dr.title, ""), ""))
	dr.kind = knowledge.Choice
	dr.options = []knowledge.Option{{Text: yes, Right: right}, {Text: no, Right: !right}}
	dr.answer = strings.TrimSpace(strings.Join(rightOnes(dr.options), "\n") + "\n" + why)
}

// replyVerdict is an answer that begins with a verdict.
var replyVerdict = pattern.New(`^[(（*]*(√|×|✓|✗|✔|✘|对|错|正确|错误|[Tt]rue|[Ff]alse|TRUE|FALSE|T|F)[)）*]*(?:[(（](?:对|错|正确|错误)[)）])?[*]*(?:[\s\x{3000}。.，,；;:：]+((?s:.*)))?$`)

// judge makes of a draft whose answer is a verdict the question whether its statement is right.
func (dr *draft) judge(answer string) bool {
	m := replyVerdict.FindStringSubmatch(answer)
	if m == nil || note.Asks(dr.title) {
		return false
	}
	dr.judgedAs(verdicts[strings.ToLower(m[1])], m[2])
	return true
}

// judgeCue begins a statement that is to be judged.
var judgeCue = pattern.New(`^[【(（]?(?:判断题?|是非题)[】)）]?\s*[:：]?\s*|^(?i:true or false)\s*[?:：]\s*`)

var emptyVerdict = pattern.New(`[\s\x{3000}]*[(（][\s\x{3000}]*[)）]`)
