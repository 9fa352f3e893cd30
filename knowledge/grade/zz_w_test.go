package grade
import ("testing";"fmt";"os";"strings";"strconv")
func TestW(t *testing.T){
 b,_:=os.ReadFile("testdata/fuzz/FuzzAnswer/b0c865acf170d51a")
 l:=strings.Split(string(b),"\n")
 r,_:=strconv.Unquote(strings.TrimSuffix(strings.TrimPrefix(l[2],"string("),")"))
 for _,p:=range points("",tidy(r)){ fmt.Printf("w=%d textw=%d label=%q code=%v tail=%q\n",width(p.String()),width(p.text),p.label,p.code,p.text[max(0,len(p.text)-20):])}
}
