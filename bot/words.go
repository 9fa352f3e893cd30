package bot

import (
	"fmt"
	"time"
	"unicode"

	"studybot/knowledge"
)

// A Language is what the bot speaks in a channel.
type Language string

// The languages.
const (
	Chinese Language = "zh"
	English Language = "en"
)

// LanguageOf returns the language that most questions of the cards are in.
func LanguageOf(cards []knowledge.Card) Language {
	han := 0
	for _, c := range cards {
		for _, r := range c.Question {
			if unicode.Is(unicode.Han, r) {
				han++
				break
			}
		}
	}
	if 2*han > len(cards) {
		return Chinese
	}
	return English
}

func (l Language) words() *words {
	if l == Chinese {
		return &chinese
	}
	return &english
}

// A plural is a phrase with a count: one for 1, other else.
type plural struct{ one, other string }

// count puts n into the phrase that fits it.
func (w *words) count(p plural, n int) string {
	if n == 1 {
		return fmt.Sprintf(p.one, n)
	}
	return fmt.Sprintf(p.other, n)
}

// words is the catalogue: all that the bot says in one language. Verbs are those of fmt and
// stand in the same order in every language.
type words struct {
	colon, comma, space string
	date                func(local time.Time) string

	argQuery, argText, argReason                                  string
	helpTitle, helpAsk, helpQuestion, helpAnswer, helpTop, helpMe string
	helpHelp, helpPost, helpReveal, helpSkip                      string
	adminsOnly, unknownCommand, staleButton, done                 string // command; command, help command; -; -

	askWhat, queryTooLong, found, notFound, nearest, embargo string // ask command; runes, limit; query; query; -; answer command
	share, shared, shareLater, notesChanged                  string // -; member, query; -; -

	ofTheDay, oneMore, posted, answerButton, formTitle string // -; -; when; -; -
	noneOpen, nextQuestion, noSchedule, until          string // -; when; -; when, answer command
	yourAnswer                                         string // text, percent
	replies, notYetCounted                             plural

	answerWhat, replyTooLong, closed                string // answer command; runes, limit; -
	known, partly, little, held, missed, noteAt     string // percent (three times); -; -; source
	revealed, nobody, mostMissed, missedBy          string // question; -; -; missed, all
	bandKnown, bandPartly, bandLittle, wasWithdrawn string
	withdrawnFor                                    string // reason
	tallyTitle, wasRevealed                         plural

	topDay, topWeek, topMonth, topAll, topWhat, topEmpty                                                                        string // topWhat: top command
	colName, colPoints, colAnswered, colKnown                                                                                   string
	meTitle, streak, weak, noPoints                                                                                             string // name; days, days; -; -
	place                                                                                                                       string // points, rank, members, answered, known
	top30, topSeason, freezes                                                                                                   string // -; -; left, of
	whyTitle, whyRule, whyNothing, whyOpen, whyLate, whyPoints                                                                  string // -; taking, quality; -; -; points; points, taking, quality, percent, held, points
	argUntil, helpPause, helpResume, pauseWhat, paused, pausedUntil, isPaused, leftOut, undelivered                             string // -; -; -; pause command; resume command; day, resume command; -; -
	argCard, helpSuggest, helpHide, helpQueue, suggestForm, suggestQuestion, suggestAnswer, suggestWhat, suggestedBy, suggested string // suggestWhat: suggest command
	appealButton, appealed, appealWaits, queueEmpty, accept, decline, suggestionOf, appealOf, declineForm                       string // accept, decline: number; name, question; name, question, percent
	noneHeld, noWords, more                                                                                                     string // -; -; source
	queueTitle                                                                                                                  plural
	hidden, unhidden, hideWhat, deleteSure, deleted, exportTitle                                                                string // hideWhat, deleteSure: hide command
	helpReview, helpPreview, previewWhat, previewTitle, practice, nothingDue, hadButton, hadIt                                  string // previewWhat: preview command, limit
	newCards                                                                                                                    plural
	helpWhy, helpVoid, voidWhy, nothingToVoid, late                                                                             string // -; -; void command, question; -; points
	days                                                                                                                        plural

	stillOpen, noCards, withdrawn, nothingToSkip, skipped string // reveal and skip command; -; -; -; day
}

var english = words{
	colon: ": ", comma: ", ", space: " ",
	date: func(t time.Time) string { return t.Format("Monday 2 January, 15:04") },

	argQuery: "QUESTION", argText: "[TEXT]", argReason: "[REASON]",
	helpTitle:    "What I can do",
	helpAsk:      "look something up in the notes; only you see it",
	helpQuestion: "show the open question",
	helpAnswer:   "answer the open question; the last answer before the reveal counts",
	helpTop:      "show the board",
	helpMe:       "show your streak, points and weak topics",
	helpHelp:     "show this",
	helpPost:     "ask a question now",
	helpReveal:   "reveal the open question now",
	helpSkip:     "withdraw the open question, or leave out today's",

	adminsOnly:     "%s is for those who run the bot in this channel.",
	unknownCommand: "I do not know %q. %s lists what I can do.",
	staleButton:    "This button belongs to something that is no more.",
	done:           "Done.",

	askWhat:      "What are you looking for? For example: %s what is a pod",
	queryTooLong: "That is %d characters long; I look up to %d at a time. Please ask for the heart of it.",
	found:        "“%s” in the notes",
	notFound:     "The notes do not answer “%s”.",
	nearest:      "Nearest headings:",
	embargo:      "The passage that answers the open question is kept back until you have answered it (%s) or it is revealed.",
	share:        "Share",
	shared:       "%s shares “%s”",
	shareLater:   "This passage answers the open question. It can be shared after the reveal.",
	notesChanged: "The notes have changed since; please ask again.",

	ofTheDay: "Question of the day", oneMore: "One more question", posted: "Reveal: %s. Until then nobody sees another's answer.",
	answerButton: "Answer", formTitle: "Your answer",
	noneOpen:      "No question is open.",
	nextQuestion:  "The next one comes at %s.",
	noSchedule:    "This channel has no question of the day.",
	until:         "You may change your answer until %s: %s",
	yourAnswer:    "Your answer: %s (%d%% of the key points)",
	replies:       plural{"%d member has answered.", "%d members have answered."},
	notYetCounted: plural{"A question is open (%d answer); its points come with the reveal.", "A question is open (%d answers); its points come with the reveal."},

	answerWhat:   "There was nothing in it. For example: %s because …",
	replyTooLong: "That is %d characters long; an answer may have %d. Nothing was changed.",
	closed:       "This question has been closed.",
	known:        "You have it: %d%%", partly: "You have a good part of it: %d%%", little: "A beginning: %d%%",
	held: "In your answer", missed: "Also in the notes", noteAt: "Notes: %s",
	revealed: "Answer: %s", nobody: "Nobody answered this time.",
	mostMissed: "Most missed", missedBy: "%s of %d",
	bandKnown: "knew it", bandPartly: "knew part of it", bandLittle: "knew little of it",
	wasWithdrawn: "Withdrawn. It counts for nobody.", withdrawnFor: "Withdrawn (%s). It counts for nobody.",
	tallyTitle:  plural{"%d member answered", "%d members answered"},
	wasRevealed: plural{"Revealed. %d member answered.", "Revealed. %d members answered."},

	topDay: "Today", topWeek: "This week", topMonth: "This month", topAll: "All time",
	topWhat:  "Which board? %s day, week, month, 30 (days), season or all",
	topEmpty: "No points yet: they come with the reveal.",
	colName:  "member", colPoints: "points", colAnswered: "answered", colKnown: "known",
	meTitle: "%s", streak: "Streak: %s, best %s", weak: "Worth another look",
	noPoints: "no points yet", place: "%d points, place %d of %d (%d answered, %d known)",
	days: plural{"%d day", "%d days"},

	top30: "Last 30 days", topSeason: "This season", freezes: "%d of %d freezes left",
	whyTitle: "Where your points come from", whyRule: "A question brings %d points for taking part, and up to %d for the key points held.",
	whyNothing: "You have not answered a question here yet.", whyOpen: "still open", whyLate: "%d for taking part, after the reveal",
	whyPoints: "%d = %d for taking part + %d for %d%% (%d of %d key points)",
	helpWhy:   "show where your points come from", helpVoid: "withdraw the last question, even after its reveal; its points are taken back",
	voidWhy: "Please give a reason, for everybody to see: %s REASON. This withdraws “%s”.", nothingToVoid: "There is no question that could be withdrawn.",
	helpReview: "practise, in private, what you are most likely to have forgotten", helpPreview: "show what the next days will be asked",
	previewWhat: "How many days? %s 7, and %d at most.", previewTitle: "The next questions, if nobody answers until then", practice: "To yourself",
	nothingDue: "Nothing to review: you have not answered any of these cards yet, or have just done so.",
	hadButton:  "I had this", hadIt: "Noted: it comes back to you later. Points stay as they are.",
	newCards: plural{"%d card was never asked.", "%d cards were never asked."},
	noneHeld: "None of the key points yet", noWords: "That is no answer in words. Nothing was changed.", more: "… more in %s",
	argCard: "[QUESTION | ANSWER]", helpSuggest: "suggest a question for the channel", helpHide: "leave the boards, see or delete what is stored of you", helpQueue: "decide suggestions and appeals",
	suggestForm: "Suggest a question", suggestQuestion: "The question", suggestAnswer: "The answer, a key point a line",
	suggestWhat: "It needs a question and an answer: %s Question | answer", suggestedBy: "suggestion", suggested: "Thank you. Those who run the bot will look at it.",
	appealButton: "I think mine is right", appealed: "Those who run the bot will look at it.", appealWaits: "It waits already to be looked at.",
	queueEmpty: "Nothing waits for a decision.", accept: "Accept %d", decline: "Decline %d", suggestionOf: "%s suggests: %s", appealOf: "%s on “%s” (graded %d%%)", declineForm: "Why not?",
	queueTitle: plural{"%d waits for a decision", "%d wait for a decision"},
	hidden:     "You are on no board any more. Your points and streak go on.", unhidden: "You are on the boards again.",
	hideWhat: "%s on, off, export (what is stored of you) or delete (all of it)", deleteSure: "This deletes all that is stored of you, points and streak included, and cannot be undone. To do so: %s delete yes", deleted: "All that was stored of you is deleted.", exportTitle: "What is stored of you",
	argUntil: "[YYYY-MM-DD]", helpPause: "ask no question until a date, or until further notice", helpResume: "end the pause",
	pauseWhat: "Until when? A day to come, such as %s 2027-01-04; without a day, until further notice.",
	paused:    "Paused. %s ends the pause.", pausedUntil: "Paused until %s. %s ends the pause.", isPaused: "The questions are paused until further notice.",
	leftOut: "No question on %s: I was not running at the hour.", undelivered: "It is decided, but the network does not take it now. I keep trying; nothing needs to be done.",
	late: "The answer has been revealed, so this counts for taking part: %d points.",

	stillOpen:     "A question is open. %s closes it, %s withdraws it.",
	noCards:       "The notes hold no question that can be asked. Run “studybot cards” to see what was read.",
	withdrawn:     "The question is withdrawn. It counts for nobody.",
	nothingToSkip: "There is nothing to skip today.",
	skipped:       "No question will be asked on %s.",
}

var chineseWeekdays = [7]string{"周日", "周一", "周二", "周三", "周四", "周五", "周六"}

var chinese = words{
	colon: "：", comma: "、", space: "",
	date: func(t time.Time) string {
		return fmt.Sprintf("%d 月 %d 日（%s）%s", t.Month(), t.Day(), chineseWeekdays[t.Weekday()], t.Format("15:04"))
	},

	argQuery: "问题", argText: "[回答]", argReason: "[原因]",
	helpTitle:    "我能做什么",
	helpAsk:      "在笔记里查找，结果只有你看得到",
	helpQuestion: "看当前的题目",
	helpAnswer:   "回答当前的题目，揭晓前最后一次回答算数",
	helpTop:      "排行榜：今天、本周、本月、总榜",
	helpMe:       "我的连续天数、积分和薄弱主题",
	helpHelp:     "显示这份说明",
	helpPost:     "现在就出一题",
	helpReveal:   "现在就揭晓",
	helpSkip:     "撤回当前的题目，或今天不出题",

	adminsOnly:     "%s 只有本频道的管理者能用。",
	unknownCommand: "没有 %q 这个命令。%s 列出我能做的事。",
	staleButton:    "这个按钮对应的内容已经不在了。",
	done:           "好了。",

	askWhat:      "想查什么？例如：%s 什么是 pod",
	queryTooLong: "这有 %d 个字，一次最多查 %d 个字。请只写要点。",
	found:        "笔记里的“%s”",
	notFound:     "笔记里没有能回答“%s”的内容。",
	nearest:      "最接近的标题：",
	embargo:      "当前题目的答案段落先不显示，等你回答（%s）或揭晓之后再看。",
	share:        "分享",
	shared:       "%s 分享了“%s”",
	shareLater:   "这一段正是当前题目的答案，揭晓之后才能分享。",
	notesChanged: "笔记已经变了，请再查一次。",

	ofTheDay: "每日一题", oneMore: "加一题", posted: "揭晓时间：%s。揭晓前互相看不到回答。",
	answerButton: "回答", formTitle: "你的回答",
	noneOpen:      "现在没有题目。",
	nextQuestion:  "下一题：%s。",
	noSchedule:    "这个频道没有设每日一题。",
	until:         "%s 之前都可以改：%s",
	yourAnswer:    "你的回答：%s（要点覆盖 %d%%）",
	replies:       plural{"已有 %d 人回答。", "已有 %d 人回答。"},
	notYetCounted: plural{"有一题还没揭晓（%d 人已答），积分在揭晓时计入。", "有一题还没揭晓（%d 人已答），积分在揭晓时计入。"},

	answerWhat:   "没有写内容。例如：%s 因为……",
	replyTooLong: "这有 %d 个字，一次回答最多 %d 个字。之前的回答没有变。",
	closed:       "这一题已经结束了。",
	known:        "掌握了：%d%%", partly: "答出了一部分：%d%%", little: "开了个头：%d%%",
	held: "你答到的要点", missed: "笔记里还有", noteAt: "笔记位置：%s",
	revealed: "揭晓：%s", nobody: "这次没有人回答。",
	mostMissed: "最容易漏掉的", missedBy: "%s/%d 人",
	bandKnown: "掌握", bandPartly: "部分掌握", bandLittle: "还不熟",
	wasWithdrawn: "已撤回，不计分。", withdrawnFor: "已撤回（%s），不计分。",
	tallyTitle:  plural{"%d 人作答", "%d 人作答"},
	wasRevealed: plural{"已揭晓，%d 人作答。", "已揭晓，%d 人作答。"},

	topDay: "今日榜", topWeek: "本周榜", topMonth: "本月榜", topAll: "总榜",
	topWhat:  "要看哪个榜？%s day（今天）、week（本周）、month（本月）、30（近 30 天）、season（本赛季）或 all（总榜）",
	topEmpty: "还没有积分，揭晓后就有了。",
	colName:  "成员", colPoints: "积分", colAnswered: "作答", colKnown: "掌握",
	meTitle: "%s", streak: "连续作答 %s，最长 %s", weak: "值得再看看",
	noPoints: "还没有积分", place: "%d 分，第 %d 名（共 %d 人），作答 %d 题，掌握 %d 题",
	days: plural{"%d 天", "%d 天"},

	top30: "近 30 天", topSeason: "本赛季", freezes: "补签卡还剩 %d/%d",
	whyTitle: "积分是怎么来的", whyRule: "每题参与得 %d 分，按要点覆盖最多再得 %d 分。",
	whyNothing: "你在这里还没有回答过题目。", whyOpen: "还没揭晓", whyLate: "参与得 %d 分（揭晓后作答）",
	whyPoints: "%d 分 = 参与 %d + 内容 %d（%d%%，答到 %d/%d 个要点）",
	helpWhy:   "看我的积分是怎么来的", helpVoid: "撤回最近一题，揭晓后也可以，积分一并收回",
	voidWhy: "请写明原因，大家都看得到：%s 原因。将撤回“%s”。", nothingToVoid: "没有可以撤回的题目。",
	helpReview: "私下复习最可能忘掉的内容", helpPreview: "看接下来几天会问什么",
	previewWhat: "要看几天？%s 7，最多 %d 天。", previewTitle: "接下来的题目（假设这期间没人作答）", practice: "自己练习",
	nothingDue: "现在没有要复习的：这些题你还没答过，或者刚答过。",
	hadButton:  "其实我会", hadIt: "记下了，以后会少问你。积分不变。",
	newCards: plural{"还有 %d 张卡没有问过。", "还有 %d 张卡没有问过。"},
	noneHeld: "还没有答到要点", noWords: "这不是文字回答，之前的回答没有变。", more: "……其余见 %s",
	argCard: "[题目 | 答案]", helpSuggest: "给频道推荐一道题", helpHide: "不上榜，或导出、删除我的数据", helpQueue: "处理推荐和申诉",
	suggestForm: "推荐一道题", suggestQuestion: "题目", suggestAnswer: "答案，一行一个要点",
	suggestWhat: "要有题目和答案：%s 题目 | 答案", suggestedBy: "成员推荐", suggested: "谢谢，管理者会看的。",
	appealButton: "我觉得答对了", appealed: "已提交，管理者会看的。", appealWaits: "已经提交过，正在等待处理。",
	queueEmpty: "没有等待处理的内容。", accept: "采纳 %d", decline: "拒绝 %d", suggestionOf: "%s 推荐：%s", appealOf: "%s 申诉“%s”（得分 %d%%）", declineForm: "拒绝的原因",
	queueTitle: plural{"%d 项等待处理", "%d 项等待处理"},
	hidden:     "你不再出现在榜上，积分和连续天数照常。", unhidden: "你又回到榜上了。",
	hideWhat: "%s on（不上榜）、off（上榜）、export（导出）或 delete（删除）", deleteSure: "这会删除你的全部数据，包括积分和连续天数，不能恢复。确定就输入：%s delete yes", deleted: "你的数据已全部删除。", exportTitle: "存有的你的数据",
	argUntil: "[YYYY-MM-DD]", helpPause: "暂停出题，到某天为止或直到恢复", helpResume: "恢复出题",
	pauseWhat: "暂停到哪天？写一个以后的日期，例如 %s 2027-01-04；不写日期就一直暂停。",
	paused:    "已暂停。%s 恢复出题。", pausedUntil: "暂停到 %s。%s 提前恢复。", isPaused: "出题已暂停。",
	leftOut: "%s 没有出题：到点的时候我没有在运行。", undelivered: "已经决定，但网络暂时没有接收。我会继续尝试，不用再操作。",
	late: "答案已经揭晓，这次只计参与分：%d 分。",

	stillOpen:     "有一题还没结束。%s 揭晓它，%s 撤回它。",
	noCards:       "笔记里没有可以提问的内容。运行 studybot cards 看看读到了什么。",
	withdrawn:     "题目已撤回，不计分。",
	nothingToSkip: "今天没有要跳过的题。",
	skipped:       "%s 不出题。",
}
