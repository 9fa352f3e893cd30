package card

import (
	"slices"
	"strings"

	"studybot/knowledge"
	"studybot/knowledge/note"
	"studybot/knowledge/pattern"
)

// methodName is the heading of a reference of an API: "client.send(message)".
var methodName = pattern.New(`^[\w$]+(?:\.|::|#)[\w$.]+\(`)

// release is the heading of what changed in a version: "[1.2.0] - 2024-03-01", "Changes in 4.5.11",
// "tool 1.5.2 (1 January 2020)".
var release = pattern.New(`(?i)^(?:v|version |release )?\[?v?\d+\.\d+(?:\.\d+)*[\w.+-]*\]?(?:\s*[-–/(]?\s*[(\[]?\d{4}[-./]\d{1,2}[-./]\d{1,2}[)\]]?)?$|^\[?unreleased\]?$|^(?:[\w ]{0,24} )?(?:changes|highlights|news|fixed|fixes) (?:in|since|between|for|from) .{0,40}\d+\.\d|^.{1,40} v?\d+\.\d+(?:\.\d+)*\S* [(\[][^()]*\d{4}[^()]*[)\]]$`)

// released reports whether a section, or one around it, tells what changed in a version, or
// what was said or done at a time.
func (d *doc) released(i int) bool {
	for ; i >= 0; i = d.note.Sections[i].Parent {
		line := d.note.Sections[i].TitleLine
		if line == 0 {
			continue
		}
		s := d.lines[line-1].Text
		if len(s) < 100 && (strings.Contains(s, ".") || strings.Contains(s, "nreleased")) && release.MatchString(s) {
			return true
		}
		if hasAny(s, "会", "报", "刊", "inutes", "eeting", "tandup") && minutes.MatchString(s) {
			return true
		}
	}
	return false
}

// asksBelow reports whether a title right under a section asks.
func (d *doc) asksBelow(i int) bool {
	return slices.ContainsFunc(d.kids[i], func(k int) bool { return note.Asks(d.note.Sections[k].Title) })
}

// boxesOnly reports a body of nothing but tasks, done or not, and links.
func (d *doc) boxesOnly(body []knowledge.Span) bool {
	boxes := 0
	for _, s := range body {
		for l := s.Start; l <= s.End; l++ {
			switch {
			case d.boxed(l - 1):
				boxes++
			case d.lines[l-1].Kind == note.Blank, d.lines[l-1].Kind == note.Rule, d.linkLine(l - 1), boxes > 0 && d.lines[l-1].Indent > 0:
			default:
				return false
			}
		}
	}
	return boxes > 0
}

// lead reports whether a body stands between the title of a note, or of a collection of
// questions, and what follows, and does not say what the title is: a remark in a quote, or any
// text over questions.
func (d *doc) lead(i int, body []knowledge.Span) bool {
	s := d.note.Sections[i]
	return s.Level == 1 && s.Parent < 0 && len(d.kids[i]) > 0 && (d.quotesOnly(body) || d.bank()) && !defines(d.firstText(body), s.Title)
}

func (d *doc) quotesOnly(body []knowledge.Span) bool {
	for _, s := range body {
		for l := s.Start; l <= s.End; l++ {
			switch d.lines[l-1].Kind {
			case note.Quote, note.Blank, note.Rule, note.Comment:
			default:
				return false
			}
		}
	}
	return true
}

// bank reports whether explicit questions have used half of the note's text.
func (d *doc) bank() bool {
	if d.used == 0 {
		d.used = 1
		text, taken := 0, 0
		for i, l := range d.lines {
			if l.Kind == note.Blank || l.Kind == note.Front {
				continue
			}
			if text++; d.taken[i] {
				taken++
			}
		}
		if taken*2 >= text {
			d.used = 2
		}
	}
	return d.used == 2
}

// minutes is the title of what was said or done at a time: 周会纪要 2024-03-05.
var minutes = pattern.New(`(?i)(?:会议|例会|周会|晨会|会)(?:纪要|记录)|(?:周|日|月)报(?:\W|$)|周刊.*\d|第\s*\d+\s*期|\bminutes\b|\bmeeting notes\b|\b(?:meeting|standup)\b.*\b\d{4}\b|\d{4}\b.*\b(?:meeting|standup)\b`)

// leader is a line of a printed table of contents: dots, and the number of a page.
var leader = pattern.New(`(?:\.{6,}|…{3,}|(?: \.){6,})[\s*]*(?:\d{1,4}|[ivxlc]+)?[\s*|]*$`)

// dots counts the lines of a printed table of contents in a body.
func (d *doc) dots(body []knowledge.Span) int {
	n := 0
	for _, s := range body {
		for l := s.Start; l <= s.End; l++ {
			if t := d.lines[l-1].Text; hasAny(t, "......", "………", ". . .") && leader.MatchString(t) {
				n++
			}
		}
	}
	return n
}

// step is the number of a step in a title: "Step 2: Install", 第一步：安装.
var step = pattern.New(`^(?:[Ss]tep\s*\d{1,2}|(?:排查|排错|操作|安装|配置|部署|解决|实验)?步骤\s*[0-9一二三四五六七八九十]{1,2}|第\s*[0-9一二三四五六七八九十]{1,2}\s*步)\s*(?:[:：.、]|[-–—]+\s)\s*`)

// stepOff returns a title without the number of a step; one that is nothing else stays.
func stepOff(title string) string {
	if !hasAny(title, "tep", "步") {
		return title
	}
	if rest := step.ReplaceAllString(title, ""); rest != "" {
		return rest
	}
	return title
}

// assigned is the title of what a course asks to do: （必做）改写上次的程序.
var assigned = pattern.New(`[（(【\[](?:必做|选做|选作|课后作业|作业)[题）)】\]]`)
