package note

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// archived returns a zip archive of files, in this order of names and contents.
func archived(t testing.TB, files ...[2]string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, f := range files {
		e, err := w.Create(f[0])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := e.Write([]byte(f[1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const (
	wordStyles = `<w:styles xmlns:w="w">
<w:style w:styleId="1"><w:name w:val="heading 1"/></w:style>
<w:style w:styleId="2"><w:name w:val="Heading 2"/><w:basedOn w:val="1"/></w:style>
<w:style w:styleId="mine"><w:name w:val="our questions"/><w:basedOn w:val="2"/></w:style>
<w:style w:styleId="out"><w:name w:val="outlined"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>
<w:style w:styleId="T"><w:name w:val="Title"/></w:style>
<w:style w:styleId="toc"><w:name w:val="toc 1"/></w:style>
<w:style w:styleId="code"><w:name w:val="HTML Preformatted"/></w:style>
<w:style w:styleId="dots"><w:name w:val="List Bullet"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:styleId="loop"><w:name w:val="loop"/><w:basedOn w:val="loop"/></w:style>
</w:styles>`
	wordNumbers = `<w:numbering xmlns:w="w">
<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val=""/></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%2)"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:start w:val="9"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="第%1题"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="2"/></w:num>
<w:num w:numId="4"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
</w:numbering>`
)

func word(t testing.TB, body string) []byte {
	t.Helper()
	return archived(t,
		[2]string{"[Content_Types].xml", "<Types/>"},
		[2]string{"word/styles.xml", wordStyles},
		[2]string{"word/numbering.xml", wordNumbers},
		[2]string{"word/document.xml", `<w:document xmlns:w="w" xmlns:mc="mc" xmlns:wp="wp"><w:body>` + body + `</w:body></w:document>`})
}

// para is a paragraph with a style.
func para(style, text string) string {
	return `<w:p><w:pPr><w:pStyle w:val="` + style + `"/></w:pPr><w:r><w:t>` + text + `</w:t></w:r></w:p>`
}

// listed is a paragraph in a list.
func listed(list, level, text string) string {
	return `<w:p><w:pPr><w:numPr><w:ilvl w:val="` + level + `"/><w:numId w:val="` + list + `"/></w:numPr></w:pPr><w:r><w:t>` + text + `</w:t></w:r></w:p>`
}

func TestDocx(t *testing.T) {
	tests := []struct {
		name, body string
		want       []string
	}{
		{"headings by their style", para("1", "LVS") + para("2", "什么是 DR？") + para("", "一种模式。") + para("mine", "Why?") + para("out", "Deep"), []string{"# LVS", "", "## 什么是 DR？", "", "一种模式。", "", "## Why?", "", "### Deep"}},
		{"a title is above the headings", para("T", "Handbook") + para("1", "LVS"), []string{"# Handbook", "", "## LVS"}},
		{"a style that is based on itself", para("loop", "text"), []string{"text"}},
		{"a contents page is left out", para("toc", "LVS 3") + para("", "text"), []string{"text"}},
		{"lists", para("", "before") + listed("2", "0", "one") + listed("2", "1", "inner") + listed("2", "1", "inner too") + listed("2", "0", "two") + para("", "after"), []string{"before", "", "1. one", "    a) inner", "    b) inner too", "2. two", "", "after"}},
		{"a list that counts for itself", listed("2", "0", "one") + listed("4", "0", "one again"), []string{"1. one", "1. one again"}},
		{"a list in Chinese", listed("3", "0", "甲") + listed("3", "0", "乙") + listed("3", "0", "丙"), []string{"第九题 甲", "第十题 乙", "第十一题 丙"}},
		{"bullets by their style", para("dots", "one") + para("dots", "two"), []string{"- one", "- two"}},
		{"a list that is switched off", listed("0", "0", "text"), []string{"text"}},
		{"code by its style", para("code", "a  {") + para("code", "  b") + para("", "text"), []string{"```", "a  {", "  b", "```", "", "text"}},
		{"code by its typeface", `<w:p><w:r><w:rPr><w:rFonts w:ascii="Consolas"/></w:rPr><w:t>ls</w:t><w:br/><w:t xml:space="preserve"> -l</w:t></w:r></w:p>`, []string{"```", "ls", " -l", "```"}},
		{"a line of bold alone", `<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>Why?</w:t></w:r></w:p><w:p><w:r><w:rPr><w:b w:val="0"/></w:rPr><w:t>text</w:t></w:r></w:p>`, []string{"**Why?**", "", "text"}},
		{"what was deleted is left out, what was inserted stays", `<w:p><w:del><w:r><w:delText>old</w:delText><w:t>old</w:t></w:r></w:del><w:ins><w:r><w:t>new</w:t></w:r></w:ins></w:p>`, []string{"new"}},
		{"tabs and breaks", `<w:p><w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r></w:p>`, []string{"a b", "c"}},
		{"a table", `<w:tbl><w:tr><w:tc>` + para("", "port") + `</w:tc><w:tc>` + para("", "use") + `</w:tc></w:tr><w:tr><w:tc>` + para("", "80") + `</w:tc><w:tc>` + para("", "web") + para("", "http") + `</w:tc></w:tr></w:tbl>`, []string{"| port | use |", "| --- | --- |", "| 80 | web http |"}},
		{"a frame around text", `<w:tbl><w:tr><w:tc>` + para("", "one") + para("", "two") + `</w:tc></w:tr></w:tbl>`, []string{"one", "two"}},
		{"a text box, once", `<w:p><w:r><w:t>before</w:t><mc:AlternateContent><mc:Choice><w:txbxContent>` + para("", "in the box") + `</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>` + para("", "in the box") + `</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p>`, []string{"in the box", "", "before"}},
		{"a picture", `<w:p><w:r><w:drawing><wp:docPr descr="topology"/></w:drawing></w:r></w:p>`, []string{"![topology](image)"}},
		{"a root's prompt is no heading", para("", "# df -h"), []string{"`# df -h`"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			n, err := read("a.docx", word(t, tt.body))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, n.Lines); diff != "" {
				t.Errorf("lines (-want +got):\n%s", diff)
			}
		})
	}
}

func TestDocxSaysWhatIsWrong(t *testing.T) {
	tests := []struct {
		name string
		src  []byte
		says string
	}{
		{"an old document or one with a password", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1…"), "password"},
		{"no archive", []byte("text"), "no Word document"},
		{"another archive", archived(t, [2]string{"a.txt", "text"}), "word/document.xml is missing"},
		{"damaged text", archived(t, [2]string{"word/document.xml", "<w:p><w:r>"}), "damaged"},
		{"elements without end", archived(t, [2]string{"word/document.xml", strings.Repeat("<p>", 2*maxNested)}), "without end"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if n, err := read("a.docx", tt.src); err == nil || !strings.Contains(err.Error(), tt.says) {
				t.Errorf("read = %v, %v; want %q", n.Lines, err, tt.says)
			}
		})
	}
}

func TestCappedReader(t *testing.T) {
	for limit, want := range map[int64]error{5: nil, 4: errTooMuch} {
		got, err := io.ReadAll(&capped{r: strings.NewReader("12345"), left: limit})
		if !errors.Is(err, want) || want == nil && string(got) != "12345" {
			t.Errorf("5 bytes with a limit of %d: %q, %v; want %v", limit, got, err, want)
		}
	}
}

func FuzzDocx(f *testing.F) {
	f.Add(para("1", "title") + listed("2", "0", "one"))
	f.Add(`<w:tbl><w:tr><w:tc><w:tbl><w:tr><w:tc><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:tc></w:tr></w:tbl>`)
	f.Add(`<w:p><w:txbxContent><w:p><w:r><w:t>x</w:t></w:r></w:p></w:p></w:tc>`)
	f.Fuzz(func(t *testing.T, body string) {
		if _, err := read("a.docx", word(t, body)); err != nil && strings.Contains(err.Error(), "reader failed") {
			t.Error(err)
		}
	})
}
