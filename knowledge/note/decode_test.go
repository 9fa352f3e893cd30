package note

import (
	"bytes"
	"encoding/binary"
	"errors"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/simplifiedchinese"
	"pgregory.net/rapid"
)

func utf16Bytes(s string, order binary.AppendByteOrder) []byte {
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		b = order.AppendUint16(b, u)
	}
	return b
}

func gb(t testing.TB, s string) []byte {
	t.Helper()
	b, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(s))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestDecode(t *testing.T) {
	const chinese = "# 一致性\n\n副本之间的数据如何保持一致？\n"
	tests := []struct {
		name string
		src  []byte
		want string
	}{
		{"nothing is empty text", nil, ""},
		{"UTF-8 stays as it is", []byte(chinese), chinese},
		{"two spaces at a line's end stay", []byte("title  \nbody\n"), "title  \nbody\n"},
		{"a byte order mark is dropped", []byte("\xef\xbb\xbf" + chinese), chinese},
		{"two byte order marks are dropped", []byte("\xef\xbb\xbf\xef\xbb\xbfa"), "a"},
		{"only a byte order mark is empty text", []byte("\xef\xbb\xbf"), ""},
		{"UTF-16 LE with a mark", append([]byte{0xff, 0xfe}, utf16Bytes(chinese, binary.LittleEndian)...), chinese},
		{"UTF-16 BE with a mark", append([]byte{0xfe, 0xff}, utf16Bytes(chinese, binary.BigEndian)...), chinese},
		{"UTF-16 LE without a mark", utf16Bytes(chinese, binary.LittleEndian), chinese},
		{"UTF-16 BE without a mark", utf16Bytes(chinese, binary.BigEndian), chinese},
		{"English UTF-16 without a mark", utf16Bytes("What is NOPQ?\n", binary.LittleEndian), "What is NOPQ?\n"},
		{"UTF-16 beyond the first plane", utf16Bytes("a 𠮷 b\n", binary.BigEndian), "a 𠮷 b\n"},
		{"UTF-16 cut in the middle", []byte{0xff, 0xfe, 'a', 0, 'b'}, "a\ufffd"},
		{"GB18030", gb(t, chinese), chinese},
		{"GB18030 in four bytes", gb(t, "汉字 𠮷 ñ 中文\n"), "汉字 𠮷 ñ 中文\n"},
		{"one word in GB18030", gb(t, "中文"), "中文"},
		{"mostly English with a word in GB18030", gb(t, strings.Repeat("plain words ", 50)+"端口"), strings.Repeat("plain words ", 50) + "端口"},
		{"GB18030 cut in the middle", gb(t, chinese+"尾")[:len(gb(t, chinese))+1], chinese + "\ufffd"},
		{"UTF-8 cut in the middle", []byte(chinese + "尾")[:len(chinese)+1], chinese + "\ufffd"},
		{"UTF-8 with one bad byte", []byte("负载均衡\xff的算法"), "负载均衡\ufffd的算法"},
		{"CRLF", []byte("a\r\nb\r\n\r\nc"), "a\nb\n\nc"},
		{"CR alone, as old as Mac OS 9", []byte("a\rb\r\rc\r"), "a\nb\n\nc\n"},
		{"CRLF where LF rules too", []byte("a\nb\r\nc"), "a\nb\nc"},
		{"a stray CR is not a line", []byte("10%\r20%\ndone\n"), "10% 20%\ndone\n"},
		{"CR CR LF is one line end", []byte("a\r\r\nb"), "a\nb"},
		{"a CR at the very end", []byte("a\nb\r"), "a\nb"},
		{"a transcript with colours", []byte("\x1b[31mred\x1b[0m\n"), "\x1b[31mred\x1b[0m\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := Decode(tt.src)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("Decode (-want +got):\n%s", diff)
			}
		})
	}
}

func TestDecodeRefusesWhatIsNotText(t *testing.T) {
	noise := make([]byte, 4096)
	random := rand.New(rand.NewPCG(1, 2))
	for i := range noise {
		noise[i] = byte(1 + random.IntN(255)) // no NUL
	}
	tests := []struct {
		name string
		src  []byte
		says string
	}{
		{"an ELF header", []byte("\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x03\x00\x3e\x00"), "NUL"},
		{"a PNG", []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), "NUL"},
		{"text with a NUL in it", []byte("one\x00two"), "NUL"},
		{"UTF-16 with a NUL in it", []byte{0xff, 0xfe, 'a', 0, 0, 0}, "NUL"},
		{"only NUL bytes", make([]byte, 64), "NUL"},
		{"control characters", bytes.Repeat([]byte{1, 2, 3, 'a'}, 8), "control"},
		{"random bytes", noise, "UTF-8"},
		{"small numbers that look like UTF-16", bytes.Repeat([]byte{1, 0, 2, 0}, 8), "NUL"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := Decode(tt.src)
			if !errors.Is(err, ErrNotText) {
				t.Fatalf("Decode = %q, %v; want ErrNotText", got, err)
			}
			if !strings.Contains(err.Error(), tt.says) {
				t.Errorf("error %q does not say %q", err, tt.says)
			}
		})
	}
}

// Text comes back from every encoding that can hold it.
func TestDecodeReadsWhatWasWritten(t *testing.T) {
	han := rapid.RuneFrom([]rune("的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指"))
	latin := rapid.RuneFrom([]rune("abcXYZ019 .,?-\n"))
	rapid.Check(t, func(t *rapid.T) {
		text := "要点\n" + rapid.StringOf(rapid.OneOf(han, latin)).Draw(t, "text") + "\n"
		for name, src := range map[string][]byte{
			"UTF-8":     []byte(text),
			"GB18030":   mustGB(t, text),
			"UTF-16 LE": append([]byte{0xff, 0xfe}, utf16Bytes(text, binary.LittleEndian)...),
			"UTF-16 BE": append([]byte{0xfe, 0xff}, utf16Bytes(text, binary.BigEndian)...),
		} {
			got, err := Decode(src)
			if err != nil || got != text {
				t.Fatalf("%s: got %q, %v; want %q", name, got, err, text)
			}
		}
	})
}

func mustGB(t *rapid.T, s string) []byte {
	b, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(s))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func FuzzDecode(f *testing.F) {
	for _, s := range []string{"", "a\r\nb", "\xff\xfea\x00", "\xfe\xff\x00a", "\xd6\xd0\xce\xc4", "\xef\xbb\xbfx", "中文\xff", "\x00\x01"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		kept := bytes.Clone(src)
		got, err := Decode(src)
		if !bytes.Equal(kept, src) {
			t.Fatal("Decode changed its argument")
		}
		if err != nil {
			if !errors.Is(err, ErrNotText) {
				t.Fatalf("error %v is not ErrNotText", err)
			}
			return
		}
		if !utf8.ValidString(got) || strings.ContainsAny(got, "\r\x00") {
			t.Fatalf("Decode = %q: not clean text", got)
		}
		if len(got) > 3*len(src) {
			t.Fatalf("%d bytes became %d", len(src), len(got))
		}
		if again, err := Decode([]byte(got)); err != nil || again != strings.TrimLeft(got, "\ufeff") {
			t.Fatalf("Decode of its own result = %q, %v; want %q", again, err, got)
		}
	})
}

func BenchmarkDecode(b *testing.B) {
	text := strings.Repeat("- 什么是负载均衡？把请求分给多台服务器。\n", 20000)
	for name, src := range map[string][]byte{
		"UTF-8":   []byte(text),
		"GB18030": gb(b, text),
		"UTF-16":  append([]byte{0xff, 0xfe}, utf16Bytes(text, binary.LittleEndian)...),
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(src)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Decode(src); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
