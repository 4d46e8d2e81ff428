import type { PaperWords } from '../en/paper.ts';

export const zhCnPaper: PaperWords = {
  'paper.title': '门岗一页纸',
  'paper.print': '打印门岗一页纸',
  'paper.begin': '上班',
  'paper.begin.how':
    '打开卡口，先选这一班怎么测温，再点自己的工号或输入，就开始扫码。码离镜头约一掌。',
  'paper.cards': '五种结果，各做一件事',
  'paper.pass': '放行。绿码加体温正常才算通行；发现发热，点“{high}”。',
  'paper.temperature': '测温，再点“{normal}”或“{high}”。',
  'paper.check': '看屏幕上的原因，照着核对，再点“{admit}”或“{refuse}”。',
  'paper.stop': '不放行。告诉对方原因，有热线就请他打热线。要例外，只有班长能放行。',
  'paper.unknown': '机器判断不了，不是对方的错。看证件，手工登记，再放行。',
  'paper.cases': '常见的事',
  'paper.screenshot': '截图、旧码：请对方打开健康码，刷新，再扫。',
  'paper.noPhone': '没有手机、手机没电：看证件，点“{manual}”。不记姓名。',
  'paper.family': '老人、小孩的码在家人手机上：核对码上的人在不在场，再点“{admit}”。',
  'paper.mistake': '点错了：点最下面刚才的结果，10 分钟内都能改。',
  'paper.offline': '没有网络：照常扫。记录都在本机，有网自动上传。',
  'paper.noHub': '连不上管理平台：照常扫，换个网络试试，还不行告诉班长。',
  'paper.redBar': '出现红条：先不要放行，找班长。',
  'paper.dark': '天黑或反光：开“{light}”，请对方把屏幕调亮。',
  'paper.finish': '下班、交接',
  'paper.finish.how':
    '点“{shift}”，看到“已全部上传”再下班；没有网络也能下班，记录留在本机。换人点“{handOver}”。',
  'paper.never': '不抄、不拍别人的码和姓名。不让别人用本机。',
  'paper.boss': '班长电话',
  'paper.hotline': '热线',
  'paper.clinic': '最近的发热门诊',
};
