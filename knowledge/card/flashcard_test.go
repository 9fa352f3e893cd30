package card

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"studybot/knowledge"
	"studybot/knowledge/note"
)

// cardsOfFile returns the cards of a file, read as its name says.
func cardsOfFile(t *testing.T, name string, lines []string) []knowledge.Card {
	t.Helper()
	n, err := note.Read(fstest.MapFS{name: {Data: []byte(strings.Join(lines, "\n") + "\n")}}, note.File{Name: name})
	if err != nil {
		t.Fatal(err)
	}
	return Cards(n)
}

// Exports and tables as people keep them, with what programs and hands leave in them.
func TestFieldFiles(t *testing.T) {
	tests := []struct {
		layout, file string
		lines        []string
		want         []string // question => answer
	}{
		{"semicolons, a third field of tags, and blank lines", "a.txt", []string{"lathe; turns the work; shop", "", "What is a chuck?; what holds the work; shop", "", "mill; turns the tool; shop", "", "feed; how far it goes in a turn; shop"},
			[]string{"What is lathe? => turns the work", "What is a chuck? => what holds the work", "What is mill? => turns the tool", "What is feed? => how far it goes in a turn"}},
		{"semicolons between values", "a.txt", []string{"2024-01-02; 5 kg; iron", "2024-01-03; 6 kg; iron", "2024-01-04; 7 kg; iron"}, []string{}},
		{"one record", "a.txt", []string{"什么是车床？\t工件转动的机床"}, []string{"什么是车床？ => 工件转动的机床"}},
		{"one line with a tab that does not ask", "a.txt", []string{"Monday\tclosed"}, []string{}},
		{"questions without a back among others", "a.txt", []string{"# my cards", "What is a reamer?", "What is a tap?\tIt cuts a thread", "How is it turned?\tWith a wrench", "What is a die?\tIt cuts the thread of a bolt"},
			[]string{"What is a tap? => It cuts a thread", "How is it turned? => With a wrench", "What is a die? => It cuts the thread of a bolt"}},
		{"spaces behind the commas, before quotation marks", "a.csv", []string{"question, answer", "What is brass?, \"copper, and zinc\"", "\"Is it hard, or soft?\", soft"},
			[]string{"What is brass? => copper, and zinc", "Is it hard, or soft? => soft"}},
		{"an export in a fence", "a.md", []string{"# Saws", "", "```", "#separator:tab", "#html:true", "#notetype column:1", "", "Basic\tWhat is <b>kerf</b>?\tThe width of the cut", "```", "", "text"},
			[]string{"What is kerf? => The width of the cut"}},
		{"options that look like tags", "a.csv", []string{"question,a,b,answer", "What is type(1)?,<class 'int'>,<class 'str'>,a"}, []string{"What is type(1)? => A. <class 'int'>"}},
	}
	for _, tt := range tests {
		t.Run(tt.layout, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, brief(cardsOfFile(t, tt.file, tt.lines))); diff != "" {
				t.Errorf("cards (-want +got):\n%s", diff)
			}
		})
	}
}

func TestFieldChoices(t *testing.T) {
	tests := []struct {
		layout, file string
		lines        []string
		want         []string
	}{
		{"small letters name the right ones", "a.csv", []string{"question,a,b,answer", "Which one is a metal?,oak,iron,b", "Which one is wood?,oak,iron,a"},
			[]string{"Which one is a metal? | oak *iron | B. iron", "Which one is wood? | *oak iron | A. oak"}},
		{"a small letter that is one of the options", "a.csv", []string{"question,a,b,answer", "Which bit lets one write?,w,b,b"}, []string{"Which bit lets one write? | w *b | B. b"}},
		{"numbers of options, counted from 0", "a.tsv", []string{"Which one cuts?\t1\ttape\tsaw\trule", "Which one drives nails?\t0\thammer\tfile\tsaw", "Which one measures?\t2\thammer\tfile\trule"},
			[]string{"Which one cuts? | tape *saw rule | B. saw", "Which one drives nails? | *hammer file saw | A. hammer", "Which one measures? | hammer file *rule | C. rule"}},
		{"numbers of options, counted from 1", "a.tsv", []string{"Which one cuts?\t2\ttape\tsaw\trule", "Which one drives nails?\t1\thammer\tfile\tsaw"},
			[]string{"Which one cuts? | tape *saw rule | B. saw", "Which one drives nails? | *hammer file saw | A. hammer"}},
	}
	for _, tt := range tests {
		t.Run(tt.layout, func(t *testing.T) {
			var got []string
			for _, c := range cardsOfFile(t, tt.file, tt.lines) {
				got = append(got, asChoice(c))
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("choices (-want +got):\n%s", diff)
			}
		})
	}
}

// Marks of flashcards as vaults and outlines hold them.
func TestFlashcardMarks(t *testing.T) {
	tests := []struct {
		style, file string
		lines       []string
		want        []string
	}{
		{"names of both sides around the mark", "a.md", []string{"Front: What is a **rasp**?", "?", "Back: A coarse file.", "", "正面：什么是锉刀？", "背面：磨金属的工具。"},
			[]string{"What is a **rasp**? => A coarse file.", "什么是锉刀？ => 磨金属的工具。"}},
		{"a tag right behind the question mark", "a.md", []string{"- 什么是铆钉？#card", "  card-repeats:: 1", "\t- 一种销"}, []string{"什么是铆钉？ => - 一种销"}},
		{"a tagged question in a quote", "a.md", []string{"> What is solder? #card", "> Tin that joins.", "", "text"}, []string{"What is solder? => Tin that joins."}},
		{"the name of a block on its own line", "a.md", []string{"什么是焊锡？ #card", "连接用的锡", "^1718000000000"}, []string{"什么是焊锡？ => 连接用的锡"}},
		{"gaps in an answer", "a.md", []string{"- 锯的种类 #card", "\t- 手锯 {{cloze 用手推}}", "\t- 电锯"}, []string{"锯的种类有哪些要点？ => - 手锯 用手推|- 电锯"}},
		{"sections as sides, in Markdown", "a.md", []string{"## Note", "model: Basic", "", "### Front", "What is a vise?", "", "### Back", "It holds the work.", "", "#### Tip", "Use soft jaws."},
			[]string{"What is a vise? => It holds the work.||#### Tip|Use soft jaws."}},
		{"sections as sides, in Org", "a.org", []string{"* Clamps", "** Forms", "   :PROPERTIES:", "   :ANKI_NOTE_TYPE: Basic", "   :END:", "*** Front", "    $F_c$ of a clamp", "*** Back", "    $F_c = k x$"},
			[]string{"$F_c$ of a clamp => $F_c = k x$"}},
		{"a drill of Org", "a.org", []string{"* Item :drill:", ":PROPERTIES:", ":ID: 7", ":END:", "Name three kinds", "of wood!", "", "** Svar", "oak, ash, elm", "* Item :drill:", "Was ist Leim?", "** Antwort", "Kleber"},
			[]string{"Name three kinds|of wood! => oak, ash, elm", "Was ist Leim? => Kleber"}},
		{"gaps of hashcards", "a.md", []string{"Q: What is a plane?", "A: It shaves.", "", "C: The [sole] of a plane is flat; the [iron] cuts [as the book](b.md) says."},
			[]string{"What is a plane? => It shaves.", "The ____ of a plane is flat; the iron cuts [as the book](b.md) says. => sole", "The sole of a plane is flat; the ____ cuts [as the book](b.md) says. => iron"}},
		{"a section of nothing but gaps", "a.md", []string{"## Wood glue", "", "It dries in ==one hour== or so.", "<!--SR:!2024-01-01,3,250-->", "", "It keeps for ==two years== in a can."},
			[]string{"It dries in ____ or so. => one hour", "It keeps for ____ in a can. => two years"}},
		{"the back of a term asks, that of a question why does not", "a.md", []string{"jig:::a guide for a tool", "Why is a shim thin?:::it fills a gap"},
			[]string{"What is jig? => a guide for a tool", "What is this: “a guide for a tool”? => jig", "Why is a shim thin? => it fills a gap"}},
		{"keys and signs for backs, in a deck", "a.md", []string{"#flashcards", "", "Open the vise (a quarter)::`o`", "", "Turn left/right::`<` / `>`", "", "Stop::`.`"},
			[]string{"Open the vise (a quarter) => `o`", "Turn left/right => `<` / `>`", "What is Stop? => `.`"}},
		{"a heading over the mark, bold and numbered", "a.md", []string{"### **Q1** What is a *bevel*?", "?", "A slope.", "", "#tools", "什么是斜面？", "?", "一个坡。"},
			[]string{"What is a *bevel*? => A slope.", "什么是斜面？ => 一个坡。"}},
		{"gaps in braces that a plug-in reviewed", "a.md", []string{"A saw has {{teeth}} and a {{handle}}. <!--SR:!2024-01-01,3,250-->", "", "{{cards tools}}"},
			[]string{"A saw has ____ and a ____. => teeth|handle"}},
		{"braces in code within a gap", "a.md", []string{"A template holds {{c1::`{{ x }}`::code}} or {{c2::`{% y %}`}}."},
			[]string{"A template holds ____（code） or `{% y %}`. => `{{ x }}`", "A template holds `{{ x }}` or ____. => `{% y %}`"}},
		{"a list of tags as a back", "a.md", []string{"#flashcards", "", "Kinds of screws::<ul><li>wood</li><li>metal</li></ul>"}, []string{"What are the kinds of screws? => - wood|- metal"}},
		{"a fence that is not closed before a rule", "a.md", []string{"How to oil it?", "?", "```sh", "oil it", "", "---", "", "How to clean it?", "?", "```sh", "wipe it", "```"},
			[]string{"How to oil it? => ```sh|oil it", "How to clean it? => ```sh|wipe it|```"}},
	}
	for _, tt := range tests {
		t.Run(tt.style, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, brief(cardsOfFile(t, tt.file, tt.lines))); diff != "" {
				t.Errorf("cards (-want +got):\n%s", diff)
			}
		})
	}
}

// Questions whose answers stand behind "答：", and where these answers end.
func TestReplies(t *testing.T) {
	tests := []struct {
		layout string
		lines  []string
		want   []string
	}{
		{"a bullet, a blank line, and the answer", []string{"* 锯条怎么换？", "", "答：先松开螺母。", "", "再取下旧的。", "", "* 锯条怎么存？", "答：放在油纸里。"},
			[]string{"锯条怎么换？ => 先松开螺母。||再取下旧的。", "锯条怎么存？ => 放在油纸里。"}},
		{"a question in running text", []string{"## 刨子", "", "刨子分几种。", "", "何为长刨，用在哪里？", "答：用来刨平长的面。", "", "何为短刨，用在哪里？", "", "答：用来去掉毛面。"},
			[]string{"何为长刨，用在哪里？ => 用来刨平长的面。", "何为短刨，用在哪里？ => 用来去掉毛面。"}},
		{"cues of two words", []string{"涉及面试题：锯条怎么换？", "", "答：先松开螺母。", "", "涉及面试题：锯条的齿数", "", "答：每寸十四个。"},
			[]string{"锯条怎么换？ => 先松开螺母。", "锯条的齿数 => 每寸十四个。"}},
		{"a model answer", []string{"1. What does a rasp do to a board of pine?", "", "   Model answer: It takes off wood in a hurry."},
			[]string{"What does a rasp do to a board of pine? => It takes off wood in a hurry."}},
		{"a list in the answer whose second item reads as a question", []string{"1. 什么是胶？", "答：粘合用的料。", "2. 胶的用法", "答：", "1. 擦净两面", "2. 看是否干透", "3. 夹住"},
			[]string{"什么是胶？ => 粘合用的料。", "胶的用法 => 1. 擦净两面|2. 看是否干透|3. 夹住"}},
		{"the numbered text around the question goes on", []string{"例题：", "为什么木头会开裂？", "答：因为干得太快。", "", "5、其他材料", "", "竹子也会开裂。"},
			[]string{"为什么木头会开裂？ => 因为干得太快。"}},
	}
	for _, tt := range tests {
		t.Run(tt.layout, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, brief(cardsOfFile(t, "a.md", tt.lines))); diff != "" {
				t.Errorf("cards (-want +got):\n%s", diff)
			}
		})
	}
}

func TestNoFlashcards(t *testing.T) {
	tests := map[string]string{
		"words that stand out between colons": "那怎么办呢？::做标记::。\n",
		"a third option with a link":          "A: [one](a)\n\nB: [two](b)\n\nC: The [three] of them\n",
		"a bracket in a line of its own":      "C: drive [system]\n",
	}
	for name, src := range tests {
		t.Run(name, func(t *testing.T) {
			if got := brief(cardsOf(t, "a.md", src)); len(got) > 0 {
				t.Errorf("cards = %q, want none", got)
			}
		})
	}
}
