package note

import (
	"bytes"
	"compress/zlib"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"

	"studybot/knowledge"
)

// A pdfFile is written object by object.
type pdfFile struct {
	objects map[int]string
	root    int
	trailer string // more of it
}

// newPDF is a file whose pages have these contents. F1 is Latin and 12 characters of
// Chinese in UTF-16, F2 is bold, F3 is a typeface of code, F4 has a table of codes.
func newPDF(contents ...string) *pdfFile {
	f := &pdfFile{objects: map[int]string{}, root: 1}
	f.objects[1] = "<</Type/Catalog/Pages 2 0 R>>"
	f.objects[3] = "<</Font<</F1 4 0 R/F2 5 0 R/F3 6 0 R/F4 7 0 R/F5 8 0 R>>>>"
	f.objects[4] = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
	f.objects[5] = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold/Encoding/WinAnsiEncoding>>"
	f.objects[6] = "<</Type/Font/Subtype/Type1/BaseFont/Courier/Encoding/WinAnsiEncoding>>"
	f.objects[7] = "<</Type/Font/Subtype/Type0/BaseFont/ABCDEF+Song/Encoding/Identity-H/ToUnicode 10 0 R/DescendantFonts[9 0 R]>>"
	f.objects[8] = "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[9 0 R]>>"
	f.objects[9] = "<</Type/Font/Subtype/CIDFontType2/BaseFont/Song/DW 1000/W[1[500 500] 3 5 500]>>"
	f.objects[10] = pdfStream("", "begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange\n"+
		"2 beginbfchar <0001> <0041> <0002> <004200420042> endbfchar\n"+
		"2 beginbfrange <0010> <0012> <4E00> <0020> <0021> [<7AEF> <53E3>] endbfrange endcmap")
	kids := ""
	for i, c := range contents {
		page, content := 20+2*i, 21+2*i
		kids += fmt.Sprintf("%d 0 R ", page)
		f.objects[page] = fmt.Sprintf("<</Type/Page/Parent 2 0 R/Resources 3 0 R/Contents %d 0 R>>", content)
		f.objects[content] = pdfStream("", c)
	}
	f.objects[2] = fmt.Sprintf("<</Type/Pages/Count %d/Kids[%s]>>", len(contents), kids)
	return f
}

func pdfStream(dict, data string) string {
	return fmt.Sprintf("<<%s/Length %d>>\nstream\n%s\nendstream", dict, len(data), data)
}

func deflated(s string) string {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	if _, err := w.Write([]byte(s)); err != nil {
		panic(err)
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	return b.String()
}

func (f *pdfFile) bytes() []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
	for _, n := range slices.Sorted(maps.Keys(f.objects)) {
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", n, f.objects[n])
	}
	fmt.Fprintf(&b, "trailer <</Root %d 0 R%s>>\nstartxref\n0\n%%%%EOF\n", f.root, f.trailer)
	return b.Bytes()
}

// at draws text with a font of a size at a place of the page.
func at(x, y float64, font string, size float64, text string) string {
	return fmt.Sprintf("BT /%s %g Tf 1 0 0 1 %g %g Tm %s Tj ET\n", font, size, x, y, text)
}

// ucs2 is a string for F5.
func ucs2(s string) string {
	var b strings.Builder
	for _, u := range utf16.Encode([]rune(s)) {
		fmt.Fprintf(&b, "%04x", u)
	}
	return "<" + b.String() + ">"
}

func pdfLines(t *testing.T, src []byte) ([]string, knowledge.Note) {
	t.Helper()
	n, err := read("a.pdf", src)
	if err != nil {
		t.Fatal(err)
	}
	return n.Lines, n
}

func TestPDFText(t *testing.T) {
	tests := []struct {
		name string
		page string
		want []string
	}{
		{"a line", at(50, 700, "F1", 12, "(plain text)"), []string{"plain text"}},
		{"escapes in a string", at(50, 700, "F1", 12, `(a\(b\)\\ \101\
c)`), []string{`a(b)\ Ac`}},
		{"a font with a table of codes", at(50, 700, "F4", 12, "<0001000200100012002000210021>"), []string{"ABBB一丂端口口"}},
		{"a font in UTF-16 without a table", at(50, 700, "F5", 12, ucs2("虚拟服务器 LVS")), []string{"虚拟服务器 LVS"}},
		{"kerning is no space, a wide gap is", "BT /F1 10 Tf 50 700 Td [(Wo) 80 (rd) -600 (next)] TJ ET", []string{"Word next"}},
		{"chunks on one line", at(50, 700, "F1", 10, "(one)") + at(120, 700, "F1", 10, "(two)"), []string{"one two"}},
		{"Chinese chunks that stand a little apart", at(50, 700, "F5", 10, ucs2("端")) + at(62, 700, "F5", 10, ucs2("口")), []string{"端口"}},
		{"lines by T* and quotation mark", "BT /F1 10 Tf 14 TL 50 700 Td (one) Tj T* (two) Tj (three) ' ET", []string{"one", "two", "three"}},
		{"drawn twice to look bold", at(50, 700, "F1", 10, "(word)") + at(50.3, 700, "F1", 10, "(word)"), []string{"word"}},
		{"turned text is left out", "BT /F1 40 Tf 0 1 -1 0 300 300 Tm (DRAFT) Tj ET " + at(50, 700, "F1", 10, "(text)"), []string{"text"}},
		{"a picture among the operators", "BI /W 1 /H 1 ID \x00(EIx EI " + at(50, 700, "F1", 10, "(text)"), []string{"text"}},
		{"places that are kept and brought back", "q 2 0 0 2 0 0 cm Q " + at(50, 700, "F1", 10, "(text)"), []string{"text"}},
		{"a root's prompt is no heading", at(50, 700, "F1", 10, "(# ls -l)"), []string{"`# ls -l`"}},
		{"ligatures and radicals", at(50, 700, "F5", 10, ucs2("ﬁle ⽤⼾")), []string{"file 用户"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, _ := pdfLines(t, newPDF(tt.page).bytes())
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("lines (-want +got):\n%s", diff)
			}
		})
	}
}

// document is a page with titles, a paragraph, a list and code.
func document() string {
	var p strings.Builder
	p.WriteString(at(50, 760, "F5", 20, ucs2("负载均衡")))
	p.WriteString(at(50, 730, "F5", 14, ucs2("什么是轮询？")))
	p.WriteString(at(50, 710, "F5", 10, ucs2("请求按顺序分给每一台服务器，不管它们有多忙，也不管每个请求要多久，一台接着一台，从头到")))
	p.WriteString(at(50, 696, "F5", 10, ucs2("尾再回来。")))
	p.WriteString(at(50, 676, "F5", 10, ucs2("• 优点：简单")))
	p.WriteString(at(70, 662, "F5", 10, ucs2("• 没有状态")))
	p.WriteString(at(50, 648, "F5", 10, ucs2("• 缺点：不看负载")))
	p.WriteString(at(50, 620, "F3", 10, "(upstream web {)"))
	p.WriteString(at(62, 606, "F3", 10, "(server a;)"))
	p.WriteString(at(50, 592, "F3", 10, "(})"))
	p.WriteString(at(50, 560, "F5", 14, ucs2("如何加权？")))
	p.WriteString(at(50, 540, "F5", 10, ucs2("写 weight。")))
	return p.String()
}

func TestPDFLayout(t *testing.T) {
	got, n := pdfLines(t, newPDF(document()).bytes())
	want := []string{
		"# 负载均衡", "", "## 什么是轮询？", "",
		"请求按顺序分给每一台服务器，不管它们有多忙，也不管每个请求要多久，一台接着一台，从头到尾再回来。",
		"- 优点：简单", "  - 没有状态", "- 缺点：不看负载", "",
		"```", "upstream web {", "  server a;", "}", "```", "",
		"## 如何加权？", "", "写 weight。",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("lines (-want +got):\n%s", diff)
	}
	var titles []string
	for _, s := range n.Sections {
		titles = append(titles, s.Title)
	}
	if diff := cmp.Diff([]string{"负载均衡", "什么是轮询？", "如何加权？"}, titles); diff != "" {
		t.Errorf("titles (-want +got):\n%s", diff)
	}
}

func TestPDFPages(t *testing.T) {
	var pages []string
	for i := range 4 {
		pages = append(pages, at(50, 800, "F1", 9, "(Team handbook)")+
			at(50, 700, "F1", 12, fmt.Sprintf("(text of page %c)", 'a'+i))+
			at(300, 20, "F1", 9, fmt.Sprintf("(- %d -)", i+1)))
	}
	lines, n := pdfLines(t, newPDF(pages...).bytes())
	want := []string{"text of page a", "", "text of page b", "", "text of page c", "", "text of page d"}
	if diff := cmp.Diff(want, lines); diff != "" {
		t.Errorf("lines without head and foot (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]int{1, 3, 5, 7}, n.Pages); diff != "" {
		t.Errorf("pages (-want +got):\n%s", diff)
	}
	if got := n.Place(knowledge.Span{Start: 3, End: 6}); got != (knowledge.Span{Start: 2, End: 3}) {
		t.Errorf("lines 3 to 6 are pages %v", got)
	}
}

func TestPDFThatIsMended(t *testing.T) {
	page := at(50, 700, "F1", 12, "(still here)")
	whole := newPDF(page)
	packed := newPDF(page)
	packed.objects[21] = pdfStream("/Filter/FlateDecode", deflated(page))
	streamed := newPDF(page) // catalog, pages and page in an object stream, the root named by a table in a stream
	head, body := "", ""
	for _, n := range []int{1, 2, 20} {
		head += fmt.Sprintf("%d %d ", n, len(body))
		body += streamed.objects[n] + " "
		delete(streamed.objects, n)
	}
	streamed.objects[30] = pdfStream(fmt.Sprintf("/Type/ObjStm/N 3/First %d/Filter/FlateDecode", len(head)), deflated(head+body))
	streamed.objects[31] = pdfStream("/Type/XRef/Root 1 0 R/Size 4000000000/W[1 9 1]/Prev 0", "damaged")
	edited := append(whole.bytes(), "21 0 obj\n"+pdfStream("", at(50, 700, "F1", 12, "(edited later)"))+"\nendobj\n"...)
	tests := []struct {
		name string
		src  []byte
		want string
	}{
		{"its table points nowhere", whole.bytes(), "still here"},
		{"it is cut at its end", bytes.TrimSuffix(whole.bytes(), []byte("trailer <</Root 1 0 R>>\nstartxref\n0\n%%EOF\n")), "still here"},
		{"it has bytes before its header", append([]byte("From: mail\n\n"), whole.bytes()...), "still here"},
		{"it is of version 2", bytes.Replace(whole.bytes(), []byte("PDF-1.4"), []byte("PDF-2.0"), 1), "still here"},
		{"its content is packed", packed.bytes(), "still here"},
		{"its objects are in a stream", streamed.bytes(), "still here"},
		{"it was edited", edited, "edited later"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, _ := pdfLines(t, tt.src)
			if diff := cmp.Diff([]string{tt.want}, got); diff != "" {
				t.Errorf("lines (-want +got):\n%s", diff)
			}
		})
	}
}

func TestPDFSaysWhatIsWrong(t *testing.T) {
	encrypted := newPDF(at(50, 700, "F1", 12, "(secret)"))
	encrypted.trailer = "/Encrypt 99 0 R"
	scanned := newPDF("/Im Do")
	scanned.objects[3] = "<</XObject<</Im 90 0 R>>>>"
	scanned.objects[90] = pdfStream("/Subtype/Image/Filter/DCTDecode", "\xff\xd8")
	circle := newPDF("text")
	circle.objects[2] = "<</Type/Pages/Kids[2 0 R 2 0 R]>>"
	itself := newPDF("text")
	delete(itself.objects, 2)
	itself.objects[30] = pdfStream("/Type/ObjStm/N 2/First 9", "2 0 30 0 <</Length 2 0 R>>")
	length := newPDF("text")
	length.objects[21] = "<</Length 21 0 R>>\nstream\ntext\nendstream"
	tests := []struct {
		name string
		src  []byte
		says string
	}{
		{"it has a password", encrypted.bytes(), "has a password"},
		{"it is scanned", scanned.bytes(), "OCR"},
		{"it has no page", newPDF().bytes(), "no PDF"},
		{"it has a page without anything", newPDF("").bytes(), "no text"},
		{"it is something else", []byte(strings.Repeat("text ", 100)), "no PDF"},
		{"its pages go in a circle", circle.bytes(), "no PDF"},
		{"an object stream is in itself", itself.bytes(), "no text"},
		{"a length is that of itself", length.bytes(), "no text"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Read(fstest.MapFS{"a.pdf": {Data: tt.src}}, File{Name: "a.pdf"})
			var at *FileError
			if !errors.As(err, &at) || !strings.Contains(err.Error(), tt.says) {
				t.Errorf("Read = %v; want %q", err, tt.says)
			}
		})
	}
}

func TestPDFTellsPagesWithoutText(t *testing.T) {
	f := newPDF(at(50, 700, "F1", 12, "(text)"), "/Im Do")
	f.objects[3] = strings.Replace(f.objects[3], "<</Font", "<</XObject<</Im 90 0 R>>/Font", 1)
	f.objects[90] = pdfStream("/Subtype/Image", "")
	_, n := pdfLines(t, f.bytes())
	if len(n.Problems) != 1 || n.Problems[0].Line != 2 || !strings.Contains(n.Problems[0].Text, "OCR") {
		t.Errorf("problems = %v", n.Problems)
	}
}

func FuzzPDF(f *testing.F) {
	f.Add(newPDF(document()).bytes())
	f.Add(newPDF("BI EI Q q /Im Do", at(50, 700, "F4", 12, "<00100020>")).bytes())
	f.Add([]byte("%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 1 0 R>>\nendobj\n5 0 obj\n<</Type/ObjStm/N 1/First 4>>\nstream\n5 0 []\nendstream\n"))
	f.Fuzz(func(t *testing.T, src []byte) {
		n, err := read("a.pdf", src)
		if err != nil {
			if strings.Contains(err.Error(), "reader failed") {
				t.Error(err)
			}
			return
		}
		if len(src) == 0 {
			return // an empty file is an empty note, whatever its name
		}
		if len(n.Pages) == 0 || !slices.IsSorted(n.Pages) || !fs.ValidPath(n.File) {
			t.Errorf("pages %v", n.Pages)
		}
	})
}

func BenchmarkPDF(b *testing.B) {
	for _, pages := range []int{10, 20, 40} {
		b.Run(fmt.Sprint(pages), func(b *testing.B) {
			src := newPDF(slices.Repeat([]string{document()}, pages)...).bytes()
			b.SetBytes(int64(len(src)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := read("a.pdf", src); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
