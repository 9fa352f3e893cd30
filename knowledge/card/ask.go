package card

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"studybot/knowledge/note"
)

// subject names what a title is about: the topic and the title's own name.
func subject(title, topic string) string {
	n := name(strings.Trim(title, " :：。"))
	if note.Asks(title) {
		n = title
	}
	if topic == "" {
		return n
	}
	if !hasHan(n) && !hasHan(topic) {
		if generic[lower(n)] {
			return n + " of " + topic
		}
		return topic + " " + n
	}
	if generic[lower(n)] || isMember(n) || hasHan(n) {
		return glue(glue(topic, "的"), n)
	}
	return glue(glue(topic, "中的"), n)
}

// glue joins a and b, with a space where Latin meets Han.
func glue(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	ra, _ := utf8.DecodeLastRuneInString(a)
	rb, _ := utf8.DecodeRuneInString(b)
	if wordRune(ra) != wordRune(rb) && !strings.ContainsRune(" ，。：、？（）", ra) && !strings.ContainsRune(" ，。：、？（）", rb) {
		return a + " " + b
	}
	return a + b
}

func wordRune(r rune) bool { return r < 0x2e80 }

// ask words the question that a title stands for, in the title's language; the shape of
// the answer chooses the template of a noun phrase. class says what a Latin name is one
// of: RUN is a 指令. guessed reports that neither the title nor the answer says what to ask.
func ask(title, topic, class string, s shape) (question string, guessed bool) {
	t := strings.TrimRight(strings.TrimSpace(title), "：: 。.")
	if len(t) > 3 && t[0] >= 'A' && t[0] <= 'Z' {
		t = lettered.ReplaceAllString(t, "")
	}
	han := hasHan(t) || hasHan(s.first) && !note.Asks(t)
	for _, i := range s.items {
		han = han || hasHan(i) && !note.Asks(t)
	}
	if note.Asks(t) {
		q := asked(joined(name(t)))
		if !note.Asks(name(t)) {
			q = asked(joined(t))
		}
		if rest, ok := strings.CutPrefix(q, "它"); ok && topic != "" && !strings.HasPrefix(rest, "们") {
			return glue(topic, rest), false
		}
		if topic != "" {
			if bareAsking(q) {
				return glue(topic, q), false
			}
			if han {
				return topic + "：" + q, false
			}
			return topic + ": " + q, false
		}
		return q, false
	}
	if han {
		n := name(t)
		if class != "" && latinName.MatchString(n) {
			n = glue(n, class)
		} else if class != "" && strings.HasSuffix(n, "类") {
			return n + class + "有哪些？", false // 文件操作类 of 常用命令
		}
		return askHan(topic, n, s)
	}
	if ailsEn(t) {
		return "How do you fix this: " + t + "?", false
	}
	return askEnglish(subject(t, topic), s)
}

// lettered is the letter that numbers a title: "B. Methods".
var lettered = regexp.MustCompile(`^[A-J](?:、|[.．]\s|[)）]\s*)\s*`)

// joined is a title of a name and a question, "缓存 & 如何更新", with a colon between them.
func joined(t string) string {
	if !strings.Contains(t, "&") {
		return t
	}
	if m := nameAndAsk.FindStringSubmatch(t); m != nil {
		if hasHan(t) {
			return m[1] + "：" + m[2]
		}
		return m[1] + ": " + m[2]
	}
	return t
}

var nameAndAsk = regexp.MustCompile(`(?i)^([^&?？]{1,30}?)\s*&\s*((?:如何|怎么|怎样|为什么|为何|什么是|how |why |what |when ).*)$`)

// unasked reports the front of a flashcard that no template makes a better question of: a
// phrase of several words, a sentence, a command.
func unasked(title string) bool {
	switch {
	case note.Asks(title):
		return false
	case hasHan(title):
		return utf8.RuneCountInString(title) > 16 || strings.ContainsAny(title, "，。；,;")
	case strings.ContainsAny(title, ".!,;(") || codeLine(title):
		return true
	}
	worded := versus.MatchString(title) || gerund.MatchString(title) || verbEn.MatchString(title) || partsEn.MatchString(title) || factEn.MatchString(title) || introEn.MatchString(title)
	return strings.Count(title, " ") > 1 && !worded
}

var latinName = regexp.MustCompile(`^[A-Za-z][\w-]*$`)

var (
	imperative = regexp.MustCompile(`^(?:请|简述|简单|说说|说一|谈谈|谈一|讲讲|讲一|聊聊|介绍|描述|阐述|一句话|解释|列举|总结|比较一下|对比一下|分析一下|论述|试述|概述|写出|写一个|实现一个|手写|完成|说出|举例说明|举一个)`)
	orderEn    = regexp.MustCompile(`(?i)^(?:explain|describe|compare|differentiate|define|list|name|discuss|tell|give|state|demonstrate|specify|elaborate|summari[sz]e|outline|mention|identify|illustrate)\b`)
	worksEn    = regexp.MustCompile(`^(?i:how) ([^?]{2,40}) (?i:works)( [^?]{1,40})?$`)
	difference = regexp.MustCompile(`^(.{2,}?)(?:之间)?(?:的|有(?:什么|哪些|何|啥))?(?:区别|差异|不同|对比|比较)(?:和联系|与联系)?$`)
)

// remarked is a remark behind the mark of a question: "什么是 X？（高频）".
var remarked = regexp.MustCompile(`([?？])\s*[(（](?:高频|重点|必考|必问|常考|常问|重要|了解|掌握|难点|难|易|简单|中等|困难)[)）]$`)

// asked ends a title that asks as a question ends.
func asked(t string) string {
	t = strings.TrimRight(remarked.ReplaceAllString(t, "$1"), "~～ ")
	if strings.HasSuffix(t, "?") || strings.HasSuffix(t, "？") || strings.Contains(t, "? ") {
		return t
	}
	if !hasHan(t) {
		if orderEn.MatchString(t) {
			return t + "."
		}
		if m := worksEn.FindStringSubmatch(t); m != nil {
			what := m[1]
			if pronounEn.MatchString(what) {
				what = strings.ToLower(what) // It, This
			}
			return "How does " + what + " work" + m[2] + "?"
		}
		if strings.HasPrefix(strings.ToLower(t), "difference") {
			return "What is the " + lowerFirst(t) + "?"
		}
		return t + "?"
	}
	if strings.HasSuffix(t, "区别") && andDiffer.MatchString(t) {
		return andDiffer.ReplaceAllString(t, "${1}有哪些，有什么区别？")
	}
	if m := different(t); m != nil && utf8.RuneCountInString(m[1]) > 1 {
		return strings.TrimPrefix(m[1], "关于") + "有什么区别？"
	}
	if imperative.MatchString(t) && !strings.ContainsAny(t, "吗呢") {
		return t + "。"
	}
	return t + "？"
}

// different returns what difference finds in t.
func different(t string) []string {
	if !hasAny(t, "区别", "差异", "不同", "对比", "比较") {
		return nil
	}
	return difference.FindStringSubmatch(t)
}

// A template makes a question of a noun phrase that its words or its answer call for.
type template struct {
	when func(n string, s shape) bool // n is the title's own name
	ask  func(topic, n string) string
}

// ends reports names that end so, as a whole or up to a comma or bracket.
func ends(words ...string) func(string, shape) bool {
	return func(n string, _ shape) bool {
		core := n
		if i := strings.IndexAny(n, ",，(（"); i > 0 {
			core = strings.TrimSpace(n[:i])
		}
		for _, w := range words {
			if strings.HasSuffix(n, w) || strings.HasSuffix(core, w) {
				return true
			}
		}
		return false
	}
}

func endsOf(s string, words ...string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.HasSuffix(s, w) })
}

func begins(words ...string) func(string, shape) bool {
	return func(n string, _ shape) bool { return beginsWith(n, words...) }
}

func beginsWith(s string, words ...string) bool {
	for _, w := range words {
		if strings.HasPrefix(s, w) {
			return true
		}
	}
	return false
}

// matches reports names that re matches; each holds one of words.
func matches(re *regexp.Regexp, words ...string) func(string, shape) bool {
	return func(n string, _ shape) bool { return hasAny(n, words...) && re.MatchString(n) }
}

// with asks "<topic>的<name><after>".
func with(after string) func(string, string) string {
	return func(topic, n string) string { return glue(of(topic, n), after) }
}

// frame asks "<before><topic>的<name><after>".
func frame(before, after string) func(string, string) string {
	return func(topic, n string) string { return glue(glue(before, of(topic, n)), after) }
}

// does asks "<topic>中如何<name>？".
func does(topic, n string) string {
	if topic != "" {
		topic = glue(topic, "中")
	}
	return glue(glue(topic, "如何"), n) + "？"
}

// rewrite asks what re makes of the name.
func rewrite(re *regexp.Regexp, to string) func(string, string) string {
	return func(topic, n string) string { return of(topic, re.ReplaceAllString(n, to)) }
}

// of joins a topic and a name of it.
func of(topic, n string) string {
	if topic == "" {
		return n
	}
	if leads(n) {
		return glue(topic, n)
	}
	return glue(glue(topic, "的"), n)
}

// leads reports a name that begins with a word that joins it to its topic.
func leads(n string) bool { return beginsWith(n, "与", "和", "常见", "常用", "主要") }

const acts = `安装|配置|部署|搭建|优化|使用|制作|管理|实现|升级|迁移|恢复|选型|扩容|缩容|破解|备份|配合使用`

const number = `[几二两三四五六七八九十\d]+`

// andDiffer is a name of several things and their difference: 常见引擎及区别.
var andDiffer = regexp.MustCompile(`^(.{3,}?)(?:及其?|以及|和它?们?的?|与)(?:主要)?区别$`)

var (
	stated       = regexp.MustCompile(`^(.+?)((?:主要|一共|共|总共)?(?:有|分为|包括|包含|支持))(` + number + `)([个种类大层项点条])([^，,：:。]{1,12})(?:[，,：:。].*)?$`)
	verbed       = regexp.MustCompile(`(?:新增|增加|提供|支持|包含|包括|定义|引入|使用|采用|实现|存在|交换|比较|合并|需要|涉及)了?$`)
	example      = regexp.MustCompile(`^(.{3,}?)的?(?:代码|使用|简单)?(?:举例|示例|例子|范例|样例)$`)
	countedN     = regexp.MustCompile(`^(.+?)的?(` + number + `)(大类|[种个大])(.+)$`)
	countedFirst = regexp.MustCompile(`^(` + number + `)([种个]|大类)(.{2,})$`)
	action       = regexp.MustCompile(`^(.*?)之?[间的]?(` + acts + `)$`)
	deeds        = regexp.MustCompile(`^(.*?)的?(` + acts + `)(、|与|和|及|以及)$`)
	versusHan    = regexp.MustCompile(`^(.{1,14}?) ?(?:与|和|跟|(?i:\bvs\b)\.?) ?(.{1,14})$`)
	versusWord   = regexp.MustCompile(`(?i)\s*\bvs\b\.?\s*`)
	troubled     = regexp.MustCompile(`^(.*?)的?(?:排查|排错|诊断)(?:与?(?:处理|解决))?(?:方法|步骤|流程|过程)?$`)
	handled      = regexp.MustCompile(`^(.{2,}?)的?(处理|解决|应对|防范|防止|避免|缓解|预防|使用|安装|配置|部署|备份|优化)(?:方法|办法|方案|措施|手段)$`)
	overview     = regexp.MustCompile(`的?(?:概述|简述|简介|介绍|概念|详解)$`)
	namedClass   = regexp.MustCompile(`^[\w.-]+ ?(?:指令|命令|函数|参数|选项|字段)$`)
	oneOf        = regexp.MustCompile(`^[\w.-]+ ?(?:模式|方式|算法|策略|类型|状态|阶段|模块|组件)$`)
	duty         = regexp.MustCompile(`^(?:.{2}(?:控制|均衡|分离|认证|同步)|监控|备份|重定向|缓存|持久化|高可用|优化|性能优化)$`)
	layers       = regexp.MustCompile(number + `层`)
	summing      = regexp.MustCompile(`^(.{2,}?)的?(?:总结|小结|汇总|总汇|要点|知识点|知识)$`)
	composed     = regexp.MustCompile(`的?组成(?:部分)?$`)
	aside        = regexp.MustCompile(`[（(](?:[^（()）]*(?:面试|重要|重点|必考|高频|必会|了解|掌握|补充)[^（()）]*)[)）]$`)
	adverbial    = regexp.MustCompile(`^(?:如果|当|要|需要|假如).{4,}|^在.{4,}[时中下后前上里]$`)
)

// doing reports a name that begins with a verb, and does not go on to a noun of it: 扫描主机端口,
// but not 启动速度.
func doing(n string, s shape) bool { return verbHan(n, s) && !verbNoun.MatchString(n) }

var verbNoun = regexp.MustCompile(`^\p{Han}{2}[器包]|^\p{Han}{2}(?:速度|时间|地址|目录|文件|项|包|器|信息|参数|类型|次数|顺序|效率|对象|成本|范围|结果|记录|性能|能力|组|者|问题|规则|日志|版本|命令|脚本|说明|教程|方法|方式|流程|步骤|池|数|模块|工具|环境|选项)$|(?:速度|效率)$`)

var verbHan = begins("修复", "手动", "批量", "一键", "禁用", "启用", "开启", "关闭", "登录", "挂载", "忽略", "清理", "清除", "使用", "安装", "配置", "修改", "删除", "部署", "搭建", "查看", "调整", "构建", "创建", "制作", "设置", "添加", "启动", "编译", "实现", "基于", "扫描", "提取", "升级", "迁移", "恢复", "备份", "管理", "排查", "打开", "下载", "导入", "导出", "卸载", "重启", "验证")

var endsClass = ends("指令", "命令", "函数", "参数", "选项", "字段")

var (
	solves  = regexp.MustCompile(`(?:要|所)?解决的问题$`)
	trouble = regexp.MustCompile(`^(.{3,}[^见个大些]的?)问题$`)
	byMeans = regexp.MustCompile(`^用[^户例途法意处品].*(?:实现|制作|写|画|做|统计|查找|判断|解决|处理)`)
	builds  = regexp.MustCompile(`^(?:搭建|部署).*(?:架构|体系|结构)$`)
	learns  = regexp.MustCompile(`^(?:深入|全面)?(?:理解|认识|了解|掌握)(?:一下)?([^和与]{2,}(?:与|和)?.*)$`)
)

// hanTemplates are tried in order.
var hanTemplates = []template{
	{matches(solves, "解决的问题"), rewrite(solves, "解决什么问题？")},
	{matches(builds, "搭建", "部署"), does},
	{matches(byMeans, "用"), does},
	{func(n string, s shape) bool { return endsClass(n, s) && namedClass.MatchString(n) }, with("有什么作用，怎么用？")},
	{matches(stated, "有", "分为", "包括", "包含", "支持"), rewrite(stated, "${1}${2}哪${3}${4}${5}？")},
	{matches(example, "例"), func(topic, n string) string {
		return glue("请举例说明", of(topic, example.FindStringSubmatch(n)[1])) + "。"
	}},
	{ends("优缺点", "优点与缺点", "优点和缺点", "优点", "缺点", "优势", "特点", "特性", "特征", "注意事项", "场景", "不足", "好处", "坏处"), with("有哪些？")},
	{ends("原因"), with("是什么？")},
	{matches(difference, "区别", "差异", "不同", "对比", "比较"), rewrite(difference, "${1}有什么区别？")},
	{ends("相比"), with("有什么不同？")},
	{func(n string, s shape) bool {
		return twoOf(n) || hasAny(n, "和", "与") && !strings.Contains(n, "的") && !doing(n, s) && utf8.RuneCountInString(n) <= 16 && len(s.items) == 2
	}, func(topic, n string) string {
		return glue(of(topic, versusWord.ReplaceAllString(n, " 与 ")), "有什么区别？")
	}},
	{matches(troubled, "排查", "排错", "诊断"), func(topic, n string) string {
		what := strings.TrimSuffix(troubled.FindStringSubmatch(n)[1], "的")
		if what != "" {
			topic = of(topic, what)
		}
		return glue("如何排查", topic) + "？"
	}},
	{func(n string, s shape) bool { return ails(n) && !defines(s.first, n) }, with("，怎么解决？")},
	{matches(trouble, "问题"), with("怎么解决？")},
	{begins("不使用", "不用", "不借助", "不通过", "利用", "通过"), does},
	{matches(countedN, "种", "个", "大"), func(topic, n string) string {
		m := countedN.FindStringSubmatch(n)
		if strings.HasSuffix(m[1], "第") {
			return glue(of(topic, n), "是怎样的？")
		}
		if verbed.MatchString(m[1]) {
			return of(topic, m[1]+"哪"+m[2]+m[3]+m[4]+"？")
		}
		return of(topic, countedN.ReplaceAllString(n, "${1}有哪${2}${3}${4}？"))
	}},
	{func(n string, s shape) bool {
		return hasAny(n, "种", "个", "大类") && !hasAny(n, "之间", "的", "问题") && countedFirst.MatchString(n)
	}, func(topic, n string) string {
		return glue(glue(topic, "有哪"), countedFirst.ReplaceAllString(n, "${1}${2}${3}")) + "？"
	}},
	{matches(layers, "层"), with("有哪些层？")},
	{matches(summing, "结", "总", "要点", "知识"), func(topic, n string) string {
		return glue(of(topic, summing.ReplaceAllString(n, "${1}")), "有哪些要点？")
	}},
	{matches(composed, "组成"), func(topic, n string) string {
		return glue(of(topic, composed.ReplaceAllString(n, "")), "由哪些部分组成？")
	}},
	{ends("关系", "概念", "定义", "含义", "意义", "作用", "思路", "目的", "用途", "格式", "语法", "逻辑", "步骤", "思想", "理念", "背景"), with("是什么？")},
	{ends("实践", "原则", "建议", "技巧", "规范", "危害", "影响"), with("有哪些？")},
	{ends("过程", "流程", "机制", "原理", "架构", "架构设计", "体系结构", "演进", "结构", "体系", "生命周期", "通信", "历程", "发展史"), with("是怎样的？")},
	{ends("规模", "承载能力", "容量"), with("有多大？")},
	{func(n string, s shape) bool {
		return s.bullets+s.ordered+s.labels+s.code >= 3 && plural(n) && (strings.Contains(n, "的") && !strings.Contains(n, "一个") || !doing(n, s))
	}, with("有哪些？")},
	{doing, does},
	{matches(handled, "方法", "办法", "方案", "措施", "手段"), rewrite(handled, "${1}怎么${2}？")},
	{matches(action, strings.Split(acts, "|")...), func(topic, n string) string {
		m := action.FindStringSubmatch(n)
		if m[1] == "" {
			return glue(topic, "怎么"+m[2]+"？")
		}
		if d := deeds.FindStringSubmatch(m[1]); d != nil {
			return glue(of(topic, d[1]), "怎么"+d[2]+d[3]+m[2]+"？")
		}
		return glue(of(topic, m[1]), "怎么"+m[2]+"？")
	}},
	{ends("实战"), with("怎么做？")},
	{func(n string, s shape) bool { return strings.HasSuffix(n, "方法") && len(s.items) >= 2 }, with("有哪些？")},
	{ends("用法", "方法"), with("是什么？")},
	{matches(overview, "述", "介", "概念", "详解"), func(topic, n string) string {
		if what := overview.ReplaceAllString(n, ""); what != "" || topic == "" {
			topic = of(topic, what)
		}
		return glue("什么是", topic) + "？"
	}},
	{ends("之一"), with("是什么？")},
	{ends("排错思路", "故障", "报错", "异常"), with("怎么排查？")},
	{matches(adverbial, "如果", "当", "要", "需", "假如", "在"), with("，具体怎么做？")},
	{func(_ string, s shape) bool { return s.inOrder }, with("的过程是怎样的？")},
	{func(_ string, s shape) bool { return s.steps() && !s.sentences() && !s.named() }, with("的步骤是怎样的？")},
	{func(n string, s shape) bool { return defines(s.first, n) }, frame("什么是", "？")},
	{func(n string, s shape) bool { return s.script }, frame("怎样用脚本实现：", "？")},
	{func(n string, _ shape) bool { return endsOf(n, "命令", "工具", "指令") }, with("有什么作用，怎么用？")},
	{func(n string, _ shape) bool { return len(n) <= 20 && duty.MatchString(n) }, with("怎么做？")},
	{func(n string, s shape) bool {
		return s.code > 0 && s.prose+s.bullets+s.ordered == 0 && !wordsInCode(s.text)
	}, with("怎么写、怎么用？")},
	{begins("常见", "常用"), with("有哪些？")},
}

// hanGuesses are tried where nothing in a name or its text says what to ask of it.
var hanGuesses = []template{
	{func(n string, s shape) bool { return len(s.items) >= 2 && s.prose <= 1 }, with("有哪些要点？")},
	{func(n string, _ shape) bool {
		return utf8.RuneCountInString(n) <= 8 && !hasAny(n, "与", "和", "的") && !endsOf(n, "方式", "情况", "条件") && !generic[n]
	}, frame("什么是", "？")},
	{begins(""), with("是怎样的？")},
}

// askHan asks of a name of a topic; guessed where only a guess says what.
func askHan(topic, n string, s shape) (question string, guessed bool) {
	if hasAny(n, ")", "）") {
		n = aside.ReplaceAllString(n, "")
	}
	n = strings.TrimSuffix(strings.TrimPrefix(n, "关于"), "为例")
	if hasAny(n, "解", "识", "掌握") {
		n = learns.ReplaceAllString(n, "$1")
	}
	for _, t := range hanTemplates {
		if t.when(n, s) {
			return t.ask(topic, n), false
		}
	}
	k := slices.IndexFunc(hanGuesses, func(t template) bool { return t.when(n, s) })
	return hanGuesses[k].ask(topic, n), true
}
