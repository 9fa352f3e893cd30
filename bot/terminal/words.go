package terminal

// words are what the terminal says itself, in one language. Verbs are those of fmt and stand in the same order in
// every language.
type words struct {
	onlyYou, onlyOne, inThread, edited                       string // -; member; -; -
	join, open, close, colon                                 string // around remarks: ", " " (" ")" ":"
	welcome, speaks, noName                                  string // member; member; name
	setBack, failed, tooLong, lineTooLong                    string // time; error; KB; line number, KB
	noWhich, noButton, talk                                  string // -; button, member; -
	form, long, stillOpen, noForm, dropped, interactivelyOut string // member; -; member, command; member; member; -
}

var english = words{
	onlyYou: "only you see this", onlyOne: "only %s sees this", inThread: "in a thread", edited: "edited",
	join: ", ", open: " (", close: ")", colon: ":",
	welcome:          "you speak as %q; /help lists the commands, /as NAME goes on as another member, Ctrl-D leaves",
	speaks:           "you speak as %q; /as NAME goes on as another member",
	noName:           "%q cannot be a member's name: want 1 to 32 letters, digits, - _ .",
	setBack:          "the clock was set back from %s",
	failed:           "studybot could not do that: %s",
	tooLong:          "the line is longer than %d KB: passed over",
	lineTooLong:      "line %d: longer than %d KB: passed over",
	noWhich:          "which button? /press NUMBER or /press LABEL",
	noButton:         "there is no button %q for %s",
	talk:             "talk among people: studybot answers to /ask QUESTION, /answer TEXT, /help",
	form:             "a form for %s; /cancel, or leaving it empty, drops it",
	long:             `\ at the end of a line goes on`,
	stillOpen:        "the form of %s is still open; to send text that begins with a slash, type //%s",
	noForm:           "%s has no form open",
	dropped:          "the form of %s was dropped",
	interactivelyOut: "Ctrl-C drops it",
}

var chinese = words{
	onlyYou: "只有你看得到", onlyOne: "只有 %s 看得到", inThread: "在消息串里", edited: "已更新",
	join: "，", open: "（", close: "）", colon: "：",
	welcome:          "你现在是 %q；/help 列出命令，/as 名字 换成别的成员，Ctrl-D 离开",
	speaks:           "你现在是 %q；/as 名字 换成别的成员",
	noName:           "%q 不能作成员名：1 到 32 个文字、数字或 - _ .",
	setBack:          "时钟往回拨了，之前是 %s",
	failed:           "这件事没有做成：%s",
	tooLong:          "这一行超过 %d KB，已略过",
	lineTooLong:      "第 %d 行超过 %d KB，已略过",
	noWhich:          "哪个按钮？/press 编号 或 /press 文字",
	noButton:         "没有按钮 %q 可供 %s 使用",
	talk:             "这是成员之间的聊天；问 studybot 用 /ask 问题、/answer 回答、/help",
	form:             "%s 的表单；/cancel 取消，什么都不填也算取消",
	long:             `行尾加 \ 可以接着写下一行`,
	stillOpen:        "%s 的表单还开着；要提交以斜杠开头的内容，输入 //%s",
	noForm:           "%s 没有打开的表单",
	dropped:          "%s 的表单已取消",
	interactivelyOut: "Ctrl-C 取消",
}

// words are those of the channel's language.
func (t *Terminal) words() *words {
	if t.cfg.Language != nil && t.cfg.Language() == "zh" {
		return &chinese
	}
	return &english
}
