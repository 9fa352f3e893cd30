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

func FuzzOrg(f *testing.F) {
	f.Add([]byte("* A :t:\n:PROPERTIES:\n:END:\n#+BEGIN_SRC\n"))
	f.Fuzz(func(t *testing.T, src []byte) {
		if n, err := read("a.org", src); err == nil && len(n.Lines) > 0 && n.File != "a.org" {
			t.Errorf("file %q", n.File)
		}
	})
}
