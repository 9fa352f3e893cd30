package card

import (
	"strings"
	"unicode/utf8"

	"studybot/knowledge"
	"studybot/knowledge/note"
	"studybot/knowledge/pattern"
)

// clause begins a title that is a part of a sentence, and no name: 更容易迁移, 从日志入手, 本文不包含的.
var clause = pattern.New(`^(?:更|已经?|从.*(?:开始|出发|入手|说起|看)$|在[^的]+[中上里下][^的]+$|之前|之后|此前|本(?:文|章|节|书|系列|项目|教程|课程|仓库|次|周|期)|其实|另外|针对|还有|应[被该当])|(?:口诀|顺口溜|话术)$`)

// filing ends a title that says what kind of text stands below, and of what document it is a part:
// it names nothing that could be asked.
var filing = pattern.New(`(?:过程|工作|记录|经验|建议|内容|(?:学习|专题|相关|参考|推荐|其他)资源|资料|信息|说明|准备|归档|反馈|指南|安排|计划|文档|清单|规范|列表|进展|历程|现象|症状|根因|验证|简述|上手|环境|工作流|细节|贡献|发现|归类|感悟|心得|体会|[整简洁准短]版|示例|位置)\s*(?:[（(][^（）()]*[)）])?$` +
	`|(?i)\b(?:overview|checklist|outline|snapshot|plan|report|logs?|updates?|announcements?|resources|meetings?|initiatives|items|status|roadmap|timeline|milestones|deliverables|highlights|takeaways|strengths|improvements|details|information|documentation|results|findings|remarks|key concepts|core concepts|use cases|best practices)$`)

// mayBeClause is quick, and true of all that clause matches.
func mayBeClause(t string) bool {
	last, _ := utf8.DecodeLastRuneInString(t)
	return strings.ContainsRune("更已从在之此本其另针还应", firstRune(t)) || strings.ContainsRune("诀溜术", last)
}

// files reports a title that filing matches. Most Chinese ones end otherwise.
func files(t string) bool {
	last, _ := utf8.DecodeLastRuneInString(t)
	return (last < utf8.RuneSelf || strings.ContainsRune("）程作录验议容源料息明备档馈南排划单范表展历象状因证述手境流节献现类悟得会版例置", last)) && filing.MatchString(t)
}

// countOnly is a title that counts what it does not name: 故障一, Scenario 2.
var countOnly = pattern.New(`(?i)^(?:故障|场景|方案|步骤|案例|部分|阶段|示例|方法|情况|问题|scenario|case|step|part|phase|section|stage|example|option|approach|problem|issue)\s*[一二三四五六七八九十\d]{1,3}$`)

// weak reports a card that a template guessed of a title that is no topic: a part of a sentence,
// the name of a part of a document, or a name in English that its text never mentions.
func (d *doc) weak(c *knowledge.Card, dr draft, s shape) bool {
	t := strings.TrimSpace(name(dr.title))
	if asksByNumber.MatchString(d.lines[dr.line-1].Text) {
		return false
	}
	if d.repeats(dr.title) || stepTitle(d.lines[dr.line-1].Text) {
		return true
	}
	if mayBeClause(t) && clause.MatchString(t) {
		return true
	}
	if onDay.MatchString(t) || labelled(t) || source.MatchString(t) {
		return true
	}
	if !dr.guessed {
		steps := strings.HasSuffix(c.Question, "的步骤是怎样的？") && files(t)
		return steps || s.lines == 1 && strings.HasSuffix(c.Question, "怎么写、怎么用？") && !mentions(c.Answer, t)
	}
	if strings.Contains(t, "，") {
		return true
	}
	if files(t) && !defines(c.Answer, t) {
		return true
	}
	return !hasHan(t) && !(hasHan(c.Answer) && latinName.MatchString(t)) && !mentions(c.Answer, t)
}

// onDay is a title that says of which day it tells.
var onDay = pattern.New(`\b\d{4}-\d{2}-\d{2}`)

// source is the name of a file of a program.
var source = pattern.New(`^[\w./-]+\.(?:py|jsx?|tsx?|java|go|sh|md|html|css|txt|c|cpp|h|rs|rb|php|ipynb|vue)$`)

// labelled reports a title of labels with a slash between them: Example/示例.
func labelled(t string) bool {
	if !strings.Contains(t, "/") {
		return false
	}
	for part := range strings.SplitSeq(t, "/") {
		if !isLabel(part) {
			return false
		}
	}
	return true
}

// asksByNumber is a title that is counted as a question, and says what is the matter: "Q2: …".
var asksByNumber = pattern.New(`^(?:\*\*)?Q\s?\d{1,3}\s*[.:：、]`)

// stepTitle reports the text of a title that counts a step: "Step 2: Install", 排查步骤 3：清缓存.
func stepTitle(s string) bool {
	return hasAny(s, "tep", "步") && step.MatchString(note.CleanTitle(s))
}

// repeats reports a title with a colon whose words before it, but for their number, stand before
// the colon of two other titles of the note too: "Requirement: …".
func (d *doc) repeats(title string) bool {
	before, _, ok := cutColon(title)
	if !ok {
		return false
	}
	if d.before == nil {
		d.before = map[string]int{}
		for _, s := range d.note.Sections {
			if b, _, ok := cutColon(s.Title); ok {
				d.before[uncounted(b)]++
			}
		}
	}
	return d.before[uncounted(before)] > 2
}

func uncounted(s string) string {
	return strings.TrimRight(s, " 0123456789一二三四五六七八九十")
}

// mentions reports whether a text has one of the words of a title, or a pair of its characters;
// more than half of the words of a title in English.
func mentions(text, title string) bool {
	words := contentWords(title)
	if len(words) == 0 {
		return true
	}
	text = fold(text)
	held, said := 0, 0
	for _, w := range words {
		if stop[w] {
			continue
		}
		said++
		if len(w) > 4 && w[0] < utf8.RuneSelf {
			w = strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(w, "s"), "ing"), "e")
		}
		if strings.Contains(text, w) {
			held++
		}
	}
	if hasHan(title) {
		return held > 0
	}
	return held*2 > said || held == said
}

// stop are words that stand in titles and texts of all kinds.
var stop = set(`a an the of on in to for and or with by at is are as from it its key main`)
