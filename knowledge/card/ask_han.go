package card

import (
	"slices"
	"strings"
	"unicode/utf8"

	"studybot/knowledge/pattern"
)

const acts = `安装|配置|部署|搭建|优化|使用|制作|管理|实现|升级|迁移|恢复|选型|扩容|缩容|破解|备份|配合使用`

const number = `[几二两三四五六七八九十\d]+`

// andDiffer is a name of several things and their difference: 常见引擎及区别.
var andDiffer = pattern.New(`^(.{3,}?)(?:及其?|以及|和它?们?的?|与)(?:主要)?区别$`)

var (
	stated       = pattern.New(`^(.+?)((?:主要|一共|共|总共)?(?:有|分为|包括|包含|支持))(` + number + `)([个种类大层项点条])([^，,：:。]{1,12})(?:[，,：:。].*)?$`)
	verbed       = pattern.New(`(?:新增|增加|提供|支持|包含|包括|定义|引入|使用|采用|实现|存在|交换|比较|合并|需要|涉及)了?$`)
	example      = pattern.New(`^(.{3,}?)的?(?:代码|使用|简单)?(?:举例|示例|例子|范例|样例)$`)
	countedN     = pattern.New(`^(.+?)的?(` + number + `)(大类|[种个大])(.+)$`)
	countedFirst = pattern.New(`^(` + number + `)([种个]|大类)(.{2,})$`)
	action       = pattern.New(`^(.*?)之?[间的]?(` + acts + `)$`)
	deeds        = pattern.New(`^(.*?)的?(` + acts + `)(、|与|和|及|以及)$`)
	versusHan    = pattern.New(`^(.{1,14}?) ?(?:与|和|跟|(?i:\bvs\b)\.?) ?(.{1,14})$`)
	versusWord   = pattern.New(`(?i)\s*\bvs\b\.?\s*`)
	troubled     = pattern.New(`^(.*?)的?(?:排查|排错|诊断)(?:与?(?:处理|解决))?(?:方法|步骤|流程|过程)?$`)
	handled      = pattern.New(`^(.{2,}?)的?(处理|解决|应对|防范|防止|避免|缓解|预防|使用|安装|配置|部署|备份|优化)(?:方法|办法|方案|措施|手段)$`)
	overview     = pattern.New(`的?(?:概述|简述|简介|介绍|概念|详解)$`)
	namedClass   = pattern.New(`^[\w.-]+ ?(?:指令|命令|函数|参数|选项|字段)$`)
	oneOf        = pattern.New(`^[\w.-]+ ?(?:模式|方式|算法|策略|类型|状态|阶段|模块|组件)$`)
	duty         = pattern.New(`^(?:.{2}(?:控制|均衡|分离|认证|同步)|监控|备份|重定向|缓存|持久化|高可用|优化|性能优化)$`)
	layers       = pattern.New(number + `层`)
	summing      = pattern.New(`^(.{2,}?)的?(?:总结|小结|汇总|总汇|要点|知识点|知识)$`)
	composed     = pattern.New(`的?组成(?:部分)?$`)
	aside        = pattern.New(`[（(](?:[^（()）]*(?:面试|重要|重点|必考|高频|必会|了解|掌握|补充)[^（()）]*)[)）]$`)
	adverbial    = pattern.New(`^(?:如果|当|要|需要|假如).{4,}|^在.{4,}[时中下后前上里]$`)
)

// doing reports a name that begins with a verb, and does not go on to a noun of it: 扫描主机端口,
// but not 启动速度.
func doing(n string, s shape) bool {
	return verbHan(n, s) && !verbNoun.MatchString(n) && !compound.MatchString(n)
}

// compound begins a name with a noun that begins as a verb: 配置文件位置, 安装包下载.
var compound = pattern.New(`^(?:配置|备份|安装|启动|部署|测试|使用|管理|下载|构建|编译)(?:文件(?:位置|路径|名|说明|格式|目录|$)|项|参数|脚本|目录|命令|说明|优先级|模板|中心|要求|须知|示例|包)`)

var verbNoun = pattern.New(`^\p{Han}{2}[器包]|^\p{Han}{2}(?:速度|时间|地址|目录|文件|项|包|器|信息|参数|类型|次数|顺序|效率|对象|成本|范围|结果|记录|性能|能力|组|者|问题|规则|日志|版本|命令|脚本|说明|教程|方法|方式|流程|步骤|池|数|模块|工具|环境|选项|用例|报告|数据|清单|点|码)$|(?:速度|效率)$`)

var verbHan = begins("编辑", "复制", "克隆", "上传", "注册", "申请", "切换", "停止", "检查", "确认", "测试", "修复", "手动", "批量", "一键", "禁用", "启用", "开启", "关闭", "登录", "挂载", "忽略", "清理", "清除", "使用", "安装", "配置", "修改", "删除", "部署", "搭建", "查看", "调整", "构建", "创建", "制作", "设置", "添加", "启动", "编译", "实现", "基于", "扫描", "提取", "升级", "迁移", "恢复", "备份", "管理", "排查", "打开", "下载", "导入", "导出", "卸载", "重启", "验证")

var endsClass = ends("指令", "命令", "函数", "参数", "选项", "字段")

var (
	solves  = pattern.New(`(?:要|所)?解决的问题$`)
	trouble = pattern.New(`^(.{3,}[^见个大些]的?)问题$`)
	byMeans = pattern.New(`^用[^户例途法意处品].*(?:实现|制作|写|画|做|统计|查找|判断|解决|处理|测|验证|登录)`)
	builds  = pattern.New(`^(?:搭建|部署).*(?:架构|体系|结构)$`)
	learns  = pattern.New(`^(?:深入|全面)?(?:理解|认识|了解|掌握)(?:一下)?([^和与]{2,}(?:与|和)?.*)$`)
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
	{ends("优先级", "顺序"), with("是怎样的？")},
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
		if strings.HasSuffix(m[1], "做") {
			return of(topic, m[1]) + "了哪些" + m[2] + "？"
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
		return utf8.RuneCountInString(n) <= 8 && !beginsWith(n, "两个", "三个", "几个", "多个") && !hasAny(n, "与", "和", "的") && !endsOf(n, "方式", "情况", "条件") && !generic[n]
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
