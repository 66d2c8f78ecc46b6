import { decimal, plain } from '../../core/decimal';
import type { ReportDocument, Table } from '../document';
import type { Finding } from '../finding';
import type { FoundNumber } from '../found-number';
import { nounKey } from '../noun';
import { firstOfEach, unitOfNoun } from '../number-index';
import { say } from '../say';

/** Nobody counts parts of these. */
const WHOLE_THINGS = new Set([
  '人',
  '人次',
  '人份',
  '份',
  '例',
  '场',
  '次',
  '户',
  '件',
  '个',
  '项',
  '篇',
  '台',
  '辆',
  '家',
  '所',
  '支',
  '篇次',
  '批',
  '条',
  '本',
  '册',
]);
const MONEY =
  /(?:预算|决算|支出|收入|经费|资金|拨款|款物|捐赠|金额|款|费|采购|补助)(?:数|额|为|共|合计|总计|达|了|约)*$/;
const RATE = /(?:率|占比|满意度)(?:为|达|达到|达成|至|到|的|是)*$/;
const UNITLESS =
  /(?:得分|评分|分值|总分|自评|分数|指数|编号|代码|序号|版本|型号|年度|第|为期|历时|系数|比值|分母|分子|排名|名次|位列|等级|比例为|之比)/;

export function units(document: ReportDocument): Finding[] {
  return [
    ...fractions(document),
    ...missing(document),
    ...missingInTables(document),
    ...moneyMixed(document),
    ...moneyInTables(document),
    ...rateUnits(document),
  ];
}

/** 1.2人 where 1.2万人 is meant. */
function fractions({ numbers, text }: ReportDocument): Finding[] {
  return numbers
    .filter(
      ({ unit, printedUnit, decimals, kind, noun, value, start }) =>
        kind === 'count' &&
        decimals > 0 &&
        unit === printedUnit.replace(/[名位]/, '人') &&
        WHOLE_THINGS.has(unit) &&
        !/[均每]/.test(noun + text.slice(Math.max(0, start - 8), start)) &&
        !decimal(value).isInteger(),
    )
    .map((number) =>
      say(
        'unit',
        number,
        {
          zh: `${number.text}：“${number.unit}”不会有小数，单位可能漏了“万”。`,
          en: `${number.text}: there are no parts of ${number.unit}; 万 may be missing.`,
        },
        { expected: `${number.text.slice(0, number.text.length - number.printedUnit.length)}万${number.printedUnit}` },
      ),
    );
}

/** A number that nothing follows, beside others that have their unit. */
function missing(document: ReportDocument): Finding[] {
  const { sentences, text, numbers } = document;
  const findings: Finding[] = [];
  const inMoney = numbers.find(({ kind }) => kind === 'money')?.printedUnit ?? '';
  for (const sentence of sentences) {
    for (const number of sentence.numbers) {
      if (number.kind !== 'bare' && !(number.kind === 'count' && number.unit === '')) continue;
      if (
        number.range ||
        number.value === '0' ||
        UNITLESS.test(text.slice(Math.max(sentence.start, number.start - 14), number.start))
      )
        continue;
      if (
        /^\s*(?:[/÷×=＝+\-−:：～~—、\t]|[\u4e00-\u9fa5A-Za-z])/.test(text.slice(number.end, number.end + 12)) &&
        !/^\s?(?:用于|，|的\s?\d[\d.]*[%％])/.test(text.slice(number.end, number.end + 12))
      )
        continue;
      if (/[/÷×=＝+～~—(（]\s?$/.test(text.slice(Math.max(0, number.start - 2), number.start))) continue;
      const clause = /[^，,；;：:（）()。、]*$/.exec(text.slice(sentence.start, number.start))?.[0] ?? '';
      // 献血人次由21480增加到25017: the noun says the unit.
      if (!/[\u4e00-\u9fa5]{2}/.test(clause) || /(?:人次|人数|份数|例数|场次|户数)[^，,]*$/.test(clause)) continue;
      const like = number.noun.length > 1 ? unitOfNoun(document, number.noun) : undefined;
      const beside = sentence.numbers.filter((one) => one !== number && one.unit !== '' && !one.worded);
      const money = MONEY.test(clause);
      const rate = RATE.test(clause);
      if (!money && !rate && !like && beside.length === 0) continue;
      const unit = rate ? '%' : (like ?? (money ? inMoney : ''));
      findings.push(
        say(
          'unit',
          number,
          {
            zh: `${clause}${number.text}没有单位${unit ? `，应写 ${number.text}${unit}` : ''}。`,
            en: `${number.text} has no unit${unit ? `; write ${number.text}${unit}` : ''}.`,
          },
          { expected: unit ? `${number.text}${unit}` : null },
        ),
      );
    }
  }
  return findings;
}

/** Beside two amounts in 万元 of its own line, with figures like theirs. */
function isAmongLarge(number: FoundNumber, money: readonly FoundNumber[]): boolean {
  const beside = money.filter(({ line, printedUnit }) => line === number.line && printedUnit === '万元');
  return beside.length >= 2 && decimal(number.value).lt(1_000);
}

/** One cell of a column without the sign that all others have. */
function missingInTables({ tables }: ReportDocument): Finding[] {
  return tables.flatMap(({ head, rows }) =>
    head.flatMap((name, column) => {
      const cells = rows.flatMap((row) => (row[column]?.number ? [row[column]] : []));
      const signed = cells.filter(({ text }) => /[%％‰]$/.test(text));
      if (/[（(]\s?[%％‰]/.test(name) || signed.length < 3 || signed.length !== cells.length - 1) return [];
      const bare = cells.find((cell) => !signed.includes(cell))!;
      if (!/^[-+]?[\d.,]+$/.test(bare.text) || bare.text === '0') return [];
      return [
        say(
          'unit',
          bare,
          {
            zh: `“${name}”一列其他各行都有“%”，这一格漏写。`,
            en: `The other cells of "${name}" have a %; this one lacks it.`,
          },
          { expected: `${bare.text}%`, cell: bare },
        ),
      ];
    }),
  );
}

/** The same thing, the same figures, once in 元 and once in 万元. */
function moneyMixed({ numbers }: ReportDocument): Finding[] {
  const money = numbers.filter(({ kind, worded, range }) => kind === 'money' && !worded && !range);
  const large = money.filter(({ printedUnit }) => printedUnit !== '元').length;
  const inScale = money.filter(({ printedUnit }) => /万|亿/.test(printedUnit));
  const keyOf = ({ measure }: FoundNumber, value: string): string => `${plain(value)} ${measure}`;
  const byValue = firstOfEach(inScale, (one) => keyOf(one, one.value));
  const byNoun = firstOfEach(inScale, (one) => `${keyOf(one, one.value)} ${nounKey(one.noun)}`);
  return money.flatMap((number) => {
    if (number.printedUnit !== '元' || decimal(number.value).isZero()) return [];
    const figures = number.value;
    const key = keyOf(number, decimal(figures).times(10_000).toFixed());
    const twin = number.decimals > 0 ? byValue.get(key) : byNoun.get(`${key} ${nounKey(number.noun)}`);
    // An office that tells everything in 万元 has no total of some hundred 元 and jiao.
    const small =
      large >= 3 &&
      number.measure === '' &&
      number.decimals > 0 &&
      decimal(figures).lt(10_000) &&
      (/(?:预算|决算|支出|收入|总计|合计|拨款|经费|资金|款|金|费)/.test(number.noun) || isAmongLarge(number, money)) &&
      !/(?:人均|每|单价|标准|均|成本|价)/.test(number.noun);
    const plainTwin = !twin && large >= 2 && small;
    if (!twin && !plainTwin) return [];
    const expected = `${number.text.slice(0, -1)}万元`;
    return [
      say(
        'unit',
        number,
        {
          zh: twin
            ? `${number.text}与第 ${twin.line + 1} 行的${twin.text}数字相同而单位不同，应为${expected}。`
            : `本报告金额以“万元”计，${number.text}应为${expected}。`,
          en: twin
            ? `${number.text} has the figures of ${twin.text} in line ${twin.line + 1} and another unit; it should be ${expected}.`
            : `Money is told in 万元 here; ${number.text} should be ${expected}.`,
        },
        { related: twin ? [twin] : [], expected },
      ),
    ];
  });
}

/** A cell 10,000 times the others of its row or column, or that names another unit than its head. */
function moneyInTables({ tables }: ReportDocument): Finding[] {
  return tables.flatMap((table) => [...headUnits(table), ...giants(table)]);
}

function headUnits({ rows, units: heads }: Table): Finding[] {
  return rows.flatMap((row) =>
    row.flatMap((cell) => {
      const unit = heads[cell.column] ?? '';
      const { number } = cell;
      if (!number || !/^(?:万元|元)$/.test(unit) || number.kind !== 'money') return [];
      if (!/元$/.test(cell.text) || number.printedUnit === unit || number.value === '0') return [];
      return [
        say(
          'unit',
          cell,
          {
            zh: `这一列以“${unit}”计，这一格写成了${cell.text}。`,
            en: `The column is in ${unit}; this cell says ${cell.text}.`,
          },
          { cell },
        ),
      ];
    }),
  );
}

function giants({ rows, head }: Table): Finding[] {
  return rows.flatMap((row) => {
    const money = row.filter(
      ({ number, column }) =>
        number?.kind === 'money' &&
        /(?:预算|决算|支出|执行|金额|资金|收入)/.test(head[column]!) &&
        !decimal(number.value).isZero(),
    );
    if (money.length < 2) return [];
    return money.flatMap((cell) => {
      const value = decimal(cell.number!.value);
      const others = money.filter((one) => one !== cell);
      const far = others.filter((one) => {
        const ratio = value.div(decimal(one.number!.value)).abs();
        return ratio.gte(2_000) && ratio.lte(50_000);
      });
      if (far.length !== others.length) return [];
      const right = decimal(cell.number!.value).div(100_000_000);
      return [
        say(
          'unit',
          cell,
          {
            zh: `${cell.text}是同一行其他金额的约一万倍，应是把“元”填进了“万元”栏。`,
            en: `${cell.text} is some 10,000 times the rest of its row: 元 in a column of 万元.`,
          },
          { cell, related: far, expected: right.toFixed() },
        ),
      ];
    });
  });
}

/** What is always told in 万分之 or in ‰ by this trade: 出库率. */
function rateUnits({ numbers, tables }: ReportDocument): Finding[] {
  const differences = new Set(
    tables.flatMap(({ head, rows }) =>
      rows.flatMap((cells) =>
        cells.flatMap(({ number, column }) => (/偏差|增减|变动|同比/.test(head[column] ?? '') ? [number] : [])),
      ),
    ),
  );
  return numbers
    .filter(
      (number) =>
        number.kind === 'rate' &&
        number.unit !== '万分之' &&
        /出库率/.test(number.noun) &&
        decimal(number.value).gt(1) &&
        !differences.has(number),
    )
    .map((number) =>
      say(
        'unit',
        number,
        {
          zh: `出库率以“万分之”计，${number.text}的单位有误。`,
          en: `The release rate is told per ten thousand; the unit of ${number.text} is wrong.`,
        },
        { expected: `万分之${number.value}` },
      ),
    );
}
