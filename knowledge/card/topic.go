package card

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"studybot/knowledge/note"
	"studybot/knowledge/pattern"
)

// generic are titles that say nothing without what they belong to.
var generic = set(`优点 缺点 优缺点 优点与缺点 优势 劣势 特点 特性 特征 原理 工作原理 实现原理 工作过程 工作流程 流程 过程 步骤 配置 配置文件
	安装 部署 使用 使用方法 用法 操作 实战 实践 实验 功能 作用 场景 应用场景 使用场景 适用场景 模式 分类 类型 种类 组成 结构 架构
	架构设计 设计 机制 策略 算法 调度算法 参数 选项 命令 常用命令 常用参数 常用 语法 格式 规则 方法 方式 监控 监控项目 备份 恢复 优化 性能 性能优化 安全 日志 缓存
	应用 基础 入门 进阶 集群 高可用 扩容 缩容 负载均衡 动态资源 动静分离 访问控制 重写模块 模块 核心模块 定义 概念 概述 简介 介绍 基本概念 核心概念 意义 目的
	原因 解决 解决方案 解决方法 解决办法 排查 排查错误 故障排查 常见问题 问题 限制 要求 前提 条件 解决的问题 要解决的问题 自定义模式 生命周期 数据库 重定向 缓存机制 持久化 网络 存储 卷
	advantages disadvantages pros cons features usage installation configuration setup architecture components types commands syntax
	options parameters performance security benefits limitations requirements purpose definition introduction overview basics workflow lifecycle`)

func set(s string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(s) {
		m[w] = true
	}
	return m
}

var (
	pointsEn = pattern.New(`(?i)\b(?:it|its|this|these|they|them|above)\b`)
	suffixes = pattern.New(`(?:的?(?:一些基本概念|基本概念|制作|优化|总结|简介|介绍|概述|基础|入门|配置|使用|学习|笔记|知识点?|(?:技术)?知识库|教程|指南|手册|面试题?|相关))+$`)
	headOf   = pattern.New(`^(.{2,}?)(?:的|之)?(?:常用|常见|主要|几种|[一二两三四五六七八九十0-9]+[种个大类])+.*$`)
)

// askWords are the words that ask, the longer of two before the shorter.
var askWords = []string{"什么是", "是什么", "为什么", "为何", "如何", "怎么样", "怎么", "怎样", "有哪些", "哪些", "有什么"}

// replacing returns a function that replaces each of words by one.
func replacing(words []string, by string) func(string) string {
	var pairs []string
	for _, w := range words {
		pairs = append(pairs, w, by)
	}
	return strings.NewReplacer(pairs...).Replace
}

var (
	dropAsking  = replacing(askWords, "")
	spaceAsking = replacing(askWords, " ")
)

// pointing reports a title in Chinese that speaks of what is around it.
func pointing(title string) bool {
	return hasAny(title, "这些", "这个", "这种", "该", "此", "它", "上述", "上面", "以上", "本模式", "其优", "其缺", "其作用", "其原理", "其特")
}

// topic returns what a title needs before it to stand alone, "" where it does: the
// nearest title around it that names a thing, a short one with a Latin name before others.
func (d *doc) topic(dr draft) string {
	if dr.explicit || !dependent(dr.title) {
		return ""
	}
	if t := d.steered(dr.section); t != "" {
		return t
	}
	own := name(dr.title)
	must := generic[lower(own)] || note.Asks(dr.title)
	best := ""
	for i := d.above(dr); i >= 0; i = d.note.Sections[i].Parent {
		s := d.note.Sections[i]
		if t := askedOf(s.Title); t != "" && best == "" && (pronounHan.MatchString(dr.title) || pronounEn.MatchString(dr.title) || generic[asking(dr.title)]) {
			return t
		}
		if s.Title == "" || isLabel(s.Title) || generic[lower(s.Title)] || note.Asks(s.Title) || spanned(s.Body) > 8 {
			continue
		}
		t := topicHead(s.Title)
		t = strings.TrimSuffix(strings.TrimSuffix(t, "问题排查"), "的")
		if leads(t) || shelf.MatchString(t) || strings.HasSuffix(t, "学习笔记") || files(t) || countOnly.MatchString(t) {
			continue
		}
		n := utf8.RuneCountInString(t)
		if shares(own, t) || strings.Contains(fold(t), fold(own)) && hasHan(own) {
			return ""
		}
		if n > 30 || n > 8 && !hasLatin(t) && !must {
			continue
		}
		if best == "" || !hasLatin(best) && hasLatin(t) && n <= 12 {
			best = t
		}
		if hasLatin(best) {
			break
		}
	}
	return best
}

var whatIs = pattern.New(`(?i)^(?:什么是|what (?:is|are) (?:an? |the )?)([^?？，,]{1,30})[?？]?$|^([^?？，,]{1,30}?)是什么[?？]?$`)

// askedOf returns the thing that a title asks for: "GBK" of "什么是 GBK？".
func askedOf(title string) string {
	m := whatIs.FindStringSubmatch(strings.TrimSpace(title))
	if m == nil {
		return ""
	}
	return strings.TrimSpace(m[1] + m[2])
}

// class returns what a Latin name under "常用指令" is: 指令.
func (d *doc) class(dr draft) string {
	if i := d.above(dr); i >= 0 && !dr.explicit {
		for _, noun := range []string{"指令", "命令", "参数", "函数", "组件", "模块", "协议", "字段", "选项"} {
			if strings.HasSuffix(d.note.Sections[i].Title, noun) {
				return noun
			}
		}
	}
	return ""
}

func hasLatin(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return r < utf8.RuneSelf && unicode.IsLetter(r) })
}

// above returns the section around a draft.
func (d *doc) above(dr draft) int {
	if dr.section < 0 {
		return -1
	}
	if s := d.note.Sections[dr.section]; s.TitleLine != dr.line {
		return dr.section
	}
	return d.note.Sections[dr.section].Parent
}

// dependent reports whether a title needs its topic: "优点", "dr模式", "RUN", "这些表…".
func dependent(title string) bool {
	t := lower(strings.TrimSpace(name(title)))
	if generic[t] || generic[strings.TrimSuffix(t, "s")] {
		return true
	}
	n := utf8.RuneCountInString(t)
	if note.Asks(title) {
		en := n < 40 && hasAny(lower(title), "it", "th", "above") && pointsEn.MatchString(title)
		if !hasHan(t) {
			return en
		}
		return en || pointing(title) || generic[strings.TrimPrefix(asking(t), "一句话")] || bareAsking(t)
	}
	if hasHan(t) {
		return leads(t) || n <= 4 || n <= 8 && isMember(t) && !strings.Contains(t, "的")
	}
	return n <= 12 && !strings.Contains(t, " ")
}

// asking returns what a title asks about: 优点 of "优点有哪些？".
func asking(title string) string { return strings.Trim(dropAsking(title), "？?。的") }

// bareAsking reports a question that leaves out its subject: 是什么？, 为什么正确？, 怎么做？
func bareAsking(title string) bool {
	what := asking(title)
	n := utf8.RuneCountInString(what)
	return !hasLatin(title) && (n <= 2 && beginsWith(title, "是什么", "为什么", "有哪些", "有什么", "怎么样") ||
		forWhat[strings.TrimRight(title, "？?")] || beginsWith(title, "怎么", "如何") && (n == 1 || n == 2 && hasAny(what, "使用", "实现", "解决")))
}

// forWhat are questions for the use of a thing that they leave out.
var forWhat = set(`可以干什么 能干什么 能做什么 可以做什么 做什么用 干什么用 有什么用 有什么用处 有什么作用 有什么好处 有什么优势 有什么特点 为什么要用 为什么使用 为什么需要`)

// isMember reports the short name of one of several things of a kind: "dr模式".
func isMember(name string) bool {
	for _, kind := range []string{"模式", "方式", "算法", "策略", "阶段", "类型", "命令", "指令", "参数", "机制", "协议栈"} {
		if own, ok := strings.CutSuffix(name, kind); ok {
			return utf8.RuneCountInString(own) <= 8 && !strings.Contains(own, "\n")
		}
	}
	return false
}

// name returns the part of "CMD: what it does" that is the thing's name.
func name(title string) string {
	before, after, ok := cutColon(title)
	if !ok {
		return title
	}
	if isLabel(before) || hasAny(before, "面试", "题", "实验", "案例", "补充") {
		return after
	}
	if last := before[len(before)-1]; utf8.RuneCountInString(before) <= 24 && (last < '0' || last > '9') {
		return before
	}
	return title
}

func cutColon(s string) (before, after string, ok bool) {
	i := strings.IndexByte(s, ':')
	if wide := strings.Index(s, "："); i < 0 || wide >= 0 && wide < i {
		i = wide
	}
	if i <= 0 {
		return s, "", false
	}
	_, size := utf8.DecodeRuneInString(s[i:])
	before, after = strings.TrimSpace(s[:i]), strings.TrimSpace(s[i+size:])
	if strings.HasPrefix(s[i:], "::") || strings.HasPrefix(after, "//") || before == "" {
		return s, "", false
	}
	return before, after, true
}

// inHeadOf reports a character of which headOf wants one.
func inHeadOf(r rune) bool {
	switch r {
	case '常', '主', '种', '个', '大', '类':
		return true
	}
	return false
}

// topicHead takes "LVS" of "LVS的三种主要模式".
func topicHead(t string) string {
	t = name(t)
	if strings.ContainsFunc(t, inHeadOf) {
		if m := headOf.FindStringSubmatch(t); m != nil && utf8.RuneCountInString(m[1]) >= 2 {
			return strings.TrimSuffix(m[1], "的")
		}
	}
	if last, _ := utf8.DecodeLastRuneInString(t); !strings.ContainsRune("作化结介绍述础门置用习记识点库程南册题试关念", last) {
		return t
	}
	if cut := suffixes.ReplaceAllString(t, ""); utf8.RuneCountInString(cut) >= 2 {
		return cut
	}
	return t
}

// shares reports whether a title has the topic's word, or a Latin word of it, already.
func shares(title, topic string) bool {
	if topic == "" {
		return false
	}
	t := fold(title)
	if strings.Contains(t, fold(topic)) {
		return true
	}
	words := strings.FieldsFunc(fold(topic), func(r rune) bool { return r >= utf8.RuneSelf || !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	for _, w := range words {
		if len(w) > 1 && strings.Contains(t, w) {
			return true
		}
	}
	return false
}

// labels are titles that name a part of an answer, or of a document, and never ask.
var labels = set(`参考答案 答案 标准答案 解析 答案解析 解答 解答・解説 解答と解説 解説 题解 回答 小结 总结 结论 示例 例子 案例 简单案例 举例 范例 样例 说明 补充 补充说明 备注 注意 注意事项 前言 引言 序言 写在前面 目录
	参考 参考资料 参考链接 参考文献 参考文章 扩展 扩展阅读 拓展阅读 延伸阅读 推荐阅读 相关链接 相关阅读 相关文章 相关资料 链接 重点 其他 其它 相关 背景 附录 联系我们 联系方式 联系作者 交流群 更新日志 更新记录 致谢 问题 思路 解题思路 代码 代码实现 代码示例 示例代码 参考代码 完整代码
	下一步 下一篇 下一节 下一章 下节预告 下期预告 小结与下一篇 题目 题目描述 题目链接 输入 输出 测试 效果 截图 关于 关于作者 贡献 贡献者 许可证 版权声明 声明 扩展建议 总结建议 知识点 要点 笔记 待办 面试题 常见面试题 常见问题 课后问题 思考问题 名词解释 面试回答 最后 结语 结束语 引用 资料 学习资料 书籍 视频 面试
	answer answers solution solutions explanation summary conclusion conclusions example examples note notes reference references resources
	links contents toc license licence contributing contributors acknowledgements acknowledgments changelog credits about author authors index misc miscellaneous navigation 导航
	synopsis history changes commits caveats todo tldr tl;dr hint hints output input code screenshots screenshot demo sponsors support contact disclaimer faq appendix
	questions question exercises exercise solution: answer: objectives prerequisites agenda self-assessment instructions`)

// beside are labels of parts of a document that belong to no answer.
var beside = set(`目录 前言 引言 序言 写在前面 参考 参考资料 参考链接 参考文献 参考文章 扩展阅读 拓展阅读 延伸阅读 推荐阅读 相关链接 相关阅读 相关文章 相关资料 链接 更新日志 更新记录 致谢
	关于 关于作者 贡献 贡献者 许可证 版权声明 声明 资料 学习资料 书籍 视频 引用 最后 结语 结束语 待办 下一步 下一篇 下一节 下一章 下节预告 下期预告 小结与下一篇
	reference references resources links contents toc license licence contributing contributors acknowledgements acknowledgments changelog credits about author authors index
	history changes commits todo sponsors support contact disclaimer faq navigation 导航`)

// isApart reports whether a title is a part of the document that belongs to no answer: a
// table of contents, a license.
func isApart(title string) bool {
	t := lower(strings.TrimSpace(strings.TrimRight(title, ":：.。!！ ")))
	return beside[t] || labelPhrases[strings.ReplaceAll(t, " ", "|")]
}

var others = pattern.New(`^一?些?其[他它].{0,3}$`)

var labelPhrases = set(`table|of|contents learning|objectives scoring|guide answer|key answer|keys about|the|author about|me contact|us 常见问题|faq further|reading see|also related|links useful|links external|links getting|started learning|objectives learning|outcomes code|of|conduct additional|resources known|issues notable|changes back|to|top how|to|contribute`)

// collection is the title of a collection of questions: "Top 50 Go questions & answers".
var collection = pattern.New(` (?:questions?|q ?& ?a|quiz|interview|cheat ?sheet)(?: (?:and|&|with) answers?)?$|^(?:interview )?questions? (?:and|&|with) answers?$|^试题\s*(?:[一二三四五六七八九十]+|\d+)(?:\s|[（(]|$)|(?:面试.{0,4}题|题库|习题|试题|问答|面试.{0,4}问题|面试八股文?|八股文|常见问题)(?:集|汇总|总结|大全|精选|及答案|和答案|与答案|与?详解|深度|解析|整理|合集|系列|宝典|清单|解答|与解答|和解答|\s*[（(].*[)）])*$|\binterview (?:questions?|q ?& ?a|prep(?:aration)?)\b`)

// closing is the title of what a text says again at its end, or to remember: "Chapter Summary", 本章小结.
var closing = pattern.New(`^(?:the )?key (?:points|takeaways|learnings)\b|^(?:(?:chapter|section|lesson|course|quick|final|executive|overall) )?(?:summary|takeaways|recap|cheat ?sheet)$|^(?:expected|example|sample|actual) (?:outputs?|results?|responses?|usage)$|^(?:an? |the )?(?:complete|full|basic|simple|real-world|another|other|more|quick|working|minimal|usage|code|first|advanced|sample|runnable|running the) examples?$|^(?:动手|课后|随堂|上机|自测|自我)(?:练习|实验|作业|测试|检测|试?题)|^(?:本章|本节|本文|本课|全文|章节|课程|今日|学习)(?:小结|总结|回顾|要点|内容|目标)$`)

// mayClose is quick, and true of all that closing matches.
func mayClose(t string) bool {
	first := firstRune(t)
	return first < utf8.RuneSelf && hasAny(t, "key ", "summary", "takeaway", "recap", "cheat", "example", "output", "result", "response", "usage") || strings.ContainsRune("动课随上自本全章今学", first)
}

// isLabel reports whether a title is the label of a part, not a question or topic.
func isLabel(title string) bool {
	t := lower(strings.TrimSpace(strings.TrimRight(title, ":：.。!！ ")))
	t = strings.TrimRight(t, "0123456789 （）()一二三四五六七八九十")
	if strings.HasPrefix(t, "why ") && (strings.HasSuffix(t, " wrong") || strings.HasSuffix(t, " incorrect")) && hasAny(t, "other", "each", "not ", "options", "answers") {
		return true // behind the explanation of a choice
	}
	switch {
	case t == "" || labels[t] || labelPhrases[strings.ReplaceAll(t, " ", "|")]:
		return true
	case mayClose(t) && closing.MatchString(t), strings.Contains(t, "其") && others.MatchString(t):
		return true
	case utf8.RuneCountInString(t) <= 6 && strings.HasSuffix(t, "题") && !strings.HasSuffix(t, "问题"):
		return true
	}
	return hasAny(t, "question", "q&a", "q & a", "quiz", "interview", "sheet", "题", "问答", "八股") && !note.Asks(title) && collection.MatchString(t)
}
