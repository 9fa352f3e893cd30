package card

import (
	"slices"
	"strings"
	"unicode/utf8"

	"studybot/knowledge/pattern"
)

// twoOf reports a name of two things of a kind: 流量控制与拥塞控制, Docker 和 Podman.
func twoOf(n string) bool {
	if !hasAny(n, "与", "和", "跟", "v", "V") {
		return false
	}
	m := versusHan.FindStringSubmatch(n)
	if m == nil {
		return false
	}
	a, b := strings.TrimSpace(m[1]), strings.TrimSpace(m[2])
	if versusWord.MatchString(n) {
		return true
	}
	if generic[a] || generic[b] || action.MatchString(a) || action.MatchString(b) || hasAny(b, "和", "与", "、") || doing(a, shape{}) {
		return false
	}
	if !hasHan(a) && !hasHan(b) {
		return true
	}
	ra, _ := utf8.DecodeLastRuneInString(a)
	rb, _ := utf8.DecodeLastRuneInString(b)
	return ra == rb && a != b && !startsNumber.MatchString(a) && utf8.RuneCountInString(a) >= 2
}

var startsNumber = pattern.New(`^` + number)

// several are the ends of names of several things.
var several = []string{"模式", "方式", "算法", "策略", "类型", "种类", "分类", "命令", "参数", "指令", "模块", "状态", "功能", "表", "链", "层次", "级别", "等级", "状态码", "错误码",
	"端口", "阶段", "组件", "函数", "变量", "选项", "指标", "角色", "字段", "理念", "项目", "手段", "规则", "报警"}

// plural reports a name of several things: 调度算法, but not dr模式.
func plural(n string) bool {
	common := strings.HasPrefix(n, "常用") || strings.HasPrefix(n, "常见") || strings.HasPrefix(n, "主要")
	return (common || slices.ContainsFunc(several, func(end string) bool { return strings.HasSuffix(n, end) })) && !oneOf.MatchString(n)
}

// sentences reports whether the numbered items are long: points, not steps.
func (s shape) sentences() bool {
	n := 0
	for _, i := range s.items {
		n += utf8.RuneCountInString(i)
	}
	return len(s.items) > 0 && n/len(s.items) > 120
}

// named reports whether most items begin with a name in bold: things, not steps.
func (s shape) named() bool {
	n := 0
	for _, i := range s.items {
		if strings.HasPrefix(i, "**") || strings.HasPrefix(i, "__") {
			n++
		}
	}
	return n*2 > len(s.items)
}

// wordsInCode reports a text in fences that is prose: more Han than Latin letters.
func wordsInCode(s string) bool {
	han, latin := 0, 0
	for _, r := range s {
		switch {
		case r >= 0x4e00 && r < 0xa000:
			han++
		case r|0x20 >= 'a' && r|0x20 <= 'z':
			latin++
		}
	}
	return han > latin
}

// defines reports whether a text begins "N是…", "N is …".
func defines(first, n string) bool {
	const far = 200 // bytes
	if !hasAny(first, "是", " is ", " are ") {
		return false
	}
	for len(first) > far {
		_, size := utf8.DecodeLastRuneInString(first[:far])
		first = first[:far-size]
	}
	f := fold(first)
	n = fold(n)
	if i := strings.LastIndexAny(n, "的 "); i >= 0 {
		n = strings.TrimPrefix(n[i:], "的")
	}
	i := strings.Index(f, strings.TrimSpace(n))
	if i < 0 || i > 20 {
		return false
	}
	rest := strings.TrimLeft(f[i+len(strings.TrimSpace(n)):], " ，,")
	return beginsWith(rest, "是", "就是", "意思是", "指的是", "即", "is ", "are ")
}

var symptom = pattern.New(`报\s*[「“"]|一直(?:显示|提示|报)|(?:提示|返回|显示|顯示|出现|出現|报|報)\s*.{0,30}(?:错误|錯誤|异常|異常|[Ee]rror\b|\bnot \w|\b[45]\d\d\b)|(?:[^速全]失[败敗]|乱码|亂碼|[没沒]有?(?:反应|反應|响应|生效|效果)|打不开|打不開|连不上|連不上|不生效|不起作用|崩溃|卡死)$|[没沒]收到.|(?:^|[^在])(?:无法|無法|找不到).{2,}`)

// ails reports a title that tells what goes wrong: 提示 ModuleNotFoundError, 审查返回乱码.
func ails(title string) bool {
	for _, r := range title {
		switch r {
		case '提', '返', '显', '顯', '出', '报', '報', '败', '敗', '乱', '亂', '没', '沒', '打', '连', '連', '不', '崩', '卡', '无', '無', '找': // one of which is in each
			return symptom.MatchString(title)
		}
	}
	return false
}
