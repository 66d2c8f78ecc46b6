import { say, texts } from './say';

export const TOUR_TEXTS = texts({
  tour_1: say('一整年的演示数据', 'A year of demonstration data'),
  tour_1_text: say(
    '这里是一个虚构省份 2023、2024 两年的全部业务。随便看、随便点，弄不坏什么。五步看完主要的地方。',
    'All the work of a made-up province in 2023 and 2024. Look around and click on anything; nothing can break. Five steps show where things are.',
  ),
  tour_2: say('先选期间和单位', 'Choose the period and the organisation'),
  tour_2_text: say(
    '年度、半年、季度或某个月；全省或某一个市。锁形标记说明其中几个月已经结账封存。选好的样子就是网址，发给同事，对方看到的是同一页。',
    'A year, half-year, quarter or month; the province or one city. The lock says how many months are closed and sealed. What you choose stands in the address: send it, and a colleague sees the same.',
  ),
  tour_3: say('每个数字都能点开', 'Every number opens'),
  tour_3_text: say(
    '点数字，看它由哪些登记组成；比率旁边是分子和分母，也能点。“?”是这个数字的口径。未报告、零和不适用是三回事，分开写明。',
    'A number opens the entries it is made of; beside a rate stand its numerator and denominator, which open too. “?” says what the figure means. Not reported, zero and not applicable are told apart.',
  ),
  tour_4: say('从请求到捐献', 'From request to donation'),
  tour_4_text: say(
    '每个环节有多少请求、成功多少，与去年同期和目标相比。想知道为什么，去“转化分析”看流失原因、用时和各地比较。',
    'How many requests each stage had and how many succeeded, beside last year and the target. For the reasons turn to Analysis: losses, times, cities compared.',
  ),
  tour_5: say('其余都在这里', 'The rest is here'),
  tour_5_text: say(
    '日常登记与台账、月结、自评表和管理。各人只看到自己该看的页面；换一个演示账号登录，看到的会不同。导览随时可以从这里再打开。',
    'Daily logging and the ledger, closing, the self-assessment, the office. Everybody sees the pages that are theirs; sign in with another demonstration account to see others. The tour starts again from here.',
  ),
  tourNext: say('下一步', 'Next'),
  tourBack: say('上一步', 'Back'),
  tourEnd: say('看完了', 'Done'),
});
