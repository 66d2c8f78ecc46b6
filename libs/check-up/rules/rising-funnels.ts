import { decimal } from '../../core/decimal';
import type { ReportDocument } from '../document';
import type { Finding } from '../finding';
import { sameQuantity, type FoundNumber } from '../found-number';
import { strippedNoun } from '../noun';
import { say } from '../say';
import { numbersOfParagraphs } from '../sentences';

/** The stages of one way, in their order; what comes later is a part of what came before. */
const WAYS: readonly (readonly RegExp[])[] = [
  [
    /^(?:全年)?(?:新)?(?:招募|报名|报名登记)/,
    /^(?:血样)?采样|^采集血样/,
    /^(?:HLA|血样|完成)?(?:检测|分型)(?!率)/,
    /^(?:新增)?(?:检测)?入库(?!率)/,
  ],
  [
    /^初筛(?:请求|动员)?$|^首次动员$/,
    /^初筛同意|^首次动员同意/,
    /^再动员$|^再次动员$/,
    /^再动员同意|^再次动员同意/,
    /^高分辨(?:检测|请求|分型)?$|^高分检测$|^分型确认$/,
    /^(?:检测后|确认)?相合$|^高分(?:辨)?(?:检测)?同意|^高分(?:辨)?(?:检测)?(?:完成|相合)/,
    /^(?:安排)?体检$|^捐献前体检$|^启动体检$/,
    /^(?:实际)?体检(?:完成|合格|通过)|^实际(?:完成)?体检|^完成体检/,
    /^(?:注射|使用)?动员剂(?:注射)?$/,
    /^(?:成功|实现|完成)?(?:造血干细胞)?(?:采集)?捐献(?:造血干细胞)?$/,
  ],
  [
    /^(?:问卷)?发放(?:调查)?(?:问卷)?$|^发出问卷|^发放问卷/,
    /^(?:收回|回收)(?:问卷)?$/,
    /^(?:收回|回收)?有效(?:问卷)?/,
    /^(?:表示)?(?:非常)?满意/,
  ],
  [
    /报名(?:参加|学员)?$|^报名/,
    /^(?:实际)?参训|^参加培训|^参加考核|^参训学员/,
    /^(?:考核)?(?:合格|通过)|^考核合格|^取证|^获证|^颁发证书|^发证/,
  ],
  [
    /^登记|^预约|^到站登记/,
    /^体检(?!合格)|^体格检查|^健康征询/,
    /^体检合格|^初筛(?:合格|检测)/,
    /^(?:成功)?献血|^采集|^采血$/,
    /^送检|^检测合格|^放行/,
  ],
  [
    /^申报|^受理申请|^收到申请|^申请/,
    /^(?:审核)?立项|^审核通过|^评审通过|^获批/,
    /^(?:完成)?结项|^资助|^发放救助|^救助/,
  ],
  [/^制备/, /^检测合格|^合格(?!率)|^放行/, /^发放(?!率)|^供应/],
];
/** What goes through stages; of messages and events on each stage there may be any number. */
const STAGED = new Set(['人', '人次', '例', '人份', '份', '单位', '治疗量', '袋', '户', '项', '件', '毫升']);
const EXPLAINED =
  /(?:跨年|跨年度|结转|上年度?(?:结转|转入|启动|发起)|往年|重启|重新启动|顺延|含上年|包括上年|包含上年|部分为|延续|因|由于|主要是|原因|说明|注[：:]|库存)/;

/** A later stage above an earlier one, of one unit and one period, that nothing explains. */
export function risingFunnels(document: ReportDocument): Finding[] {
  const findings: Finding[] = [];
  for (const [{ line }, numbers] of numbersOfParagraphs(document.sentences)) {
    const explained = [line, line + 1].some(
      (at) =>
        EXPLAINED.test(document.lines[at]?.text ?? '') &&
        (at === line || /^\s*(?:注|说明)/.test(document.lines[at]!.text)),
    );
    if (!explained) findings.push(...rises(numbers));
  }
  for (const { rows, head, end } of document.tables) {
    const after = document.text.slice(end, end + 160);
    if (/^\s*(?:注|说明|备注)/.test(after) && EXPLAINED.test(after.split('\n').slice(0, 3).join(''))) continue;
    const quiet = (some: readonly { readonly text: string }[]): boolean =>
      !some.some(({ text }) => EXPLAINED.test(text));
    head.forEach((name, column) => {
      if (/(?:目标|计划|率|占比|序号|得分|分值)/.test(name)) return;
      const cells = rows.filter((row) => quiet(row)).flatMap((row) => row[column]?.number ?? []);
      findings.push(...rises(cells.map((number) => number)));
    });
    for (const row of rows) {
      if (quiet(row))
        findings.push(
          ...rises(
            row.flatMap(({ number, column }) =>
              number ? [{ ...number, noun: strippedNoun(head[column]!.replace(/[（(].*[)）]/, '')) }] : [],
            ),
          ),
        );
    }
  }
  return findings;
}

function rises(numbers: readonly FoundNumber[]): Finding[] {
  const findings: Finding[] = [];
  for (const way of WAYS) {
    const staged = numbers.flatMap((number, at) => {
      const stage = stageOf(
        number.noun === '实际完成' ? { ...number, noun: `${completed(numbers, at)}完成` } : number,
        way,
      );
      return stage < 0 ? [] : [{ number, stage }];
    });
    for (const [index, { number, stage }] of staged.entries()) {
      const before = staged
        .slice(Math.max(0, index - 6), index)
        .filter((one) => one.stage < stage && comparable(one.number, number))
        .at(-1);
      if (before && sameQuantity(before.number, number)) continue;
      if (!before || decimal(before.number.value).gte(decimal(number.value)) || decimal(before.number.value).isZero())
        continue;
      findings.push(
        say(
          'rising-funnel',
          number,
          {
            zh: `后一环节“${number.noun}”${number.text}多于前一环节“${before.number.noun}”${before.number.text}，请核对，或说明原因（如跨年度结转）。`,
            en: `The later stage "${number.noun}" (${number.text}) is above the earlier "${before.number.noun}" (${before.number.text}); check it, or say why.`,
          },
          { related: [before.number], severity: 'warning' },
        ),
      );
    }
  }
  return findings;
}

/** 安排体检131人次，实际完成104人次: of what was named before it. */
function completed(numbers: readonly FoundNumber[], at: number): string {
  return strippedNoun(numbers[at - 1]?.noun ?? '').replace(/^安排/, '');
}

function stageOf({ noun, kind, unit, worded, bound }: FoundNumber, way: readonly RegExp[]): number {
  if (kind === 'rate' || kind === 'money' || worded || bound || (unit !== '' && !STAGED.has(unit))) return -1;
  const name = strippedNoun(noun).replace(/(?:人数|人次|例数|份数|数量|数|量)$/, '');
  const bare = /(?:率|增|减|累计|目标|计划)/.test(name) ? '' : name;
  for (let stage = way.length - 1; stage >= 0; stage--) if (bare !== '' && way[stage]!.test(bare)) return stage;
  return -1;
}

function comparable(one: FoundNumber, other: FoundNumber): boolean {
  const persons = new Set(['人', '人次', '例', '人份']);
  const units =
    one.unit === other.unit ||
    (persons.has(one.unit) && persons.has(other.unit) && one.unit !== '人份' && other.unit !== '人份');
  return units && one.period === other.period && one.place === other.place;
}
