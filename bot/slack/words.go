package slack

// words are the few that the network says itself, in one language.
type words struct {
	failed, tooLate, busy      string
	send, cancel, more         string
	openForm, settings, nobody string
}

var languages = map[string]words{
	"en": {
		failed:  "That did not work; it is in the log. Please try again in a moment.",
		tooLate: "That took too long for Slack to open a form. Please press again.",
		busy:    "Slack is limiting us at the moment. Please try again in a few seconds.",
		send:    "Send", cancel: "Cancel", more: "Read on",
		openForm: "Press the button to write.",
		settings: "Settings",
		nobody:   "Nothing to show yet.",
	},
	"zh": {
		failed:  "没有成功，原因已记入日志。请稍后再试。",
		tooLate: "打开表单超时了，请再按一次。",
		busy:    "Slack 暂时限流，请过几秒再试。",
		send:    "提交", cancel: "取消", more: "接着看",
		openForm: "点按钮填写。",
		settings: "设置",
		nobody:   "暂时没有内容。",
	},
}

// words are in the member's language, else in the network's.
func (n *Network) words(language string) words {
	if w, ok := languages[language]; ok {
		return w
	}
	if w, ok := languages[n.cfg.Language]; ok {
		return w
	}
	return languages["en"]
}
