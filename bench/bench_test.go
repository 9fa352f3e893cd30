package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"studybot/knowledge/search"
)

var names = strings.Split(systems, ",")

// TestMain lets the test binary be the process that measures one system.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == "--phase" {
		main()
		return
	}
	os.Exit(m.Run())
}

func TestEverySystemFindsWhatIsAsked(t *testing.T) {
	dir := t.TempDir()
	notes, gold := filepath.Join(dir, "notes"), filepath.Join(dir, "gold.jsonl")
	if err := generate(notes, gold, 1, 200, 20); err != nil {
		t.Fatal(err)
	}
	want := 0
	err := eachBatch(notes, func(docs []search.Doc) error {
		for _, d := range docs {
			want += len(d.Passages)
		}
		return nil
	})
	if err != nil || want < 200 {
		t.Fatalf("%d passages of 200 were read: %v", want, err)
	}
	for _, name := range names {
		t.Run(name, func(t *testing.T) {
			var r report
			j := job{systems: name, notes: notes, gold: gold, index: filepath.Join(t.TempDir(), "index"), rounds: 2}
			for _, j.phase = range []string{"build", "ask"} {
				if err := j.process(t.Context(), &r); err != nil {
					t.Fatal(err)
				}
			}
			if r.Passages != want {
				t.Errorf("%d passages indexed, want %d", r.Passages, want)
			}
			if r.Score.Answerable != 20 || r.Score.Three < 0.5 {
				t.Errorf("%.2f of %d questions have the right hit among three", r.Score.Three, r.Score.Answerable)
			}
			if r.Build <= 0 || r.Open <= 0 || r.P50 <= 0 || r.P99 < r.P50 || r.Size <= 0 {
				t.Errorf("not measured: %+v", r)
			}
			if runtime.GOOS == "linux" && (r.BuildRSS <= 1<<20 || r.AskRSS <= 1<<20) {
				t.Errorf("memory is not measured: %+v", r)
			}
		})
	}
}

func TestTableHasARowForEachSystemAndSize(t *testing.T) {
	var out bytes.Buffer
	err := run(t.Context(), []string{"--generate", "20,40", "--questions", "3", "--rounds", "1", "--systems", "studybot,fts5-bigram"}, &out)
	if err != nil {
		t.Fatal(err)
	}
	var firsts []string
	for _, row := range strings.Split(strings.TrimSpace(out.String()), "\n") {
		cells := strings.Split(row, "|")
		if len(cells) != 14 {
			t.Errorf("%d cells, want 12 between bars: %s", len(cells)-2, row)
		}
		firsts = append(firsts, strings.TrimSpace(cells[1]))
	}
	want := []string{"system", "---", "studybot", "fts5-bigram", "studybot", "fts5-bigram"}
	if diff := cmp.Diff(want, firsts); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
}

func TestAGivenFolderIsAskedItsTitles(t *testing.T) {
	dir := t.TempDir()
	text := "# 负载均衡\n轮询把请求依次分给后端，权重大的分得多。\n\n# Health checks\nA backend that fails three checks gets no requests.\n"
	if err := os.WriteFile(filepath.Join(dir, "lb.md"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	gold := filepath.Join(t.TempDir(), "titles.jsonl")
	if err := askTitles(dir, gold, 10); err != nil {
		t.Fatal(err)
	}
	questions, err := readGold(gold)
	if err != nil {
		t.Fatal(err)
	}
	var asked []string
	for _, q := range questions {
		asked = append(asked, q.Query)
	}
	if diff := cmp.Diff([]string{"负载均衡", "Health checks"}, asked); diff != "" {
		t.Errorf("questions (-want +got):\n%s", diff)
	}
	var out bytes.Buffer
	if err := run(t.Context(), []string{"--notes", dir, "--rounds", "1"}, &out); err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(out.String(), " | 2 | | | | "); n != len(names) {
		t.Errorf("%d rows have 2 passages and no quality, want %d:\n%s", n, len(names), out.String())
	}
}

func TestTheSameSeedWritesTheSameNotes(t *testing.T) {
	folders := map[string]map[string]string{}
	for name, seed := range map[string]uint64{"one": 1, "one again": 1, "two": 2} {
		dir := t.TempDir()
		if err := generate(dir, filepath.Join(dir, "gold.jsonl"), seed, 40, 5); err != nil {
			t.Fatal(err)
		}
		folders[name] = read(t, dir)
	}
	if diff := cmp.Diff(folders["one"], folders["one again"]); diff != "" {
		t.Errorf("the same seed (-first +second):\n%s", diff)
	}
	if cmp.Equal(folders["one"], folders["two"]) {
		t.Error("another seed wrote the same notes")
	}
}

func TestGoldenLinesHoldWhatIsAsked(t *testing.T) {
	dir := t.TempDir()
	if err := generate(dir, filepath.Join(dir, "gold.jsonl"), 3, 100, 10); err != nil {
		t.Fatal(err)
	}
	files := read(t, dir)
	for _, l := range strings.Split(strings.TrimSpace(files["gold.jsonl"]), "\n") {
		var q struct {
			Q, File string
			Gold    [][2]int
		}
		if err := json.Unmarshal([]byte(l), &q); err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(files[q.File], "\n")[q.Gold[0][0]-1 : q.Gold[0][1]]
		if !strings.HasPrefix(lines[0], "## ") {
			t.Errorf("%s:%d is no heading: %s", q.File, q.Gold[0][0], lines[0])
		}
		held := 0
		for _, w := range onesAndTwos(q.Q) {
			if strings.Contains(strings.Join(lines, "\n"), w) {
				held++
			}
		}
		if held < 2 {
			t.Errorf("%q is not in lines %v of %s", q.Q, q.Gold, q.File)
		}
	}
}

func TestTermsOfFTS5(t *testing.T) {
	tests := []struct {
		name    string
		dialect dialect
		query   string
		want    []string
	}{
		{"Han characters alone and in pairs, Latin words whole", bigram(), "Nginx反向代", []string{"nginx", "反", "向", "代", "反向", "向代"}},
		{"what only makes a question is left out", bigram(), "什么是 epoll？", []string{"epoll"}},
		{"unless nothing else is left", bigram(), "什么", []string{"什", "么", "什么"}},
		{"runs of three, over the border of scripts", trigram(), "k8s 的pod ab", []string{"k8s", "的po", "pod"}},
		{"query syntax is no term", trigram(), `" OR *(`, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, tt.dialect.terms(tt.query)); diff != "" {
				t.Errorf("terms of %q (-want +got):\n%s", tt.query, diff)
			}
		})
	}
}

func TestFlagsThatMakeNoSense(t *testing.T) {
	tests := map[string][]string{
		"an unknown system":  {"--systems", "studybot,grep"},
		"no size":            {"--generate", "20,many"},
		"gold without notes": {"--gold", "gold.jsonl"},
		"no rounds":          {"--rounds", "0"},
		"a stray word":       {"notes"},
	}
	for name, args := range tests {
		t.Run(name, func(t *testing.T) {
			var out bytes.Buffer
			if err := run(t.Context(), args, &out); err == nil {
				t.Errorf("no error; printed %s", out.String())
			}
		})
	}
}

// read returns the files of a folder.
func read(t *testing.T, dir string) map[string]string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, e := range entries {
		b, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		files[e.Name()] = string(b)
	}
	return files
}
