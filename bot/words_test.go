package bot

import (
	"reflect"
	"regexp"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"studybot/knowledge"
)

var verb = regexp.MustCompile(`%[a-z%]`)

// Every phrase is there in every language, and takes the same arguments.
func TestWordsAgree(t *testing.T) {
	en, zh := reflect.ValueOf(english), reflect.ValueOf(chinese)
	phrases := 0
	check := func(name, a, b string) {
		phrases++
		if (a == "" || b == "") && name != "space" {
			t.Errorf("%s: English %q, Chinese %q", name, a, b)
		}
		if diff := cmp.Diff(verb.FindAllString(a, -1), verb.FindAllString(b, -1)); diff != "" {
			t.Errorf("%s takes other arguments (-en +zh):\n%s", name, diff)
		}
	}
	for i := range en.NumField() {
		name := en.Type().Field(i).Name
		switch a, b := en.Field(i), zh.Field(i); a.Kind() {
		case reflect.String:
			check(name, a.String(), b.String())
		case reflect.Struct:
			check(name, a.Field(0).String(), b.Field(0).String())
			check(name, a.Field(1).String(), b.Field(1).String())
		case reflect.Func:
			if a.IsNil() || b.IsNil() {
				t.Errorf("%s is missing in a language", name)
			}
		default:
			t.Errorf("%s is of a kind that this test does not know", name)
		}
	}
	if phrases < 60 {
		t.Errorf("only %d phrases seen", phrases)
	}
}

func TestLanguageOf(t *testing.T) {
	zh := knowledge.Card{Question: "什么是 pod？"}
	en := knowledge.Card{Question: "What is a pod?"}
	tests := []struct {
		name  string
		cards []knowledge.Card
		want  Language
	}{
		{"no cards", nil, English},
		{"mostly Chinese", []knowledge.Card{zh, zh, en}, Chinese},
		{"mostly English", []knowledge.Card{zh, en, en}, English},
	}
	for _, tt := range tests {
		if got := LanguageOf(tt.cards); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}

func TestCommandsHaveHelp(t *testing.T) {
	var names []string
	for _, c := range commands() {
		for _, w := range []*words{&english, &chinese} {
			if c.help(w) == "" {
				t.Errorf("%s has no help", c.name)
			}
		}
		if slices.Contains(names, c.name) {
			t.Errorf("%s stands twice in the table", c.name)
		}
		names = append(names, c.name)
	}
}
