package note

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestOrg(t *testing.T) {
	tests := []struct {
		name, outline string
		want          []string
	}{
		{"stars are headings, without states and tags", "* Linux\n** TODO [#A] What is a shell? :drill:sh:\nA program.", []string{"# Linux", "## What is a shell?", "A program."}},
		{"drawers are no text", "* Swap\n:PROPERTIES:\n:ID: 1\n:END:\nDisk used as memory.", []string{"# Swap", "", "", "", "Disk used as memory."}},
		{"a drawer that is not closed ends at a heading", ":LOGBOOK:\nx\n* Swap\ntext", []string{"", "", "# Swap", "text"}},
		{"blocks of code", "#+BEGIN_SRC sh\n* not a heading\n#+END_SRC", []string{"```sh", "* not a heading", "```"}},
		{"quotes stay text", "#+begin_quote\nwords\n#+end_quote", []string{"", "words"}},
		{"keywords and remarks are no text", "#+STARTUP: overview\n# a remark\ntext", []string{"", "<!-- a remark -->", "text"}},
		{"code keeps the other mark of code", "~==~ and =a ~ b=, but a = b = c, and x=1=y", []string{"`==` and `a ~ b`, but a = b = c, and x=1=y"}},
		{"what hides below a card is its answer", "* Kerf :drill:\nSCHEDULED: <2024-01-02 Tue>\nDefine it.\n** Definition\nA cut.\n* Saws\n** Use\nCut.", []string{"# Kerf", "", "Define it.", "## Answer", "A cut.", "# Saws", "## Use", "Cut."}},
		{"sides of a card keep their names", "* Kerf :fc:\n** Side 1\na\n", []string{"# Kerf", "## Side 1", "a"}},
		{"an indented list is none of headings", "* Kerf\n * it is a cut\n * and a gap", []string{"# Kerf", "- it is a cut", "- and a gap"}},
		{"gaps", "A {{saw}@0} cuts {{wood}{a stuff}@1}.", []string{"A {{c10::saw}} cuts {{c11::wood::a stuff}}."}},
		{"links and code", "see [[https://x.org][the site]] and =ls -l=", []string{"see [the site](https://x.org) and `ls -l`"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			n, err := read("a.org", []byte(tt.outline))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, n.Lines); diff != "" {
				t.Errorf("lines (-want +got):\n%s", diff)
			}
		})
	}
}

func TestOrgTitle(t *testing.T) {
	n, err := read("a.org", []byte("#+Title: Shells ȺȺȺȺȺȺȺȺȺȺȺȺ\n* One\ntext"))
	if err != nil || n.Title != "Shells ȺȺȺȺȺȺȺȺȺȺȺȺ" {
		t.Errorf("title %q, %v", n.Title, err)
	}
}

// In an outline no blank line stands before a heading, whatever the line above it holds.
func TestOrgHeadingRightUnderCode(t *testing.T) {
	n, err := read("a.org", []byte("* Files\nThe command =ls -l= lists them all.\n* Users\nWho is here."))
	if err != nil {
		t.Fatal(err)
	}
	var titles []string
	for _, s := range n.Sections {
		titles = append(titles, s.Title)
	}
	if diff := cmp.Diff([]string{"Files", "Users"}, titles); diff != "" {
		t.Errorf("titles (-want +got):\n%s", diff)
	}
}

func FuzzOrg(f *testing.F) {
	f.Add([]byte("* A :t:\n:PROPERTIES:\n:END:\n#+BEGIN_SRC\n"))
	f.Fuzz(func(t *testing.T, src []byte) {
		if n, err := read("a.org", src); err == nil && len(n.Lines) > 0 && n.File != "a.org" {
			t.Errorf("file %q", n.File)
		}
	})
}
