package card

import (
	"strings"
	"unicode/utf8"

	"studybot/knowledge/pattern"
)

var (
	versus   = pattern.New(`(?i)^(.+?)\s+(?:vs\.?|versus)\s+(.+)$`)
	gerund   = pattern.New(`(?i)^(?:installing|configuring|creating|building|running|deploying|setting|using|writing|testing|debugging|updating|deleting|managing|handling|adding|removing|migrating|scaling|monitoring|securing|reporting|sending|reading|parsing|avoiding|choosing|checking|catching|wrapping|maintaining|finding|making|starting|stopping|enabling|disabling|changing|merging|verifying|validating|customizing|extending|submitting|upgrading|restoring)\b`)
	verbEn   = pattern.New(`(?i)^(?:install|configure|create|build|run|deploy|set up|setup|use|write|test|debug|update|delete|manage|handle|add|remove|migrate|scale|monitor|secure|find|check|show|get|make|change|start|stop|enable|disable|avoid|choose|define|verify|validate|upgrade|restore|ensure|prevent|implement|improve|reduce|resolve|troubleshoot|generate|convert|submit|list|display|print|copy|move|rename|search|kill|view|connect|mount|extract|compress|download|upload|schedule|restart|reload|omit|keep|follow|consider|prefer|protect|encrypt|rotate|automate|track|measure|separate|isolate|apply|enforce|require|pair|minimi[sz]e|maximi[sz]e|optimi[sz]e|respect|organi[sz]e|understand)\s`)
	pluralEn = pattern.New(`(?i)(?:[^s]s|ies|ches|criteria)$`)
)

var (
	partsEn = pattern.New(`(?i)^(?:steps|ways|reasons|types|kinds|causes|advantages|disadvantages|benefits|drawbacks|limitations|components|parts|features|phases|stages|layers|differences|pros and cons|use cases|best practices|examples|characteristics|properties|principles|requirements|parameters|options|commands|rules|goals|methods|roles|uses|basics) (?:to|for|of|in|why|between)\b`)
	factEn  = pattern.New(`(?i)^(?:purpose|role|difference|meaning|definition|structure|lifecycle|life cycle|architecture|importance|relationship|use|effect|impact|cause|reason|format|syntax) (?:of|between|in|for|on)\b`)
	introEn = pattern.New(`(?i)^(?:an? )?(?:introduction to|overview of|basics of|intro to|understanding) (?:the )?`)
	oneEn   = pattern.New(`(?i)(?:us|is|ss|ematics|ynamics|ysics|istics|ytics|aphics|news|kubernetes|jenkins)$`)
)

// learnsEn begins a title that says what to do with the things it names.
var learnsEn = pattern.New(`(?i)^(?:understand|know|learn|compare|choose between|comparing) `)

var exampleEn = pattern.New(`^(\S.{3,}?) [Ee]xamples?$`)

// symptomEn is a title that tells what goes wrong: "Port already in use", "Logs not appearing".
var symptomEn = pattern.New(`(?i)^["“].{8,}["”]|\b(?:not (?:found|\w+ing|\w+ed)|already in use|refused|denied|mismatch|fails?|failed|failing|won't \w+|can(?:'t|not) \w+|unable to \w+|times? out|timed out)\b|^no \w.* (?:generated|showing|found|shown|displayed)$|\b(?:errors|issues)$`)

// ailsEn reports a title in English that tells what goes wrong.
func ailsEn(t string) bool {
	return len(t) < 100 && !partsEn.MatchString(t) && symptomEn.MatchString(t)
}

// doingOf is a noun that says what is done to a thing.
var doingOf = pattern.New(`(?i)^(installation|usage|configuration|setup|deployment|migration) of (.+)$`)

var doingVerbs = map[string]string{"installation": "install", "usage": "use", "configuration": "configure", "setup": "set up", "deployment": "deploy", "migration": "migrate"}

// askEnglish asks of a name; guessed where only a guess says what.
func askEnglish(n string, s shape) (question string, guessed bool) {
	n = introEn.ReplaceAllString(n, "")
	if m := versus.FindStringSubmatch(learnsEn.ReplaceAllString(n, "")); m != nil {
		return "What is the difference between " + m[1] + " and " + m[2] + "?", false
	}
	if m := doingOf.FindStringSubmatch(n); m != nil {
		return "How do you " + doingVerbs[strings.ToLower(m[1])] + " " + m[2] + "?", false
	}
	if m := exampleEn.FindStringSubmatch(n); m != nil {
		return "Give an example of " + s.common(m[1]) + ".", false
	}
	switch {
	case gerund.MatchString(n):
		return "How do you go about " + lowerFirst(n) + "?", false
	case partsEn.MatchString(n):
		return "What are the " + lowerFirst(n) + "?", false
	case factEn.MatchString(n):
		return "What is the " + lowerFirst(n) + "?", false
	case verbEn.MatchString(n):
		return "How do you " + lowerFirst(n) + "?", false
	case s.steps() && !s.sentences() && !s.named():
		return "What are the steps of " + s.common(n) + "?", true
	case s.several(n):
		return "What are " + s.common(n) + "?", true
	case strings.Count(n, " ") <= 4:
		return "What is " + s.common(n) + "?", true
	}
	return "Explain: " + n + ".", true
}

// several reports an English name of several things: Consumer groups, but not Jenkins.
func (s shape) several(n string) bool {
	last := n[strings.LastIndexByte(n, ' ')+1:]
	if !pluralEn.MatchString(n) || oneEn.MatchString(last) || last == strings.ToUpper(last) {
		return false
	}
	if last != n && last == strings.ToLower(last) || s.bullets+s.ordered >= 3 {
		return true
	}
	low := strings.ToLower(last)
	return hasWord(s.text, strings.TrimSuffix(low, "s")) || last != n && hasWord(s.text, low)
}

// common writes the words of a name small that the answer writes small: the others may be
// names.
func (s shape) common(n string) string {
	words := strings.Split(n, " ")
	for i, w := range words {
		low := lowerFirst(w)
		if low != w && !namedIn(s.text, w) && (hasWord(s.text, low) || hasWord(s.text, strings.TrimSuffix(low, "s"))) {
			words[i] = low
		}
	}
	return strings.Join(words, " ")
}

// namedIn reports whether w stands with its capital letter inside a sentence of a text.
func namedIn(text, w string) bool {
	for from := 0; ; {
		i := strings.Index(text[from:], " "+w)
		if i < 0 {
			return false
		}
		i += from
		if i > 0 && (text[i-1] >= 'a' && text[i-1] <= 'z' || text[i-1] == ',') && hasWord(text[i:], w) {
			return true
		}
		from = i + 1
	}
}

// hasWord reports whether w stands in a text as a word.
func hasWord(text, w string) bool {
	for from := 0; w != ""; {
		i := strings.Index(text[from:], w)
		if i < 0 {
			return false
		}
		i += from
		end := i + len(w)
		before, _ := utf8.DecodeLastRuneInString(text[:i])
		after, _ := utf8.DecodeRuneInString(text[end:])
		if !ident(before) && !ident(after) {
			return true
		}
		from = end
	}
	return false
}

// lowerFirst lowers the first letter of a word that is not an abbreviation.
func lowerFirst(s string) string {
	if len(s) < 2 || s[0] < 'A' || s[0] > 'Z' || s[1] >= 'A' && s[1] <= 'Z' {
		return s
	}
	return string(s[0]|0x20) + s[1:]
}
