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

// valuesOf reads the numbers of a folded clause of these units, and the words behind an
// equals sign.
func valuesOf(s string, us []unit) []value {
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
		}
	}
	return out
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
