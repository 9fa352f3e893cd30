package card

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Decks as their owners keep them in files, with what stands around the cards.
func TestDecks(t *testing.T) {
	tests := []struct {
		style, file string
		lines       []string
		want        []string
	}{
		{"a gap over several paragraphs", "a.md", []string{"Q: What cuts?", "A: A saw.", "", "C:", "Tool: [rasp]", "", "Use: [shaping wood]", "", "C: Key: [`F5`]", "", "Q: What holds?", "A: A vise."},
			[]string{"What cuts? => => A saw.", "Tool: ____||Use: shaping wood => => rasp", "Tool: rasp||Use: ____ => => shaping wood", "Key: ____ => => `F5`", "What holds? => => A vise."}},
		{"a gap in a heading", "a.org", []string{"* Shop", "** Q: The dado is {{c1::a groove::what}}", ":PROPERTIES:", ":ANKI_NOTE_ID: 17", ":END:"}, []string{"The dado is ____（what） => => a groove"}},
		{"gaps in a text broken at the margin", "a.org", []string{"* Kerf :fc:", "A {{kerf}@0} is as wide as the blade and a bit", "more, for the teeth are {{set}@1}."},
			[]string{"A ____ is as wide as the blade and a bit more, for the teeth are set. => => kerf", "A kerf is as wide as the blade and a bit more, for the teeth are ____. => => set"}},
		{"a gap with tags and nothing else", "a.md", []string{"- {{cloze A jig guides a tool.}} #card #shop/jig #tool"}, nil},
		{"a sentence to be completed", "a.org", []string{"* What a saw leaves is called...        :drill:", "** Answer", "A kerf"}, []string{"What a saw leaves is called... => => A kerf"}},
		{"questions that differ in an operator", "a.org", []string{"* What is the type of ~==~?  :drill:", "** Answer", "Bool, for two values", "* What is the type of ~<~?  :drill:", "** Answer", "Bool, for two values"},
			[]string{"What is the type of ==? => => Bool, for two values", "What is the type of <? => => Bool, for two values"}},
		{"a card in the answer to another", "a.md", []string{"- What is a lathe? #card", "  id:: 64a1b2c3-1", "\t- It turns the work.", "\t- What is a chuck? #card", "\t\t- It holds the work."},
			[]string{"What is a lathe? => => - It turns the work.|- What is a chuck? #card|\t- It holds the work.", "What is a chuck? => => - It holds the work."}},
		{"tabs at the end of some lines", "a.tsv", []string{"a saw\teine Säge", "a plane\tein Hobel\t", "a file\teine Feile"},
			[]string{"What is a saw? => => eine Säge", "What is a plane? => => ein Hobel", "What is a file? => => eine Feile"}},
		{"fronts of a kind and a name", "a.tsv", []string{"Term: kerf\tThe width of a cut", "Term: burr\tA thin edge"}, []string{"Term: kerf => => The width of a cut", "Term: burr => => A thin edge"}},
		{"a block of a cloze", "a.md", []string{"START", "Cloze", "Text: A {{c1::dado}} is a groove.", "Tags: joint", "END"}, []string{"A ____ is a groove. => => dado"}},
		{"numbers with a point, and who is asked", "a.md", []string{"### Q2.1: 为什么先钻小孔？", "", "**回答：**", "", "大钻头跟着小孔走。", "", "## 模拟", "", "**面试官：** 怎样防锈？", "", "**你：** 上油。"},
			[]string{"为什么先钻小孔？ => => 大钻头跟着小孔走。", "怎样防锈？ => => 上油。"}},
		{"a tag on a line between cards", "a.md", []string{"#flashcard", "Q: 什么是锉？", "A: 磨掉一层的工具。", "", "#flashcard", "Q: 什么是刨？", "A: 推平的工具。"},
			[]string{"什么是锉？ => => 磨掉一层的工具。", "什么是刨？ => => 推平的工具。"}},
		{"a tag behind an answer", "a.md", []string{"What is a burr?:: A thin edge. #flashcard"}, []string{"What is a burr? => => A thin edge."}},
		{"colons in parentheses", "a.md", []string{"> Cards here use `::` (Front::Back).", "", "#flashcards", "What is a jig? :: It guides a tool."}, []string{"What is a jig? => => It guides a tool."}},
		{"an interview with asides and remarks", "a.md", []string{"**面试官**：锯为什么会卡？", "", "**候选人（参考）**：齿钝了。", "", "**点评**：", "- 说到了要点。", "", "**面试官（追问）**：那你说说怎么磨。", "", "**候选人（参考）**：先粗后细。", "", "**点评**：不错。"},
			[]string{"锯为什么会卡？ => => 齿钝了。", "那你说说怎么磨。 => => 先粗后细。"}},
		{"an interviewer who only says what to tell", "a.md", []string{"**面试官:**说下换锯条的步骤。", "", "先松开，再换。", "", "**面试官**：为什么要松开？", "", "不然会断。"},
			[]string{"说下换锯条的步骤。 => => 先松开，再换。", "为什么要松开？ => => 不然会断。"}},
		{"a remark behind a bold question", "a.md", []string{"**问题 1：榫和卯有什么不同？** （常考）", "", "**答：**", "", "榫凸，卯凹。"}, []string{"榫和卯有什么不同？ => => 榫凸，卯凹。"}},
		{"an anchor behind a question", "a.md", []string{"### 问：油多久换一次？ <a href=\"#oil\" id=\"oil\"></a>", "", "**答：**半年。"}, []string{"油多久换一次？ => => 半年。"}},
	}
	for _, tt := range tests {
		t.Run(tt.style, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, shown(cardsOfFile(t, tt.file, tt.lines))); diff != "" {
				t.Errorf("cards (-want +got):\n%s", diff)
			}
		})
	}
}
