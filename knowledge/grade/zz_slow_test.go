package grade

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

func TestSlow(t *testing.T) {
	for _, s := range []string{"不", "a", "a ", "**a", "[[", "{{c1::", "<!--", "1. ", "- ", "|a", "、", "a和b", "或者\n", "```\n", "~~~\n", "#", "# x\n", "①", "：", "（", "\n", "  - a\n", "-v ", "a.b.", "\xff", "==a==", "> ", "无状态", "301 302 "} {
		for _, n := range []int{50000, 200000} {
			x := strings.Repeat(s, n/len(s))
			t0 := time.Now()
			Answer("a和b有什么区别", x, "a是b")
			t1 := time.Now()
			Answer("a和b有什么区别", levels, x)
			t2 := time.Now()
			Answer(x, levels, "读已提交")
			t3 := time.Now()
			Answer("q", x, x+"。x")
			t4 := time.Now()
			if m := max(t1.Sub(t0), t2.Sub(t1), t3.Sub(t2), t4.Sub(t3)); m > 400*time.Millisecond {
				fmt.Printf("%q n=%d ref %v ans %v q %v both %v\n", s, n, t1.Sub(t0), t2.Sub(t1), t3.Sub(t2), t4.Sub(t3))
			}
		}
	}
}
