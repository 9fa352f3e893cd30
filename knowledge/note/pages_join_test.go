package note

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestPagesJoin(t *testing.T) {
	full := strings.Repeat("满行的中文文字", 6) // 42 characters
	latin := strings.TrimSpace(strings.Repeat("full line ", 9))
	command := "rsync -av --delete --exclude=/tmp --exclude=/proc /data/ backup@10.0.0.2:/data/full/copy/of/it/"
	tests := []struct {
		name  string
		lines []string
		want  []string
	}{
		{"Chinese lines are joined with nothing between", []string{full, "的下一行。"}, []string{full + "的下一行。"}},
		{"Latin lines are joined with a space", []string{latin, "goes on."}, []string{latin + " goes on."}},
		{"a hyphen at the end of a line stays", []string{latin + " re-", "used."}, []string{latin + " re-used."}},
		{"a short line is not joined", []string{"短行", "另一行"}, []string{"短行", "另一行"}},
		{"a finished sentence is not joined", []string{full + "。", "另一行"}, []string{full + "。", "另一行"}},
		{"a list item begins a line", []string{full, "1. 第一"}, []string{full, "1. 第一"}},
		{"a prompt begins a line", []string{full, "[root@web ~]# ls"}, []string{full, "[root@web ~]# ls"}},
		{"lines of a script stay apart", []string{command, "systemctl restart nginx"}, []string{command, "systemctl restart nginx"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			// What surrounds them makes the lines a page, and says how wide one is.
			page := strings.Split(strings.Repeat(full+"。\n\n", pageLines), "\n")
			from := len(page) + 1
			for _, l := range tt.lines {
				page = append(page, l, "")
			}
			p, ok := AsPages(page, Scan(page))
			if !ok {
				t.Fatal("the lines are no page")
			}
			if diff := cmp.Diff(tt.want, strings.Split(p.Join(from, len(page)), "\n")); diff != "" {
				t.Errorf("joined (-want +got):\n%s", diff)
			}
		})
	}
}
