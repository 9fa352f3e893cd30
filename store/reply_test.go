package store

import (
	"reflect"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"studybot/bot/chat"
	"studybot/knowledge"
)

// A reply is read as it was written, whatever it holds.
func TestReplyValue(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		want := anyReply(rt)
		got, err := readReply([]byte(want.Member), want.value())
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			rt.Fatalf("%v (-want +got):\n%s", err, diff)
		}
	})
}

func anyReply(rt *rapid.T) Reply {
	text := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"", "因为\xff", "\xc3\x28<&>\u2028", "\\ufffd", "\ufffd"}))
	r := Reply{
		Member: chat.MemberID(rapid.StringN(1, -1, maxID).Draw(rt, "member")), Name: text.Draw(rt, "name"), Text: text.Draw(rt, "text"), First: text.Draw(rt, "first"),
		At:   time.Unix(rapid.Int64Range(-1<<35, 1<<37).Draw(rt, "seconds"), rapid.Int64Range(0, 1e9-1).Draw(rt, "nanoseconds")).UTC(),
		Late: rapid.Bool().Draw(rt, "late"), Rule: rapid.Uint64().Draw(rt, "rule"),
	}
	r.Grade.Score = rapid.Float64Range(0, 1).Draw(rt, "score")
	for range rapid.IntRange(0, 3).Draw(rt, "points") {
		r.Grade.Points = append(r.Grade.Points, knowledge.Point{Text: text.Draw(rt, "point"), Held: rapid.Bool().Draw(rt, "held"), Evidence: text.Draw(rt, "evidence")})
	}
	return r
}

// No field of a reply is left out of its value, and none of its texts out of what plain looks at, now or when
// there are more.
func TestNoFieldOfAReplyIsForgotten(t *testing.T) {
	full := func() Reply {
		return Reply{Grade: knowledge.Grade{Points: make([]knowledge.Point, 1)}, At: monday}
	}
	texts := 0
	first := full()
	for i := range leaves(reflect.ValueOf(&first).Elem()) {
		r := full()
		leaf := leaves(reflect.ValueOf(&r).Elem())[i]
		switch leaf.Kind() {
		case reflect.String:
			texts++
			leaf.SetString("\xff")
			if r.plain() {
				t.Errorf("plain says of %+v that it is UTF-8", r)
			}
		case reflect.Bool:
			leaf.SetBool(true)
		case reflect.Float64:
			leaf.SetFloat(.25)
		case reflect.Uint64:
			leaf.SetUint(7)
		case reflect.Struct:
			leaf.Set(reflect.ValueOf(monday.Add(time.Nanosecond)))
		default:
			t.Fatalf("a field of kind %s: say here how it is filled", leaf.Kind())
		}
		got, err := readReply([]byte(r.Member), r.value())
		if diff := cmp.Diff(r, got); err != nil || diff != "" {
			t.Errorf("%v (-want +got):\n%s", err, diff)
		}
	}
	if texts < 6 {
		t.Errorf("only %d texts were looked at", texts)
	}
}

// leaves are the fields that hold a value of their own, at any depth.
func leaves(v reflect.Value) (all []reflect.Value) {
	switch {
	case v.Type() == reflect.TypeFor[time.Time]():
	case v.Kind() == reflect.Struct:
		for i := range v.NumField() {
			all = append(all, leaves(v.Field(i))...)
		}
		return all
	case v.Kind() == reflect.Slice && v.Len() > 0:
		return leaves(v.Index(0))
	}
	return []reflect.Value{v}
}

// Whatever members write, the folds are what a replay of the ledger gives.
func TestRepliesOfAnyBytes(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := open(t)
		q := ask(t, s, 0)
		for range rapid.IntRange(1, 5).Draw(rt, "replies") {
			r := anyReply(rt)
			r.Rule, r.Late = 0, false
			before, _, err := s.ReplyOf(q.ID, r.Member)
			if err != nil {
				rt.Fatal(err)
			}
			r.First = before.first()
			if _, err := s.Reply(q.ID, r, takingPart); err != nil {
				rt.Fatal(err)
			}
		}
		if _, err := s.Verify(t.TempDir()); err != nil {
			rt.Fatal(err)
		}
	})
}

func FuzzReadReply(f *testing.F) {
	r := benchReply
	f.Add(r.value())
	f.Add([]byte{})
	f.Add([]byte("\x01a\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"))
	f.Fuzz(func(t *testing.T, v []byte) {
		r, err := readReply([]byte("ada"), v)
		if err != nil {
			return
		}
		again, err := readReply([]byte("ada"), r.value())
		if diff := cmp.Diff(r, again, cmp.Comparer(func(a, b float64) bool { return a == b || a != a && b != b })); err != nil || diff != "" {
			t.Errorf("%v (-first +again):\n%s", err, diff)
		}
	})
}
