package grade

import (
	"strings"
	"testing"
)

func TestCommand(t *testing.T) {
	tests := []struct {
		name, reference, answer string
		right                   bool
	}{
		{"the same", "ss -lnt", "ss -lnt", true},
		{"more spaces", "ss -l -n", "  ss   -l\t-n ", true},
		{"no spaces around a pipe", "ps aux | grep nginx", "ps aux|grep nginx", true},
		{"a prompt and sudo", "systemctl restart nginx", "[root@web ~]# sudo systemctl restart nginx", true},
		{"what a phone makes of dashes and quotes", `git log --oneline --grep "fix"`, "git log ——oneline —grep “fix”", true},
		{"full-width signs", "df -h", "ｄｆ －ｈ", true},
		{"quotes around a plain word", "grep -r 'error' .", `grep -r error .`, true},
		{"quotes that keep the shell from reading", `find . -name "*.log"`, "find . -name *.log", false},
		{"single quotes for double ones around a pattern", `find . -name "*.log"`, "find . -name '*.log'", true},
		{"single quotes for double ones around a variable", `echo "$HOME"`, "echo '$HOME'", false},
		{"in backquotes in a sentence", "ss -lnt", "我会用 `ss -lnt` 来看", true},
		{"on a line of its own", "ss -lnt", "用这个：\n$ ss -lnt\n", true},
		{"a redirection", "make 2>&1 | tee log", "make 2>&1|tee log", true},
		{"a number apart from its redirection", "make 2>log", "make 2 >log", false},
		{"a placeholder", "kill -9 <pid>", "kill -9 4711", true},
		{"a placeholder in Chinese", "docker logs 容器名", "docker logs web", true},
		{"nothing for a placeholder", "kill -9 <pid>", "kill -9", false},
		{"a pipe for a placeholder", "kill -9 <pid>", "kill -9 |", false},
		{"another option", "ss -lnt", "ss -lnu", false},
		{"options in another order", "tar -xzf a.tgz", "tar -zxf a.tgz", false},
		{"another case", "ssh -V", "ssh -v", false},
		{"one word more", "df -h", "df -h /", false},
		{"nothing", "df -h", "", false},
		{"nothing to know", "", "df -h", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			g := Command(tt.reference, tt.answer)
			if right := g.Score == 1; right != tt.right || g.Score != 0 && g.Score != 1 {
				t.Errorf("%q for %q scores %v, right %v", tt.answer, tt.reference, g.Score, tt.right)
			}
		})
	}
}

func FuzzCommand(f *testing.F) {
	f.Add("kill -9 <pid> 2>&1", "`kill` \"a\"'b' |;\xff")
	f.Add("echo 'a", "echo \"")
	f.Fuzz(func(t *testing.T, reference, answer string) {
		if g := Command(reference, reference); len(shellWords(reference)) > 0 && g.Score != 1 && !strings.ContainsAny(tidy(reference), "`\n") {
			t.Errorf("%q is not itself: %q", reference, shellWords(reference))
		}
		Command(reference, answer)
	})
}
