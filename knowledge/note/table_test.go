package note

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestTables(t *testing.T) {
	tests := []struct {
		name, file, text string
		want             []string
	}{
		{"a head names questions and answers", "a.csv", "id,问题,答案\n1,什么是端口？,\"一个数，\n0 到 65535\"\n2,空,", []string{"#separator:tab", "什么是端口？\t一个数，<br>0 到 65535", "", "空\t"}},
		{"two columns without a head", "a.csv", "What is DNS?,names to addresses\r\nWhat is TTL?,how long\r\n", []string{"What is DNS?\tnames to addresses", "What is TTL?\thow long"}},
		{"columns in another order", "a.csv", "Back,Front\nanswer,question\n", []string{"#separator:tab", "question\tanswer"}},
		{"columns of options and reasons", "a.csv", "题目,A,B,答案,解析\n哪个是端口,22,ssh,A,数\n", []string{"#separator:tab", "哪个是端口<br>A. 22<br>B. ssh\tA<br>数"}},
		{"right options by their numbers", "a.csv", "Question;Option 1;Option 2;Option 3;Correct Answer\nWhich cut?;saw;oil;axe;1,3\nHow many?;3;2;1;2\n", []string{"#separator:tab", "Which cut?<br>A. saw<br>B. oil<br>C. axe\tA, C", "How many?<br>A. 3<br>B. 2<br>C. 1\t2"}},
		{"semicolons", "a.csv", "Question;Answer\na, b;c\n", []string{"#separator:tab", "a, b\tc"}},
		{"any other table", "a.csv", "port,name,note\n80,http,\"a|b\"\n", []string{"| port | name | note |", `| 80 | http | a\|b |`}},
		{"tabs stay as they are", "a.tsv", "question\tanswer\tmore\n", []string{"question\tanswer\tmore"}},
		{"tabs with quotation marks", "a.tsv", "q\t\"a\tb\"\n", []string{"q\ta b"}},
		{"an export of Anki stays as it is", "a.csv", "#separator:comma\n#html:true\n\"a,\",b\n", []string{"#separator:comma", "#html:true", `"a,",b`}},
		{"a quotation mark in a field", "a.csv", "\"\"\"q\"\"\",a\n", []string{`"""q"""` + "\ta"}},
		{"a list of words with their reading", "a.csv", "word,reading,meaning,level\n茶,ちゃ,tea,1\nドア,ドア,a door,2\n", []string{"#separator:tab", "茶\tちゃ<br>tea", "ドア\ta door"}},
		{"a list of words with tabs", "a.tsv", "text\tipa\tenglish\nHund\thʊnt\tdog\n", []string{"#separator:tab", "Hund\thʊnt<br>dog"}},
		{"questions, and where they are from", "a.csv", "What is a plane?,It shaves wood,Shop book,https://x.org/1,2024-01-02\nWhat is a rasp?,A coarse file,Shop book,https://x.org/2,2024-01-03\nName a joint.,The dado,Shop book,https://x.org/3,2024-01-03\n",
			[]string{"What is a plane?\tIt shaves wood", "What is a rasp?\tA coarse file", "Name a joint.\tThe dado"}},
		{"questions with options and no head stay a table", "a.csv", "Which cuts?,saw,oil,1\nWhich turns?,lathe,glue,2\nWhich holds?,vise,rag,3\n",
			[]string{"| Which cuts? | saw | oil | 1 |", "| Which turns? | lathe | glue | 2 |", "| Which holds? | vise | rag | 3 |"}},
		{"a separator in an answer", "a.csv", "What is oak?,a hard wood\nWhat is pine?,a soft, light wood\nWhat is ash?,a tough wood\nWhat is elm?,a wood\n",
			[]string{"What is oak?\ta hard wood", "What is pine?\ta soft,light wood", "What is ash?\ta tough wood", "What is elm?\ta wood"}},
		{"semicolons where tabs should be", "a.tsv", "clamp;<span class=\"key\">C</span>\nsaw;<span>S</span>\n", []string{"clamp\t<span class=\"key\">C</span>", "saw\t<span>S</span>"}},
		{"a row that is too short", "a.csv", "question,answer\nonly\n", []string{"#separator:tab", "only"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			n, err := read(tt.file, []byte(tt.text))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, n.Lines); diff != "" {
				t.Errorf("lines (-want +got):\n%s", diff)
			}
		})
	}
}

func TestTableTellsOfAnOpenQuotationMark(t *testing.T) {
	n, err := read("a.csv", []byte("q,a\n\"open,\n"+strings.Repeat("q,a\n", 300)))
	if err != nil {
		t.Fatal(err)
	}
	if len(n.Problems) == 0 || n.Problems[len(n.Problems)-1].Line != 2 {
		t.Errorf("problems = %v", n.Problems)
	}
}

func FuzzTable(f *testing.F) {
	f.Add("question,answer\na,\"b\nc\"\n")
	f.Add("a;b\n\"c;\"\"d\n")
	f.Fuzz(func(t *testing.T, text string) {
		n, err := read("a.csv", []byte(text))
		if err != nil {
			if strings.Contains(err.Error(), "reader failed") {
				t.Error(err)
			}
			return
		}
		decoded, err := Decode([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		if lines := strings.Count(decoded, "\n") + 1; len(n.Lines) > lines {
			t.Errorf("%d lines became %d", lines, len(n.Lines))
		}
	})
}
