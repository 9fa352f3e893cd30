package library

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestRefresh(t *testing.T) {
	f := newFolder(t, map[string]string{"kafka.md": kafka, "redis.md": redis})
	l := f.open("")
	if c := refresh(t, l); !c.None() {
		t.Errorf("change of an unchanged folder = %+v", c)
	}

	f.write("lvs.md", "# LVS\n\n## 什么是 DR 模式？\n\n调度器只改目的 MAC 地址，响应由真实服务器直接返回客户端。\n")
	f.write("kafka.md", "\n"+kafka)
	f.remove("redis.md")
	want := Change{Added: []string{"lvs.md"}, Changed: []string{"kafka.md"}, Removed: []string{"redis.md"}}
	if diff := cmp.Diff(want, refresh(t, l)); diff != "" {
		t.Errorf("change (-want +got):\n%s", diff)
	}
	for query, want := range map[string]string{"LVS 的 DR 模式": "lvs.md:5", "消费者组是什么": "kafka.md:6", "what is a sentinel": ""} {
		if at := found(t, l, query); at != want {
			t.Errorf("%s found at %q, want %q", query, at, want)
		}
	}
	if l.Notes() != 2 {
		t.Errorf("%d notes", l.Notes())
	}

	f.write("lvs.md", "# LVS\n\n## 什么是 DR 模式？\n\n调度器只改目的 MAC 地址，响应由真实服务器直接返回客户端。\n")
	if c := refresh(t, l); !c.None() {
		t.Errorf("change of a file that was written as it was = %+v", c)
	}
}

func TestRefreshTellsProblems(t *testing.T) {
	f := newFolder(t, map[string]string{"kafka.md": kafka, "redis.md": redis})
	l := f.open("")
	f.write("redis.md", "\x00\x01\x02")
	if diff := cmp.Diff(Change{Removed: []string{"redis.md"}}, refresh(t, l)); diff != "" {
		t.Errorf("change (-want +got):\n%s", diff)
	}
	if ps := l.Problems(); len(ps) != 1 || ps[0].File != "redis.md" {
		t.Errorf("problems = %v", ps)
	}
	f.write("redis.md", redis)
	if diff := cmp.Diff(Change{Added: []string{"redis.md"}}, refresh(t, l)); diff != "" {
		t.Errorf("change (-want +got):\n%s", diff)
	}
	if ps := l.Problems(); len(ps) != 0 {
		t.Errorf("problems = %v", ps)
	}
}

func TestRefreshOfAFolderThatIsGone(t *testing.T) {
	f := newFolder(t, map[string]string{"kafka.md": kafka})
	l := f.open("")
	cards := l.Cards()
	away := f.dir + " away"
	if err := os.Rename(f.dir, away); err != nil {
		t.Fatal(err)
	}
	if _, err := l.Refresh(t.Context()); !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), f.dir) {
		t.Errorf("Refresh = %v; want the folder and that it does not exist", err)
	}
	if diff := cmp.Diff(cards, l.Cards()); diff != "" {
		t.Errorf("cards (-before +after):\n%s", diff)
	}
	if at := found(t, l, "消费者组是什么"); at != "kafka.md:5" {
		t.Errorf("found %q", at)
	}
	if err := os.Rename(away, f.dir); err != nil {
		t.Fatal(err)
	}
	if c := refresh(t, l); !c.None() {
		t.Errorf("change = %+v", c)
	}
}

func TestRefreshOfAFolderThatWasEmptied(t *testing.T) {
	f := newFolder(t, map[string]string{"kafka.md": kafka})
	l := f.open("")
	f.remove("kafka.md")
	if _, err := l.Refresh(t.Context()); !errors.Is(err, ErrNoNotes) {
		t.Errorf("Refresh = %v; want ErrNoNotes", err)
	}
	if at := found(t, l, "消费者组是什么"); at != "kafka.md:5" || l.Notes() != 1 {
		t.Errorf("found %q, %d notes", at, l.Notes())
	}
}

func TestLookupsGoOnDuringRefresh(t *testing.T) {
	f := newFolder(t, map[string]string{"kafka.md": kafka, "redis.md": redis})
	l := f.open("")
	ctx, cancel := context.WithCancel(t.Context())
	var readers sync.WaitGroup
	for range 4 {
		readers.Go(func() {
			for ctx.Err() == nil {
				if at := found(t, l, "what is a sentinel"); at != "redis.md:5" {
					t.Errorf("found %q", at)
				}
				for _, c := range l.Cards() {
					if _, ok := l.Card(c.ID); !ok && l.Notes() < 2 {
						t.Errorf("card %s is gone", c.ID)
					}
				}
				_ = l.Problems()
			}
		})
	}
	for i := range 10 {
		f.write("kafka.md", strings.Repeat("\n", i)+kafka)
		refresh(t, l)
	}
	cancel()
	readers.Wait()
}
