package grade

import (
	"strconv"
	"strings"
	"sync"
)

// measures are units of measure: how many of the base unit one is, and its names.
const measures = `
time 1e-9 ns 纳秒 nanosecond nanoseconds
time 1e-6 us 微秒 microsecond microseconds
time 1e-3 ms 毫秒 millisecond milliseconds millis
time 1 s 秒 秒钟 sec secs second seconds
time 60 min mins 分钟 minute minutes
time 3600 h 小时 hour hours
time 86400 天 day days
size 1 字节 byte bytes
size 1024 kb kib
size 1048576 mb mib
size 1073741824 gb gib
size 1099511627776 tb tib
size 0.125 bit bits 比特 位
share 1 % percent
`

type measure struct {
	kind string
	base float64
}

var measureOf = sync.OnceValue(func() map[string]measure {
	m := map[string]measure{}
	for line := range strings.Lines(measures) {
		f := strings.Fields(line)
		if len(f) < 3 {
			continue
		}
		base, _ := strconv.ParseFloat(f[1], 64)
		for _, name := range f[2:] {
			m[name] = measure{f[0], base}
		}
	}
	return m
})

// longMeasure bounds the name of a unit, in bytes.
const longMeasure = 12

// named is the kind of a value that is a name: one thing of several, in a Chinese text.
const named = "name"

// valuesOf reads the numbers of a folded clause of these units, the words behind an equals
// sign, and the Latin names.
func valuesOf(s string, us []unit, isName func(key string) bool) []value {
	chinese := hasHan(s)
	var out []value
	for i, u := range us {
		behind := u.from > 0 && s[u.from-1] == '='
		switch {
		case u.kind == numberKind:
			v := value{text: u.key, from: u.from, to: u.to}
			name := strings.TrimLeft(s[u.from:u.to], "0123456789.")
			if i+1 < len(us) && us[i+1].from == u.from && us[i+1].kind == latinKind {
				name = us[i+1].key
			} else if n := nextWord(s[u.to:]); !isLatinWord(name) {
				name = n
			}
			if m, ok := measureOf()[name]; ok {
				n, _ := strconv.ParseFloat(u.key, 64)
				v.kind, v.size = m.kind, n*m.base
			}
			out = append(out, v)
		case behind && u.kind == latinKind && !u.part:
			out = append(out, value{text: u.key, from: u.from, to: u.to})
		case chinese && u.kind == latinKind && !u.part && u.key[0] != '-' && isName(u.key):
			out = append(out, value{text: u.key, kind: named, from: u.from, to: u.to})
		}
	}
	return out
}

const (
	valued   = 0.12 // the share of a point that its numbers are at least, where another number is another fact
	speaksOf = 2.0  // the weight of its words in a clause that gives its value
)

// otherValues reports whether numbers are a good part of target i, the answer has none of
// them, and a clause that speaks of the same has one that no point knows.
func (r *reading) otherValues(i int) bool {
	t := &r.targets[i]
	weight := 0.0
	for _, u := range t.units {
		if u.kind == numberKind {
			weight += u.weight
		}
	}
	if t.code || weight < valued*t.total {
		return false
	}
	found := false
	for k := range r.clauses {
		c := &r.clauses[k]
		for _, v := range c.values {
			if t.values(v) {
				return false
			}
			number := v.kind != named && isDigit(v.text[0])
			found = found || number && !r.anchored[v.text] && !r.asked[v.text] && r.fits(i, k) && r.shared(c, i) >= speaksOf
		}
	}
	return found
}

// values reports whether a value is a number of the target's, perhaps in another unit.
func (t *target) values(v value) bool {
	if v.kind == named {
		return false
	}
	for _, p := range t.parts {
		for _, own := range p.poles {
			if own.pair == 0 && own.value.equals(v) {
				return true
			}
		}
	}
	return t.numbers[v.text]
}

// shared weighs the words but numbers that a clause has of target i.
func (r *reading) shared(c *clause, i int) (sum float64) {
	t := &r.targets[i]
	seen := r.unseen(len(t.units))
	for _, h := range c.hits[i] {
		if u := &t.units[h.unit]; !seen[h.unit] && u.kind != numberKind {
			sum += u.weight
		}
		seen[h.unit] = true
	}
	return sum
}

func isLatinWord(s string) bool { return s != "" && wordByte(s[0]) }

// nextWord is what a folded text begins with behind a space: the name of a unit, a Latin
// word, or "".
func nextWord(s string) string {
	s = strings.TrimPrefix(s, " ")
	end := 0
	for end < len(s) && end < longMeasure && wordByte(s[end]) {
		end++
	}
	if end > 0 {
		return s[:end]
	}
	for _, name := range []string{"毫秒", "微秒", "纳秒", "秒", "分钟", "小时", "天", "字节", "比特", "位", "%"} {
		if strings.HasPrefix(s, name) {
			return name
		}
	}
	return ""
}
