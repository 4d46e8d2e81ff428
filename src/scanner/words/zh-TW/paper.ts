import type { PaperWords } from '../en/paper.ts';

export const zhTwPaper: PaperWords = {
  'paper.title': '值勤須知',
  'paper.print': '列印值勤須知',
  'paper.begin': '開始值勤',
  'paper.begin.how':
    '開啟 Kakou，先選這一班怎麼量體溫，再點自己的編號或輸入，就開始掃描。碼離鏡頭約一個手掌。',
  'paper.cards': '五種結果，各做一件事',
  'paper.pass': '放行。綠碼加體溫正常才算通行；發現發燒，點「{high}」。',
  'paper.temperature': '量體溫，再點「{normal}」或「{high}」。',
  'paper.check': '看畫面上的原因，照著核對，再點「{admit}」或「{refuse}」。',
  'paper.stop': '不放行。告訴對方原因，有專線就請他打專線。要例外，只有班長能放行。',
  'paper.unknown': '機器無法判斷，不是對方的錯。看證件，人工登記，再放行。',
  'paper.cases': '常見的事',
  'paper.screenshot': '截圖、舊碼：請對方開啟健康碼，重新整理，再掃。',
  'paper.noPhone': '沒有手機、手機沒電：看證件，點「{manual}」。不記姓名。',
  'paper.family': '老人、小孩的碼在家人手機上：核對碼上的人在不在場，再點「{admit}」。',
  'paper.mistake': '點錯了：點最下面剛才的結果，10 分鐘內都能改。',
  'paper.offline': '沒有網路：照常掃。紀錄都在本機，有網路自動上傳。',
  'paper.noHub': '連不上管理平台：照常掃，換個網路試試，還不行告訴班長。',
  'paper.redBar': '出現紅條：先不要放行，找班長。',
  'paper.dark': '天黑或反光：開「{light}」，請對方把螢幕調亮。',
  'paper.finish': '結束值勤、交接',
  'paper.finish.how':
    '點「{shift}」，看到「已全部上傳」再結束；沒有網路也能結束，紀錄留在本機。換人點「{handOver}」。',
  'paper.never': '不抄、不拍別人的碼和姓名。不讓別人用本機。',
  'paper.boss': '班長電話',
  'paper.hotline': '專線',
  'paper.clinic': '最近的發燒門診',
};
