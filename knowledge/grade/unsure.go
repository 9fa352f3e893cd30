package grade

import (
	"strings"

	"studybot/knowledge/pattern"
)

// dunno matches a clause that says no more than that one does not know.
var dunno = pattern.New(`^(?:` +
	`(?:(?:对不起|抱歉|不好意思|我们?|这个|这道?题|这个问题|这块|这|那个|题目?|还|也|真的?|完全|暂时|目前|现在|实在|确实|根本|好像|的确|可能|都|有点|太|是|就|一点)*` +
	`(?:(?:不|没有?|木有)(?:太|大|是很|怎么|很)?(?:知道|会做|会|懂|清楚|了解|明白|记得|熟悉|熟|确定|晓得)|没有?(?:学|听说?|看|接触|用|了解|见|遇|做|碰)到?过|没学|没印象|没思路|忘(?:记|光)?|记不(?:得|清楚?|住)|想不(?:起来|出来?|到)|答不(?:上|出)来?|说不(?:上|出)来?|未知|略过?|跳过|放弃|弃权|过)` +
	`(?:了|啦|的|呢|啊|哦|诶|呀|吧|答案|怎么[答做说]|这个|这块|这些|这种|这道?题|这个问题)*)` +
	`|(?:sorry|well|hmm+|i|we|really|just|honestly|still|have|am|'m|i'm|'ve|i've|sure|at all|that|this|it|the answer|yet|about|to|how|what|,| )*` +
	`(?:(?:don't|dont|do not|didn't|did not|can't|cannot|never)(?: really| even)? (?:know|remember|recall|understand|learn(?:ed|t)?|hear(?:d)?|study|studied)|no (?:idea|clue)|not (?:sure|certain)|unsure|idk|dunno|pass|skip|forgot|n/a|none|no answer|unknown)` +
	`(?: |the answer|answer|that|this|it|one|question|sorry|at all|yet|about|of|i|either|anything|how|what|to)*` +
	`)$`)

// longDunno bounds, in bytes, what may say no more than that one does not know.
const longDunno = 90

// knowing blanks the clauses of an answer that say no more than that one does not
// know: they share words with many a reference. Words with which the reference itself
// begins are an answer.
func knowing(answer, reference string) string {
	begins := strings.TrimLeft(fold(reference[:min(len(reference), 4*longDunno)]), "-*#>` \n")
	var b strings.Builder
	for _, clause := range clauses(answer) {
		c := strings.Trim(fold(clause), " ,，。.;；!！?？~…、\"'()（）\n")
		c = strings.ReplaceAll(c, "’", "'")
		if c == "" || len(c) > longDunno || !dunno.MatchString(c) || strings.HasPrefix(begins, c) {
			b.WriteString(clause)
			continue
		}
		b.WriteString(strings.Repeat(" ", len(clause)))
	}
	return b.String()
}
