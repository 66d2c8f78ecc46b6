/**
 * The words and rows of keys that published lists of leaked passwords begin with, and those that Chinese ones have
 * besides (爱你一生一世, 我爱你, pinyin, telephone rows). In lower case, written down by hand as the stems that the
 * ten characters a password needs are commonly made of.
 */
export const COMMON_PASSWORDS: readonly string[] = `
  password passwd passw0rd p@ssword p@ssw0rd pa55word admin admin123 administrator root toor guest user test tester
  testtest welcome welcome1 letmein login master superman batman dragon monkey shadow sunshine princess football
  baseball iloveyou trustno1 whatever freedom starwars michael jordan hunter killer secret changeme default server
  computer internet samsung google abc abc123 abcd abcd1234 abcdef a123456 aa123456 a12345678 qwer qwer1234 qwert
  qwerty qwerty123 qwertyui qwertyuiop asdf asdfgh asdfghjk asdfghjkl zxcv zxcvbn zxcvbnm zxcvbnm123 qazwsx qazwsxedc
  1qaz2wsx 1qaz2wsx3edc 1q2w3e 1q2w3e4r 1q2w3e4r5t qweasd qweasdzxc q1w2e3r4 zaq12wsx 123qwe 123qweasd qwe123
  123 1234 12345 123456 1234567 12345678 123456789 1234567890 0123456789 9876543210 987654321 87654321 654321 0987654321
  123123 123321 112233 11223344 1122334455 111222 111222333 147258 147258369 159357 159753 123654 789456 789456123
  741852963 963852741 102030 121212 131313 101010 000000 111111 222222 333333 555555 666666 777777 888888 999999
  520 5201314 520520 1314 1314520 13145200 5211314 7758521 7758258 201314 woaini woaini520 woaini1314 woaini5201314
  woaiwojia woaizhongguo aini aini1314 iloveyou1314 loveyou love1314 tiantang xiaoming xiaoxiao wangyut2
  zhongguo zhonghua beijing shanghai guangzhou hunan changsha wuhan nihao nihaoma buzhidao caonima woshishui
  mima mimamima wodemima dangdang dearbook taobao tencent weixin qq123456 wang wang123 zhang zhang123 li123456
  hongshizi xianxue zaoxieganxibao guke redcross bloodbank marrow donor donation ledger
`
  .trim()
  .split(/\s+/);
