package chat

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var spokenUsages = []Usage{
	{Name: "ask", Param: &Param{Name: "query", Required: true}},
	{Name: "answer", Param: &Param{Name: "text"}},
	{Name: "me"},
	{Name: "top", Param: &Param{Name: "period", Choices: []string{"day", "week"}}},
	{Name: "hide", Param: &Param{Name: "what", Choices: []string{"on", "delete", "delete yes"}}},
	{Name: "why", Param: &Param{Name: "number", Number: true}},
	{Name: "skip", Admin: true, Param: &Param{Name: "reason"}},
	{Name: "preview", Admin: true, Param: &Param{Name: "number", Number: true}},
}

func TestSpoken(t *testing.T) {
	tests := []struct {
		line  string
		want  Command
		given Command // where it differs as an order
	}{
		{line: "", want: Command{Name: "help"}},
		{line: " \n", want: Command{Name: "help"}},
		{line: "什么是 pod", want: Command{Name: "ask", Args: "什么是 pod"}},
		{line: "ask  what is a pod", want: Command{Name: "ask", Args: "what is a pod"}},
		{line: "Me", want: Command{Name: "me"}},
		{line: "me and my pod", want: Command{Name: "ask", Args: "me and my pod"}},
		{line: "top", want: Command{Name: "top"}},
		{line: "TOP　week", want: Command{Name: "top", Args: "week"}},
		{line: "top week of nginx", want: Command{Name: "ask", Args: "top week of nginx"}},
		{line: "top 命令怎么看内存", want: Command{Name: "ask", Args: "top 命令怎么看内存"}},
		{line: "hide delete  yes", want: Command{Name: "hide", Args: "delete  yes"}},
		{line: "why 30", want: Command{Name: "why", Args: "30"}},
		{line: "why is the sky blue", want: Command{Name: "ask", Args: "why is the sky blue"}},
		{line: "answer 两次握手", want: Command{Name: "answer", Args: "两次握手"}},
		{line: "skip", want: Command{Name: "skip"}},
		{line: "preview 14", want: Command{Name: "preview", Args: "14"}},
		{line: "preview of a deployment", want: Command{Name: "ask", Args: "preview of a deployment"}},
		{line: "skip list 是什么", want: Command{Name: "ask", Args: "skip list 是什么"}, given: Command{Name: "skip", Args: "list 是什么"}},
	}
	for _, tt := range tests {
		if tt.given == (Command{}) {
			tt.given = tt.want
		}
		if diff := cmp.Diff(tt.want, *Spoken(spokenUsages, tt.line)); diff != "" {
			t.Errorf("%q said (-want +got):\n%s", tt.line, diff)
		}
		if diff := cmp.Diff(tt.given, *Given(spokenUsages, tt.line)); diff != "" {
			t.Errorf("%q given (-want +got):\n%s", tt.line, diff)
		}
	}
}

func TestNextFence(t *testing.T) {
	tests := []struct{ open, line, want string }{
		{"", "```go", "```"},
		{"", "  ~~~~ text", "~~~~"},
		{"", "``` `a` ```", ""},
		{"", "text", ""},
		{"```", "~~~", "```"},
		{"```", "````", ""},
		{"````", "```", "````"},
		{"```", "``` more", "```"},
	}
	for _, tt := range tests {
		if got := NextFence(tt.open, tt.line); got != tt.want {
			t.Errorf("after %q with %q open: %q, want %q", tt.line, tt.open, got, tt.want)
		}
	}
}

// Whatever is said is a command, and what was said as a command is one of ours or a lookup of the whole line.
func FuzzSpoken(f *testing.F) {
	for _, line := range []string{"", "top week", "why 30", "\u3000me\u3000", "hide delete  yes", "skip list"} {
		f.Add(line)
	}
	f.Fuzz(func(t *testing.T, line string) {
		for _, c := range []*Command{Spoken(spokenUsages, line), Given(spokenUsages, line)} {
			named := slices.ContainsFunc(spokenUsages, func(u Usage) bool { return u.Name == c.Name })
			if !named && c.Name != "help" || !strings.HasSuffix(strings.TrimSpace(line), c.Args) {
				t.Errorf("%q is %+v", line, c)
			}
		}
	})
}
