package text

import (
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestNormal(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"full width becomes plain", "ＮＧＩＮＸ　１２３", "nginx 123"},
		{"capitals become small", "DockerFile", "dockerfile"},
		{"Traditional reads like Simplified", "負載均衡與資料庫", "负载均衡与资料库"},
		{"a ligature comes apart", "ﬁle", "file"},
		{"half-width Kana become whole", "ｻｰﾊﾞ", "サーバ"},
		{"Simplified stays", "三次握手", "三次握手"},
		{"nothing stays nothing", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Normal(tt.in); got != tt.want {
				t.Errorf("Normal(%q) = %q, want %q", tt.in, got, tt.want)
			}
		})
	}
}

func TestIsHan(t *testing.T) {
	for _, r := range "中握々〇ひカー한ㄅ𠀀" {
		if !IsHan(r) {
			t.Errorf("IsHan(%q) = false", r)
		}
	}
	for _, r := range "aZ1é，。（ ·Ω" {
		if IsHan(r) {
			t.Errorf("IsHan(%q) = true", r)
		}
	}
}

func TestSimplifyKeepsTheNumberOfCharacters(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "s")
		got := Simplify(s)
		if utf8.RuneCountInString(got) != utf8.RuneCountInString(s) {
			t.Fatalf("Simplify(%q) = %q", s, got)
		}
		if again := Simplify(got); again != got {
			t.Fatalf("Simplify twice: %q, then %q", got, again)
		}
	})
}

func FuzzNormal(f *testing.F) {
	f.Add("負載 ＡＢＣ\xff")
	f.Fuzz(func(t *testing.T, s string) { Normal(s) })
}
