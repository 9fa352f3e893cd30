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
最大,最多,至多,上限,不超过,不能超过,不得超过,不大于,不高于,不多于,maximum,at most,no more than,not more than / 最小,最少,至少,下限,不少于,不能少于,不低于,不小于,minimum,at least,no less than,no fewer than
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

// contraries are words that stand in one another's place, and of which both may stand in
// what is right.
const contraries = `
大于,多于,高于,超过,more than,greater than / 小于,少于,低于,less than,fewer than
早于,先于,before / 晚于,后于,after
客户端,客户机,client / 服务端,服务器,服务器端,server
主节点,主库,主服务器,主实例,master,primary,leader / 从节点,从库,备库,从服务器,从实例,slave,replica,standby,follower
上行,上传,upload,uplink / 下行,下载,download,downlink
读,读取,read / 写,写入,write
先,首先,first / 后,最后,last
输入,input / 输出,output
发送方,发送端,sender / 接收方,接收端,receiver
生产者,producer / 消费者,consumer
源,源地址,source / 目的,目标,目的地址,destination
递归,recursive / 迭代,iterative
左,left / 右,right
加锁,lock / 解锁,unlock
父,parent / 子,child
内网,内部,internal / 外网,公网,外部,external
旧,old / 新,new
入队,入栈,push / 出队,出栈,pop
悲观,pessimistic / 乐观,optimistic
私有,private / 公开,公有,public
硬,hard / 软,soft
编译,compile / 解释,interpret
短,shorter / 长,longer
加快,提高,加速,变快,speed up,improve / 减慢,拖慢,降低,变慢,slow down
启动,start / 停止,stop
成功,succeed / 失败,fail
开始,begin / 结束,end
有序,ordered / 无序,unordered
`

// comparisons is how many of the contraries compare two things: they, and the two
// exchanged, say the same.
const comparisons = 2

// neutral are words in which a contrary is a part, and says nothing.
const neutral = "优先,先后,前后,然后,之后,以后,随后,后面,后端,后台,后果,读者,写法,读写,左右,从而,父子,新旧,子网,子集,子串,长度,软件,硬件,硬盘,源码,资源,来源,目的是,目标是,最新,更新,刷新,重新"

// poleWords finds opposites and contraries: the groups 2n and 2n+1 are sides of one pair, and
// those below 2 are none.
var poleWords = sync.OnceValue(func() *Glossary {
	g := &Glossary{}
	for w := range strings.SplitSeq(neutral, ",") {
		g.add(w, 0)
	}
	g.addPairs(contraries + opposites)
	return g
})

var allContraries = strings.Count(contraries, "/")

// nameOnly reports whether a pair names two things of several: what is not the one need not
// be the other.
func nameOnly(pair int) bool { return pair <= allContraries }

func comparing(pair int) bool { return 0 < pair && pair <= comparisons }

// sides tells, by pair of opposites, which side a text takes, or both.
type sides map[int]said

// addPairs adds pairs of opposites, one a line, the sides of the nth as the groups 2n and 2n+1.
func (g *Glossary) addPairs(lines string) {
	pair := 1
	for line := range strings.Lines(lines) {
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
}

// sidesOf reads the sides that the words of a text take, of opposites alone; a denied word
// takes the other side.
func sidesOf(terms []term, reach reaches) sides {
	var out sides
	end := 0
	for _, t := range terms {
		inside := t.from < end
		end = max(end, t.to)
		if inside {
			continue
		}
		for _, g := range t.groups {
			if nameOnly(g / 2) {
				continue
			}
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
