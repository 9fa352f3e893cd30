package terminal_test

import (
	"context"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"studybot/bot/chat"
	"studybot/bot/terminal"
)

var update = flag.Bool("update", false, "write what the scripts show into testdata")

// TestScripts runs testdata/*.txtar: what "script" shows must be "out", and its error "err". The
// real time is 08:15 of Monday 2026-03-02, the zone is Asia/Shanghai.
func TestScripts(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no scripts: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			parts := map[string]string{}
			for _, f := range archive.Files {
				parts[f.Name] = string(f.Data)
			}
			out, failed := runScript(t, parts["script"])
			if *update {
				archive.Files = []txtar.File{{Name: "script", Data: []byte(parts["script"])}, {Name: "out", Data: []byte(out)}}
				if failed != "" {
					archive.Files = append(archive.Files, txtar.File{Name: "err", Data: []byte(failed)})
				}
				if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(parts["out"], out); diff != "" {
				t.Errorf("out (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(parts["err"], failed); diff != "" {
				t.Errorf("err (-want +got):\n%s", diff)
			}
		})
	}
}

func runScript(t *testing.T, script string) (out, failed string) {
	t.Helper()
	shown := new(buffer)
	zone, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		t.Fatal(err)
	}
	net := open(t, terminal.Config{
		In: strings.NewReader(script), Out: shown, Zone: zone, Usages: []chat.Usage{{Name: "ask"}, {Name: "top"}},
		Now: func() time.Time { return time.Date(2026, 3, 2, 8, 15, 0, 0, zone) },
	})
	b := &bot{net: net}
	if err := net.Run(t.Context(), b.handle, func(ctx context.Context, now time.Time) error { return b.tick(ctx, now.In(zone)) }); err != nil {
		failed = err.Error() + "\n"
	}
	return shown.String(), failed
}
