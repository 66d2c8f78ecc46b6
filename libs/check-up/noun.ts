/** What comes before the thing that is counted and says nothing of it. */
const LEADING =
  /^(?:[的地得和与、·\s]|及(?!时)|其中|截至目前|截至|截止|目前|本年度|本年|今年|当年|全年|年内|年度|同时|并且|并|且|共计|合计|总计|一共|共|累计|已|还|均|先后|积极|认真|顺利|成功(?!率)|圆满|组织|协助|完成了?(?!率|时|情况)|实现了?|实施了?|取得了?|达到|涉及|包括|包含|含|即|为|是|有|按(?!时|期)|对|我单位|本单位|我中心|本中心|我省|我市|我站|我会|本站|本会|全省|全市|全区|全县|全系统|全站|市本级|省本级|本级|超额|进行)+/;
const TRAILING =
  /(?:[的了为是有至到达约近超仅均各\s：:=＝≥≤]|(?<![合总共统审设])计|共计|(?<!总|一)共|合计为|达到|超过|突破|增长至|增加至|分别|不少于|不低于|总计为|总计达|(?<=.{3})(?:合计|总计))+$/;
const LAST_WORDS =
  /(?:总人数|人数|例数|总数量|总数|数量|总量|总额|金额|场次|人次数|人次|人份数|份数|个数|次数|笔数|件数|总|数)$/;
const VERB =
  /(?:开展|举办|组织|参与|参加|召开|召集|发放|发布|接收|接受|涉及|完成|实现|新增|新建|建成|建立|拥有|获得|获|设立|设|派出|选派|出台|制定|修订|印发|开设|安排|投入|收到|收回|回收|下设|包括|分为|达|协助|救助|慰问|走访|联合|覆盖|惠及|培训|服务|动员|配备|选出|评选|推荐|申报|上线|刊发|推送|报道|处理|整改|排查|共有|现有|还有|共|有|与|对|在|由|等|的|和|及|了|为|是|累计|全年|其中)$/;

/** The words of a stretch of text without what stands around the thing. */
export function strippedNoun(text: string): string {
  let noun = text.replace(/[“”"'《》【】\ue000\d]/g, '').trim();
  for (let before = ''; before !== noun;) {
    before = noun;
    noun = noun.replace(LEADING, '').replace(TRAILING, '').trim();
  }
  return noun;
}

export function endsWithVerb(text: string): boolean {
  return text === '' || VERB.test(text.trim());
}

/**
 * The thing in letters that do not depend on the order of its words: 成功捐献造血干细胞 and 造血干细胞捐献数 are the same.
 */
export function nounKey(noun: string): string {
  let core = strippedNoun(noun)
    .replace(/[（(][^（()）]*[)）]/g, '')
    .replace(/[\s、,，:：“”"的了“-]/g, '')
    .replace(/^(?:实现|完成|开展|举办|新增|成功)(?=.{2})/, '');
  core = core.replace(/(?:新建立|新成立|新设立)/, '新建');
  core = core.replace(LAST_WORDS, '') || core;
  return [...core].sort().join('');
}

/** Names a place in some account or form and nothing by itself. */
const GENERIC =
  /^(?:其中|合计|总计|小计|共计|项目|支出|收入|本年|年初|年末|全年|预算|决算|执行|完成|得分|分值|扣分|占比|比重|成功率|完成率|执行率|增长|减少|增加|下降|同比|上年|数|额|值|金额|数量|人数|总额|总数|实际|计划|目标|指标值?|单价|补助|标准|比例|均|率|收、支|财政拨款|款物?|资金|经费|余额|年初结转|当年|调整|追加|追减|平均|满意度|评分|权重|线上|线下|培训|活动|参与|受益|服务|收益|男|女|个|名|人|市级|县级|省级)*$/;

export function isGeneric(noun: string): boolean {
  const core = strippedNoun(noun).replace(/[、，的]/g, '');
  return [...core].length < 2 || GENERIC.test(core);
}
