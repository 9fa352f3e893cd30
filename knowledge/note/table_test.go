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
