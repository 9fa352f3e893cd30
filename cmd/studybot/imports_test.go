package main

import (
	"encoding/json"
	"os/exec"
	"path"
	"slices"
	"strings"
	"testing"
)

// allowed says what the packages below a folder may import of this module, apart from their
// own folder. The longest folder that fits counts.
var allowed = map[string][]string{
	"cmd/studybot": {"bot", "knowledge", "store"},
	"bot":          {"bot/chat", "bot/calendar", "bot/recall", "knowledge", "store"},
	"bot/calendar": {},
	"bot/recall":   {"knowledge"},
	"bot/chat":     {},
	"bot/terminal": {"bot/chat"},
	"bot/slack":    {"bot/chat"},
	"bot/discord":  {"bot/chat"},
	"knowledge":    {},
	"store":        {"bot/chat", "knowledge"},
}

// exact are packages of which others may import no sub-package: only plain types.
var exact = map[string][]string{
	"store": {"knowledge", "bot/chat"},
	"bot":   {"bot/chat", "store"},
}

type goPackage struct {
	ImportPath string
	Imports    []string
	Standard   bool
}

func TestImportsRunOneWay(t *testing.T) {
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports", "studybot/...").Output()
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for dec := json.NewDecoder(strings.NewReader(string(out))); dec.More(); seen++ {
		var p goPackage
		if err := dec.Decode(&p); err != nil {
			t.Fatal(err)
		}
		from := strings.TrimPrefix(p.ImportPath, "studybot/")
		for _, imported := range p.Imports {
			to, ours := strings.CutPrefix(imported, "studybot/")
			if ours && !mayImport(from, to) {
				t.Errorf("%s may not import %s", from, to)
			}
			if from == "bot/chat" && !ours && strings.Contains(imported, ".") {
				t.Errorf("bot/chat imports %s: it may import the standard library only", imported)
			}
			if imported == "os" && slices.Contains([]string{"bot", "bot/chat", "knowledge"}, from) {
				t.Errorf("%s may not import os: effects stand at the edges", from)
			}
		}
	}
	if seen < 8 {
		t.Errorf("only %d packages seen", seen)
	}
}

func mayImport(from, to string) bool {
	rule, ok := ruleOf(from)
	if !ok {
		return false
	}
	if within(to, rule) && rule != "bot" {
		return true // its own folder
	}
	return slices.ContainsFunc(allowed[rule], func(folder string) bool {
		if slices.Contains(exact[rule], folder) {
			return to == folder
		}
		return within(to, folder)
	})
}

// ruleOf returns the longest folder with a rule that holds the package.
func ruleOf(pkg string) (string, bool) {
	for dir := pkg; dir != "."; dir = path.Dir(dir) {
		if _, ok := allowed[dir]; ok {
			return dir, true
		}
	}
	return "", false
}

func within(pkg, folder string) bool {
	return pkg == folder || strings.HasPrefix(pkg, folder+"/")
}

func TestImportRules(t *testing.T) {
	tests := []struct {
		from, to string
		want     bool
	}{
		{"bot", "store", true},
		{"bot", "knowledge/grade", true},
		{"bot", "bot/terminal", false},
		{"bot/terminal", "bot/chat", true},
		{"bot/terminal", "bot", false},
		{"bot/terminal", "store", false},
		{"bot/slack", "bot/discord", false},
		{"bot/chat", "knowledge", false},
		{"bot/chat/chattest", "bot/chat", true},
		{"knowledge/card", "knowledge/note", true},
		{"knowledge/card", "store", false},
		{"knowledge/search", "bot/chat", false},
		{"store", "knowledge", true},
		{"store", "knowledge/search", false},
		{"store", "bot", false},
		{"cmd/studybot", "bot/terminal", true},
		{"elsewhere", "knowledge", false},
	}
	for _, tt := range tests {
		if got := mayImport(tt.from, tt.to); got != tt.want {
			t.Errorf("may %s import %s: %v, want %v", tt.from, tt.to, got, tt.want)
		}
	}
}
