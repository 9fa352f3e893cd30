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
		{"options of a word in another order", "tar -xzf a.tgz", "tar -zxf a.tgz", true},
		{"another option before the value", "tar -xzf a.tgz", "tar -xfz a.tgz", false},
		{"options in another order at the end", "ss -lntp | grep ssh", "ss -tpln | grep ssh", true},
		{"another option among them", "ss -lntp", "ss -lnup", false},
		{"words in another order", "find . -name a -type f", "find . -type f -name a", false},
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

// A reference that is one command asks for its options and values also where the answer is in free words.
func TestCommandInWords(t *testing.T) {
	tests := []struct {
		name, reference, answer string
		from, to                float64
	}{
		{"as it stands", "du -sh /srv", "du -sh /srv", 1, 1},
		{"in a sentence", "du -sh /srv", "用 du -sh /srv 看", 1, 1},
		{"a value beside its option", "docker run --net host -p 80:80 web", "docker run --net=host -p80:80 web", 1, 1},
		{"another value beside its option", "docker run -p 80:80 web", "docker run -p8080:80 web", 0, .4},
		{"options apart", "du -sh /srv", "du -s -h /srv", 1, 1},
		{"options in another order", "find /srv -type d -mtime +7", "find /srv -mtime +7 -type d", .75, 1},
		{"without dashes", "du -sh /srv", "du sh srv", 0, .3},
		{"one option missing", "ss -l -n", "ss -l", 0, .4},
		{"the other direction", "find /srv -mtime +7", "find /srv -mtime -7", 0, .4},
		{"in a fence", "```shell\nss -l -n\n```", "ss -l", 0, .4},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if g := Answer("磁盘与端口", tt.reference, tt.answer); g.Score < tt.from || g.Score > tt.to {
				t.Errorf("%q for %q scores %.2f, not %.2f to %.2f", tt.answer, tt.reference, g.Score, tt.from, tt.to)
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
