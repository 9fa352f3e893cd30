package grade

import (
	"strings"
	"sync"
)

// opposites are words that cannot both be right: a pair of sides a line.
const opposites = `
快,更快,迅速,较快,fast,faster,quick / 慢,更慢,较慢,slow,slower
高,更高,较高,最高,higher,highest / 低,更低,较低,最低,lower,lowest
最好,最优,best / 最差,最坏,worst
更好,较好,better / 更差,较差,worse
并行,parallel / 串行,serial
越多,更多,较多,more / 越少,更少,较少,less,fewer
越大,更大,较大,larger,bigger / 越小,更小,较小,smaller
大于,超过,多于,more than,greater than / 小于,少于,不到,less than,fewer than
最大,最多,至多,上限,maximum,at most / 最小,最少,至少,下限,minimum,at least
增加,增大,增多,变大,increase,grow / 减少,减小,降低,变小,decrease,reduce,shrink
同步,synchronous / 异步,asynchronous,async
阻塞,blocking / 非阻塞,nonblocking,non blocking
临时,暂时,temporary / 永久,永远,permanent
共享,共用,shared / 独立,独占,各自,exclusive
主动,actively / 被动,passively
成功,success / 失败,failure
明文,不加密,未加密,plaintext,plain text,unencrypted / 加密,密文,encrypted
公钥,public key / 私钥,private key
对称,symmetric / 非对称,asymmetric
内核态,kernel mode / 用户态,user mode
单播,unicast / 广播,broadcast
正向,forward / 反向,reverse
有状态,stateful / 无状态,stateless
开启,启用,打开,enable / 关闭,禁用,停用,disable
允许,放行,allow / 拒绝,禁止,丢弃,deny,reject
顺序,sequential / 随机,random
本地,local / 远程,remote
静态,static / 动态,dynamic
自动,automatic,automatically / 手动,手工,manual,manually
前台,foreground / 后台,background
物理,physical / 虚拟,virtual
优点,好处,优势,advantage / 缺点,坏处,劣势,不足,disadvantage,drawback
之前,before / 之后,after
追加,append / 覆盖,替换,overwrite,replace
全量,full / 增量,incremental
水平,横向,horizontal / 垂直,纵向,vertical
奇数,odd / 偶数,even
过半,半数以上,超过半数,多数,majority / 任意一个,任何一个,any one
可靠,reliable / 不可靠,unreliable
升序,ascending / 降序,descending
入站,inbound,ingress / 出站,outbound,egress
只读,read only / 读写,可写,writable
创建,新建,create / 删除,移除,delete,remove
压缩,compress / 解压,解压缩,decompress,extract
封装,encapsulate / 解封装,解包,decapsulate
上升,up / 下降
`

// sides tells, by pair of opposites, which side a text takes, or both.
type sides map[int]said

var oppositeWords = sync.OnceValue(func() *Glossary {
	g := &Glossary{}
	pair := 0
	for line := range strings.Lines(opposites) {
		left, right, ok := strings.Cut(line, "/")
		if !ok {
			continue
		}
		for side, words := range []string{left, right} {
			for w := range strings.SplitSeq(words, ",") {
				g.add(w, 2*pair+side)
			}
		}
		pair++
	}
	return g
})

// sidesOf reads the sides that the words of a folded text take; a denied word takes the
// other side.
func sidesOf(words []lexeme, reach reaches) sides {
	var out sides
	for _, t := range oppositeWords().find(words) {
		for _, g := range t.groups {
			if out == nil {
				out = sides{}
			}
			side := affirmed
			if g%2 == 1 {
				side = denied
			}
			if reach.at(t.from) == denied {
				side ^= affirmed | denied
			}
			out[g/2] |= side
		}
	}
	return out
}

// oppose reports whether two texts take opposite sides in something.
func (a sides) oppose(b sides) bool {
	for pair, x := range a {
		if y := b[pair]; x|y == affirmed|denied && x != y && x != affirmed|denied && y != affirmed|denied {
			return true
		}
	}
	return false
}
