package card

import (
	"strings"

	"studybot/knowledge/note"
	"studybot/knowledge/pattern"
)

var (
	yesNoHan   = pattern.New(`是否|能否|可否|是不是|有没有|会不会|能不能|要不要|[吗嘛][？?]?$`)
	openHan    = pattern.New(`什么|为何|为啥|如何|怎么|怎样|哪|多少|谁|何时|区别|几[个种]`)
	verdictHan = pattern.New(`^[^\pL\pN]*(?:答案?[:：是]?\s*)?(?:是|否|不|对|会|能|可以|可能|有|没|无|需要|应该|应当|必须|肯定|当然|取决|视|一般|通常|支持|允许|存在)`)
	stateHan   = pattern.New(`正常|足够|充足|运行|存在|可用|异常|健康|超过|过高|过低|(?:是否|有没)有[^可区]|有任何`)
	yesNoEn    = pattern.New(`(?i)^(?:is|are|do|does|did|can|could|should|will|would|has|have)\s[^?]*\?$`)
	verdictEn  = pattern.New(`(?i)^\W*(?:yes|no|not|it|they|you|there|depends|generally|usually|only|never|always|sometimes|mostly|technically)\b`)
	stateEn    = pattern.New(`(?i)\b(?:enough|running|healthy|working|up to date)\b`)
)

// unsettled reports a question of yes or no whose answer does not begin with either.
func unsettled(q, answer string) bool {
	q, _, more := strings.Cut(strings.TrimSpace(q), "\n")
	if more {
		return false
	}
	if hasHan(q) {
		return hasAny(q, "否", "不", "没", "吗", "嘛") && yesNoHan.MatchString(q) && !openHan.MatchString(q) && !verdictHan.MatchString(answer)
	}
	return strings.HasSuffix(q, "?") && yesNoEn.MatchString(q) && !verdictEn.MatchString(answer)
}

// checks reports an item of a checklist in the form of a question, such as "磁盘空间是否足够？":
// what it asks is the state of a system, and the text says how to look.
func checks(q, answer string) bool {
	if !unsettled(q, answer) {
		return false
	}
	if hasHan(q) {
		return stateHan.MatchString(q)
	}
	return stateEn.MatchString(q)
}

var (
	thenDo = pattern.New(`[,，;；。、\s]并且?(?:搭建|完成|实现|编写|部署|配置|安装|制作|测试|验证)`)
	deed   = pattern.New(`^(?:独立|动手)?(?:搭建|完成|部署|编写).{2,}(?:实战|实验|脚本|集群|作业|练习|项目)[。.]?$`)
)

// homework reports a title that tells to build something: work for a machine, not for a reply.
func homework(title string) bool {
	if !hasAny(title, "并", "完成", "搭建", "部署", "编写") || openHan.MatchString(title) {
		return false
	}
	return note.Asks(title) && (thenDo.MatchString(title) || deed.MatchString(title))
}
