/** Words of the demo's two pages of invented people. */
export const peopleWords = {
  'zh-CN': {
    name: '简体中文',
    languages: '语言',
    demo: '这里的人都是虚构的，姓名和证件号码不属于任何人。',
    choose: '以谁的身份登录？',
    chooseWhy: '试用时代替真实的身份认证：选一个人就登录，不用密码。',
    turn: '演示人员',
    turnWhy: '按“转红”，此人的下一个码就是红码，已领的码在一分钟内作废。“撤销”收回演示提供的数据。',
    red: '转红',
    well: '撤销',
    didRed: '已转红',
    didWell: '已撤销',
  },
  'zh-TW': {
    name: '繁體中文',
    languages: '語言',
    demo: '這裡的人都是虛構的，姓名和證件號碼不屬於任何人。',
    choose: '以誰的身分登入？',
    chooseWhy: '試用時代替真實的身分認證：選一個人就登入，不用密碼。',
    turn: '演示人員',
    turnWhy:
      '按「轉紅」，此人的下一個碼就是紅碼，已領的碼在一分鐘內作廢。「撤銷」收回演示提供的資料。',
    red: '轉紅',
    well: '撤銷',
    didRed: '已轉紅',
    didWell: '已撤銷',
  },
  en: {
    name: 'English',
    languages: 'Language',
    demo: 'Everybody here is invented: names and numbers are nobody’s.',
    choose: 'Sign in as whom?',
    chooseWhy:
      'For trying, in place of a real proof of who you are: choose somebody and you are signed in, without a password.',
    turn: 'Invented people',
    turnWhy:
      '“Turn red” makes this person’s next code red; what was issued before is revoked within a minute. “Take back” withdraws what the demo has told.',
    red: 'Turn red',
    well: 'Take back',
    didRed: 'Turned red',
    didWell: 'Taken back',
  },
} as const;
