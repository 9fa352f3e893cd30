package discord

// phrases is what this package itself says to members.
type phrases struct {
	unknown, gone, failed, done, again string
}

// phrase is what is said in a language; where it is not known, in both.
func phrase(language string) phrases {
	en := phrases{
		unknown: "I do not know this command. Type /study to see all of them.",
		gone:    "The rest is not at hand any more, for I was restarted since. Please give the command or press the button again.",
		failed:  "That did not work. Please try again in a moment.",
		done:    "Done.",
		again:   "That took too long for a form to open. Please try again.",
	}
	zh := phrases{
		unknown: "没有这个命令。输入 /study 看全部命令。",
		gone:    "我重启过，后面的内容已经不在了，请重新输入命令或再按一次按钮。",
		failed:  "出了点问题，请稍后再试。",
		done:    "好了。",
		again:   "等得太久，表单打不开了，请再试一次。",
	}
	switch language {
	case "zh":
		return zh
	case "en":
		return en
	}
	return phrases{
		unknown: zh.unknown + "\n" + en.unknown, gone: zh.gone + "\n" + en.gone, failed: zh.failed + "\n" + en.failed,
		done: zh.done, again: zh.again + "\n" + en.again,
	}
}
