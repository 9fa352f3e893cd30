package discord

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"studybot/bot"
)

// A crowd of members does a mix of what members do, with the real bot, its store and its notes behind it. None is lost.
// It returns the times from the sending of an interaction to its first response, in order.
func crowd(t testing.TB, interactions int, most time.Duration) []time.Duration {
	d := newDouble(t)
	lines := make(chan *line, 1)
	d.gatewayOf(func(l *line) { l.begin("s1"); lines <- l; l.stay() })
	n, err := New(Config{Token: testToken, API: d.URL, Usages: bot.Usages(), Transport: &http.Transport{MaxIdleConnsPerHost: 64}})
	if err != nil {
		t.Fatal(err)
	}
	b, _ := openBot(t, t.TempDir(), n)
	if err := b.Tick(t.Context(), moment(t, "2026-03-02 09:00")); err != nil {
		t.Fatal(err)
	}
	question := d.held(testChannel)[0]
	frames := crowdFrames(t, interactions, question)
	var mu sync.Mutex
	sent, took := map[string]time.Time{}, map[string]time.Duration{}
	d.after = func(r request) int {
		if id, ok := strings.CutPrefix(r.path, "/interactions/"); ok {
			id, _, _ = strings.Cut(id, "/")
			mu.Lock()
			defer mu.Unlock()
			took[id] = time.Since(sent[id])
		}
		return 0
	}
	ended := make(chan error, 1)
	ctx, cancel := context.WithCancel(t.Context())
	go func() { ended <- n.Run(ctx, b.Handle) }()
	l := <-lines
	pause := time.NewTicker(most / time.Duration(interactions))
	defer pause.Stop()
	for i, f := range frames {
		mu.Lock()
		sent[snowflake(i)] = time.Now()
		mu.Unlock()
		l.raw(string(f))
		<-pause.C
	}
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		mu.Lock()
		done := len(took) == interactions
		mu.Unlock()
		if done {
			break
		}
	}
	cancel()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	mu.Lock()
	defer mu.Unlock()
	if len(took) != interactions {
		t.Fatalf("%d of %d interactions have a response", len(took), interactions)
	}
	return slices.Sorted(maps.Values(took))
}

// crowdFrames are the frames of what is done.
func crowdFrames(t testing.TB, n int, question payload) (frames [][]byte) {
	action := question["components"].([]any)[0].(payload)["components"].([]any)[0].(payload)["custom_id"].(string)
	for i := range n {
		f, err := json.Marshal(payload{"op": 0, "t": "INTERACTION_CREATE", "s": i + 2, "d": crowdAction(i, action, question)})
		if err != nil {
			t.Fatal(err)
		}
		frames = append(frames, f)
	}
	return frames
}

// crowdAction is the i-th thing that is done: lookups, answers by form and by command, the board, and typing.
func crowdAction(i int, action string, question payload) payload {
	id, who := snowflake(i), fmt.Sprint(400000000000000000+i%100)
	switch i % 6 {
	case 0:
		return slash(id, who, "ask", "RDB 快照")
	case 1:
		return press(id, who, action, question)
	case 2:
		return submit(id, who, action, map[string]string{"answer": "读取配置，启动 worker 进程"})
	case 3:
		return slash(id, who, "top", "week")
	case 4:
		return typed(id, who, "ask", "redis")
	}
	return slash(id, who, "answer", "间隔快照，内存，锁，读取配置")
}

func TestCrowd(t *testing.T) { crowd(t, 120, 600*time.Millisecond) }

// BenchmarkThousandInteractions is a thousand interactions in ten seconds, once.
func BenchmarkThousandInteractions(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		took := crowd(b, 1000, 10*time.Second)
		for unit, at := range map[string]int{"p50-ms": len(took) / 2, "p99-ms": len(took) * 99 / 100, "max-ms": len(took) - 1} {
			b.ReportMetric(float64(took[at].Microseconds())/1000, unit)
		}
		b.ReportMetric(float64(runtime.NumCPU()), "cpus")
	}
}
