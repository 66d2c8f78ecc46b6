/**
 * What a number says of its thing: all of it (empty), an amount for each, an average or a price (`each`), how much it
 * moved (`change`), the highest or lowest (`extreme`), or the points that it is worth (`points`).
 */
export type Measure = '' | 'each' | 'change' | 'extreme' | 'points';

const EACH =
  /(?:[人户笔场次例期篇条校批车日月季年周台册份件所县站队班床台本张袋箱个家]均(?!为|已|有|无|未|能|按|由|在|可|达|完成)|平均|均价|单价|(?:单位|人工)成本|(?:补助|救助|资助|补贴|收费|测算|结算|支付)标准)/;
const EACH_LAST = /每(?!年度?$|当|逢)[^每，,、；;：:（）()]{1,12}$/;
const EACH_AFTER = /^\s?(?:[/／](?:人|户|例|次|份|场|台|期|册|单位|年|月|天|篇|个|套|人次|人份)|[的]?(?:单价|均价))/;
const CHANGE_LAST =
  /(?:增加|增长|净增|净减|(?<![新续])增|减少|下降|上升|提高|提升|降低|下滑|压减|压缩|节约|节省|多|少|超出|超额|相差)[了为达约]*\s*$/;
const EXTREME = /最(?:高|低|多|少|大|小|长|短)/;
const POINTS_HEAD = /^(?:分值|权重|标准分|满分|得分|评分|自评分|扣分|自评得分|实际得分|指标分值|指标权重)/;
const CHANGE_HEAD = /(?:增减|增长|变动|同比|环比|增幅|降幅|差额|较上年|比上年)/;

/** @param said the words between the number before and this one; @param after what follows it */
export function measureOf(said: string, after: string): Measure {
  const clause = /[^，,；;：:。（）()]*$/.exec(said)?.[0] ?? '';
  if (CHANGE_LAST.test(clause)) return 'change';
  if (EACH.test(clause) || EACH_LAST.test(clause) || EACH_AFTER.test(after)) return 'each';
  return EXTREME.test(clause) ? 'extreme' : '';
}

/** By the names over and beside a cell. */
export function measureOfCell(head: string, label: string): Measure {
  const name = head.replace(/\s/g, '');
  if (POINTS_HEAD.test(name)) return 'points';
  if (CHANGE_HEAD.test(name)) return 'change';
  const said = `${label}|${name}`;
  return EACH.test(said) || /每[^每|]{1,8}(?:费|额|成本|支出|量|数)/.test(said)
    ? 'each'
    : EXTREME.test(said)
      ? 'extreme'
      : '';
}
