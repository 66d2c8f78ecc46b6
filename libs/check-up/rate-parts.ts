/** Which nouns a rate is the ratio of, by its name. */
export interface RateParts {
  readonly name: RegExp;
  readonly above: RegExp;
  readonly below: RegExp;
  /** Parts of different units belong together: 例 over 人. */
  readonly mixed?: boolean;
}

export const RATE_PARTS: readonly RateParts[] = [
  { name: /出库率/, above: /捐献(?!.*累计)/, below: /库容/, mixed: true },
  { name: /库容使用率/, above: /累计.*捐献|捐献.*累计/, below: /入库/, mixed: true },
  { name: /回访(?:覆盖|完成|成功)?率/, above: /回访/, below: /库容|应回访|计划回访/, mixed: true },
  { name: /(?:预算)?执行率|支出进度|预算完成率/, above: /决算|执行|支出|实际|完成/, below: /预算/ },
  { name: /满意[率度]/, above: /满意(?!度)/, below: /回收|收回|有效|调查|受访|问卷/ },
  { name: /回收率/, above: /回收|收回/, below: /发放|发出|印发|问卷/ },
  { name: /有效率/, above: /有效/, below: /回收|收回|发放/ },
  { name: /(?:持证|取证|获证|发证|结业)率/, above: /持证|取证|获证|合格|发证|结业/, below: /培训|参训|学员|考核/ },
  {
    name: /合格率|通过率|达标率/,
    above: /合格|通过|达标/,
    below: /检测|检验|制备|抽检|抽查|考核|参训|参考|送检|采集|总|共|检查/,
  },
  { name: /不合格率|报废率/, above: /不合格|报废/, below: /检测|制备|采集|采血|总|共/ },
  { name: /阳性率|检出率/, above: /阳性|检出/, below: /检测|筛查|检验/ },
  { name: /及时率|按时率/, above: /及时|按时/, below: /应|总|共|任务|受理|全部/ },
  { name: /到位率/, above: /到位/, below: /应到|预算|计划|核定/ },
  { name: /完成率/, above: /完成|实际/, below: /目标|计划|任务|指标|应/ },
  { name: /入库率/, above: /入库/, below: /采样|采集|招募|送检|检测/, mixed: true },
  { name: /同意率|成功率/, above: /同意|成功/, below: /初筛|动员|联系|高分|体检|请求/, mixed: true },
  { name: /(?:反悔|悔捐|流失)率/, above: /反悔|悔捐|流失/, below: /同意|总|共|请求/ },
  { name: /(?:再次|重复|复捐)?献血率|重复率|复捐率/, above: /重复|再次|复捐/, below: /献血|总|共/ },
  { name: /(?:采购)执行率/, above: /采购支出|实际采购/, below: /采购预算/ },
  { name: /结转结余率/, above: /结转|结余/, below: /预算/ },
  // Of the initial budget or of the adjusted one: offices use both.
  { name: /预算调整率/, above: /调整(?!后|预算)|追加/, below: /年初预算/ },
  { name: /预算调整率/, above: /调整(?!后|预算)|追加/, below: /调整(?:后|后的)?预算/ },
  { name: /控制率/, above: /在职|在编|实际|支出/, below: /编制|预算/ },
  { name: /利用率|使用率/, above: /使用|利用|在用/, below: /总|保有|全部|资产|共/ },
  { name: /(?:参与|参训|出勤|到课)率/, above: /参与|参训|出勤|实到|实际/, below: /应|计划|邀请|报名|总|共/ },
  { name: /资助率|救助率/, above: /资助|救助/, below: /申请|受理/ },
  { name: /覆盖率/, above: /覆盖|已|建成|配备/, below: /应|总|共|全省|全市|辖/ },
  { name: /使用合格率|发放率/, above: /发放/, below: /制备|合格|采集|印制|制作|采购/ },
];
