import type { ReportDocument } from '../document';
import type { Finding } from '../finding';
import { say } from '../say';

const DATE =
  /((?:19|20)\d{2})\s?(?:年(?:度)?(?:\s?(\d{1,2})\s?月)?(?:\s?(\d{1,2})\s?日)?|[-/.](\d{1,2})[-/.](\d{1,2}))(底|末)?/g;
const COMPARES =
  /(?:比|较|与|相比|同比|上年|去年|同期|增长|下降|增加|减少|以来|起|成立|批准|印发|发布|颁布|通知|办法|规划|文件|首次|曾|历史|当时|自|从|始|建立|启动|结转|批复|签订|荣获|获评|获得|任期|原|开工|延续|往年|修订|法)/;
const AHEAD =
  /(?:计划|将|拟|目标|下一步|明年|次年|安排|打算|预计|力争|展望|年初|预算编制|继续|截止日期|公开|公示|召开|审议|填报|报送|前)/;
const OF_REPORT =
  /(?:本单位|我单位|我中心|本中心|我站|本站|我会|本会|整体支出|收支|收、支|收入|支出|决算|绩效|自评|全年|年度|共有|保有|现有|库容|在编|编制|完成|招募|捐献|采集|献血|财政拨款|预算|回访|开展|培训|采样|项目|实施|举办|组织|全市|全省|全站|发放|慰问|救助)/;

const PUBLISHED =
  /((?:评价|自评|决算|考核)(?:结果|报告|情况)[^。；;\d]{0,6}(?:于|在|已于))((?:19|20)\d{2})年(\d{1,2})月[^。；;]{0,24}(?:公示|公开|公布|报送)/;
const HEADING = /^(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[)）])[^。；;]{0,30}$/;
const PLAN = /(?:改进|措施|下一步|计划|打算|安排|展望|思路|建议)/;
const OPENS = /^(?:19|20)\d{2}\s?年(?:末|底|年末|年底|12月31日)[^。]*(?:当年|本年|今年|年内|新增)/;

/** Years that the report's own period has no place for. */
export function years(document: ReportDocument): Finding[] {
  const { year } = document;
  if (year === null) return [];
  return [
    ...proseYears(document, year),
    ...saidYears(document, year),
    ...headYears(document, year),
    ...publishedTooSoon(document, year),
    ...impossible(document),
  ];
}

function proseYears({ sentences, text, lines }: ReportDocument, year: number): Finding[] {
  return sentences.flatMap((sentence) => {
    const line = text.slice(sentence.start, sentence.end);
    return [...line.matchAll(DATE)].flatMap((match) => {
      const [printed, named = ''] = match;
      const off = Number(named) - year;
      if (off === 0 || Math.abs(off) > 3) return [];
      const before = line.slice(0, match.index);
      const after = line.slice(match.index + printed.length);
      if (/[〔[（(《“-]\s*$/.test(before) || /^\s*[—–~～-]/.test(after) || /(?:[—–~～]|(?<!截)至)\s*$/.test(before))
        return [];
      const stands = isStaleStand(before, printed, match[2], off);
      const begins = /^[\s\d一二三四五六七八九十、（()）.]*(?:在|对|本报告|现将|根据)?$/.test(before) && off !== 0;
      if (!stands && !begins && !/(?:本年度|报告期|评价期|评价年度|自评年度|统计期)[^，,]*$/.test(before)) return [];
      if (
        !stands &&
        (COMPARES.test(line.replace(/与上年相比|比上年|同比|增长|增加|减少|下降/g, '')) || !OF_REPORT.test(after))
      )
        return [];
      if (off > 0 && (AHEAD.test(line) || match[3] !== undefined || isPlan(lines, sentence.line))) return [];
      // 2023年末库容146696人份，当年入库15200人份: what the year began with.
      if (off === -1 && OPENS.test(line.slice(match.index))) return [];
      if (stands && /(?:比|较|与)[^，,]{0,6}$/.test(before)) return [];
      // A table or sentence of the year before that says so is no mistake.
      if (!stands && new RegExp(`${year}\\s?年`).test(line)) return [];
      const start = sentence.start + match.index;
      return [told(start, printed, sentence.line, year, named)];
    });
  });
}

/** Under a heading of what comes next. */
function isPlan(lines: ReportDocument['lines'], at: number): boolean {
  for (let index = at; index >= Math.max(0, at - 8); index--) {
    const line = lines[index]!.text.trim();
    if (HEADING.test(line)) return PLAN.test(line);
  }
  return false;
}

/** 评价结果于2024年3月公示, of the whole of 2024. */
function publishedTooSoon({ sentences, text }: ReportDocument, year: number): Finding[] {
  if (!new RegExp(`${year}\\s?年(?:度)(?!上半年|[一二三四]季度)`).test(text.slice(0, 80))) return [];
  return sentences.flatMap((sentence) => {
    const match = PUBLISHED.exec(sentence.text);
    if (!match || Number(match[2]) !== year || Number(match[3]) > 10) return [];
    const at = sentence.start + match.index + match[1]!.length;
    const printed = `${year}年`;
    return [
      say(
        'year',
        { start: at, end: at + printed.length, text: printed, line: sentence.line },
        {
          zh: `报告的是 ${year} 年全年，评价结果不会在 ${year}年${match[3]}月公开，年份应是写错了。`,
          en: `A report of the whole of ${year} cannot have been published in month ${match[3]} of it.`,
        },
        { expected: `${year + 1}年` },
      ),
    ];
  });
}

/** Turns that name the report's own year, or one that follows from it; what they capture first is the year. */
const SAID: readonly (readonly [RegExp, (off: number, line: string) => boolean])[] = [
  // 预算年度：2024年
  [/(?:预算|报告|评价|自评|绩效|统计|所属|会计)年度\s?[:：]\s?((?:19|20)\d{2})\s?年?/g, () => true],
  // 附：2022年采供血业务统计
  [
    /附(?:件|表)?\s?[\d一二三四五]?\s?[:：.．、]?\s?((?:19|20)\d{2})\s?年/g,
    (_, line) => !/(?:上年|对比|批复|文件|通知|历年|结转)/.test(line),
  ],
  // 到2020年末力争 in a report of 2025
  [/(?:到|至)\s?((?:19|20)\d{2})\s?年(?:末|底)?[^。；;]{0,24}(?:力争|争取|目标|将达|计划)/g, (off) => off < 0],
  // 本单位截至2025年12月31日 in a report of 2024
  [/截[至止](?:到)?\s?((?:19|20)\d{2})\s?年(?:12月31日|(?:年)?[末底])/g, (off) => off > 0],
  // 完成值为2025年1月至12月累计值
  [
    /(?:完成值|数据|统计|口径|本表)[^。；;]{0,16}?((?:19|20)\d{2})\s?年(?:全年|1月(?:1日)?\s?[至到—–~～-]+\s?(?:(?:19|20)\d{2}年)?12月)/g,
    (_, line) => !/(?:上年|同期|对比|比较)/.test(line),
  ],
  // 2022年度自评报告将于…公开
  [/((?:19|20)\d{2})\s?年度?(?:绩效)?(?:自评|评价|决算|总结)?报告(?:将|拟|已?按)/g, (off) => off < 0],
  // 较2023年末净增 in a report of 2025 that tells no other years
  [/(?:较|比)\s?((?:19|20)\d{2})\s?年(?:末|底)/g, (off, line) => off === -2 && !/(?:两年|三年|近年|以来)/.test(line)],
];

function saidYears({ sentences, lines }: ReportDocument, year: number): Finding[] {
  const prose = new Set(sentences.flatMap(({ line, paragraph }) => (paragraph.inTable ? [] : [line])));
  return lines
    .filter(({ index }) => prose.has(index))
    .flatMap((line) =>
      SAID.flatMap(([turn, isWrong]) =>
        [...line.text.matchAll(turn)].flatMap((match) => {
          const named = match[1]!;
          const off = Number(named) - year;
          if (off === 0 || Math.abs(off) > 6 || !isWrong(off, line.text)) return [];
          const at = line.start + match.index + match[0].indexOf(named);
          const printed = /^\d{4}\s?年?/.exec(line.text.slice(at - line.start))![0];
          return [told(at, printed, line.index, off === -2 ? year - (/[较比]/.test(match[0]) ? 1 : 0) : year, named)];
        }),
      ),
    );
}

/** 截至2023年12月31日 in a report of 2024. */
function isStaleStand(before: string, printed: string, month: string | undefined, off: number): boolean {
  return (
    off < 0 &&
    /(?:截至|截止|截止到|截至到)\s*$/.test(before) &&
    (month === undefined || Number(month) >= 6 || /[底末]$/.test(printed))
  );
}

function told(start: number, printed: string, line: number, year: number, named: string): Finding {
  return say(
    'year',
    { start, end: start + printed.length, text: printed, line },
    {
      zh: `报告年度是 ${year} 年，这里写的是 ${printed}，应是沿用了旧文或写错了年份。`,
      en: `The report is of ${year}; ${printed} was carried over or mistyped.`,
    },
    { expected: printed.replace(named, String(year)) },
  );
}

/** Columns and sources of a table that name another year, and none that names the report's own. */
function headYears({ tables, lines, text }: ReportDocument, year: number): Finding[] {
  const findings: Finding[] = [];
  for (const table of tables) {
    const end = table.rows[0]?.[0]?.start ?? table.end;
    const head = table.head.join(' ');
    for (const match of text.slice(table.start, end).matchAll(/((?:19|20)\d{2})年(?:度)?/g)) {
      const [printed, named = ''] = match;
      const off = Number(named) - year;
      if (off === 0 || head.includes(String(year)) || Math.abs(off) > 3) continue;
      // Beside the year before stands the report's own; beside 本年 stands the year before.
      const several = new Set(head.match(/(?:19|20)\d{2}(?=年)/g)).size > 1;
      const beside = /(?:上年|去年|同期|本年|当年|今年)/.test(head);
      if (off === -1 ? several || beside || /比/.test(head) : beside && off > 0) continue;
      const start = table.start + match.index;
      findings.push(told(start, printed, lineAt(lines, start), year, named));
    }
    const sources = table.rows.flatMap((row) =>
      row.filter(({ column, text: cell }) => /来源|依据/.test(table.head[column]!) && /(?:19|20)\d{2}年/.test(cell)),
    );
    for (const cell of sources) {
      const [printed, named = ''] = /((?:19|20)\d{2})年(?:度)?/.exec(cell.text)!;
      if (Number(named) === year) continue;
      const start = cell.start + cell.text.indexOf(printed);
      findings.push(told(start, printed, cell.line, year, named));
    }
  }
  return findings;
}

function lineAt(lines: ReportDocument['lines'], at: number): number {
  return lines.find(({ start, end }) => start <= at && at <= end)?.index ?? 0;
}

/** Periods that end before they begin. */
function impossible({ lines }: ReportDocument): Finding[] {
  return lines.flatMap((line) =>
    [
      ...line.text.matchAll(
        /((?:19|20)\d{2})年(\d{1,2})月(?:\d{1,2}日)?\s?(?:至|到|—|–|-|~|～)+\s?((?:19|20)\d{2})年(\d{1,2})月(?:(\d{1,2})日)?/g,
      ),
    ].flatMap((match) => {
      const [printed, from, fromMonth, to, toMonth] = match;
      if (Number(from) * 12 + Number(fromMonth) <= Number(to) * 12 + Number(toMonth)) return [];
      const at = line.start + match.index + printed.lastIndexOf(to!);
      return [
        say(
          'year',
          {
            start: at,
            end: line.start + match.index + printed.length,
            text: printed.slice(printed.lastIndexOf(to!)),
            line: line.index,
          },
          { zh: `${printed}：起止时间颠倒。`, en: `${printed}: the period ends before it begins.` },
          { expected: printed.slice(printed.lastIndexOf(to!)).replace(to!, from!) },
        ),
      ];
    }),
  );
}
