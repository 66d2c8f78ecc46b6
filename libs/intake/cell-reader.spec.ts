import { DONOR_KINDS } from '../catalogue/donor-kinds';
import { KINDS } from '../catalogue/kinds';
import type { KindDefinition } from '../catalogue/kind-definition';
import { REASONS } from '../catalogue/reasons';
import { checkEntry } from '../ledger/check-entry';
import { OrgNames } from './cell-orgs';
import { readCells, type ReadRow } from './cell-reader';
import { SYNONYMS } from './cell-synonyms';
import { cellText, cellWords, neutralised } from './cell-text';
import { plainName } from './column-names';
import { proposeMapping } from './mapping';

const ORGS = new OrgNames([
  { org: 'HN', nameZh: '湖南省管理中心', nameEn: 'Hunan' },
  { org: 'CS', nameZh: '长沙市', nameEn: 'Changsha' },
  { org: 'C-S', nameZh: '湘潭市', nameEn: 'Xiangtan' },
  { org: 'YZ', nameZh: '永州市', nameEn: 'Yongzhou' },
  { org: 'YZ1', nameZh: '雨花区', nameEn: 'Yuhua' },
  { org: 'YZ2', nameZh: '雨花县', nameEn: 'Yuhua county' },
]);

function read(cells: Record<string, string>, from1904 = false): ReadRow {
  const mapping = proposeMapping(Object.keys(cells), null);
  return readCells({ row: 2, cells: Object.values(cells) }, mapping, { orgs: ORGS, from1904 });
}

const valueOf = (field: string, text: string, more: Record<string, string> = {}): unknown =>
  read({ ...more, [field]: text }).input[field];
const problemOf = (field: string, text: string, more: Record<string, string> = {}): string | undefined =>
  read({ ...more, [field]: text }).problems[0]?.problem.code;

describe('a cell of a code, a number or a date', () => {
  it('that is longer than any is not composed, and stays for the check to refuse', () => {
    const composed = jest.spyOn(String.prototype, 'normalize');
    const long = '\u0300\u0316'.repeat(150_000);
    expect(cellText(` ${long}\u200b `)).toBe(long);
    expect(plainName(long)).toBe(long);
    expect(composed).not.toHaveBeenCalled();
    composed.mockRestore();
  });

  it('keeps the blanks within, and none around or behind an apostrophe', () => {
    expect(cellText(" \u200b' Ａ \u00a0B\u2060\n")).toBe('A  B');
    expect(cellWords('\u3000校园  活动 ')).toBe('校园  活动');
  });
});

describe('a date', () => {
  it.each([
    '2024-05-31',
    '2024/5/31',
    '2024.5.31',
    '20240531',
    '2024年5月31日',
    '2024 年 5 月 31 日',
    '2024年05月31号',
    '２０２４／５／３１',
    ' 2024-05-31\u00a0',
    "'2024-05-31",
    '2024-05-31 08:30',
    '2024/5/31 8:30:00',
    '2024-05-31T08:30:00',
    '45443',
    '45443.75',
  ])('written as %s is read', (text) => {
    expect(valueOf('occurredOn', text)).toBe('2024-05-31');
  });

  it('given as a number is counted from the day that the workbook counts from', () => {
    expect(read({ occurredOn: '43981' }, true).input).toEqual({ occurredOn: '2024-05-31' });
  });

  it.each(['5/6/2024', '05-06-24', '24年5月6日', '31.5.2024', '24-5-31'])(
    'written as %s may be several and is refused',
    (text) => {
      expect([valueOf('occurredOn', text), problemOf('occurredOn', text)]).toEqual([text, 'date_ambiguous']);
    },
  );

  it.each([
    '2024-02-31',
    '2024年2月31日',
    '20240231',
    '2024-13-01',
    '2024-5/31',
    '昨天',
    '2024-05',
    '1900-02-29',
    '2024-05-31T16:00:00Z',
    '99999999',
  ])('written as %s is none, and stays for the check to name', (text) => {
    expect([valueOf('occurredOn', text), problemOf('occurredOn', text)]).toEqual([text, undefined]);
    const entry = {
      id: '0194f000-0000-7000-8000-000000000001',
      kind: 'RecruitmentRegistered',
      org: 'CS',
      occurredOn: text,
    };
    const bounds = { orgs: new Map([['CS', null]]), firstDay: '2000-01-01', today: '2024-06-01' };
    expect(() => checkEntry(entry, bounds)).toThrow(`“${text}”不是日历上的一天`);
  });
});

describe('a number', () => {
  it.each([
    ['1,234', '1234'],
    ['１，２３４', '1234'],
    ['1,234,567.50', '1234567.5'],
    ['3.0', '3'],
    ['１．５', '1.5'],
    ["'12", '12'],
    ['\u3000 7 ', '7'],
    ['1,23', '1,23'],
    ['-3', '-3'],
    ['50%', '50%'],
    ['三', '三'],
    ['0.125', '0.125'],
  ])('written as %s is read as %s', (text, value) => {
    expect(valueOf('quantity', text)).toBe(value);
  });
});

describe('a code', () => {
  it.each([
    ['ＨＮ－００１２', 'HN-0012'],
    ["'00123", '00123'],
    ['\u200b00123\u00a0', '00123'],
    ['D 1', 'D 1'],
  ])('written as %j is read as %j', (text, value) => {
    expect(valueOf('donorCode', text)).toBe(value);
  });
});

describe('an org', () => {
  it.each([
    ['CS', 'CS'],
    ['cs', undefined],
    ['C-S', 'C-S'],
    ['长沙市', 'CS'],
    ['长沙', 'CS'],
    ['Changsha', 'CS'],
    ['永州', 'YZ'],
    ['长沙市（CS）', 'CS'],
    ['北京', undefined],
    ['雨花', undefined],
  ])('called %s is found where only one is', (text, org) => {
    expect(valueOf('org', text)).toBe(org ?? text);
  });

  it.each(['雨花', 'cs'])('called %s may be several and is refused with their codes', (text) => {
    expect(problemOf('org', text)).toBe('label_ambiguous');
  });
});

describe('a kind, an outcome and a reason', () => {
  it.each([
    ['初筛答复', '拒绝', '家属反对'],
    ['ScreenAnswered', 'refused', 'PR_FAMILY'],
    ['first mobilisation answered', 'Refused', 'pr_family'],
    ['初筛答复（ScreenAnswered）', '不同意', '家人反对'],
  ])('are read as %s, %s, %s', (kind, outcome, reason) => {
    expect(read({ kind, outcome, reason })).toEqual({
      input: { kind: 'ScreenAnswered', outcome: 'refused', reason: 'PR_FAMILY' },
      problems: [],
    });
  });

  it.each([
    ['捐献者方面', 'OT'],
    ['患者方面', 'OTH'],
  ])('mean what may stand there: other, of %s', (outcome, reason) => {
    expect(read({ reason: '其他', kind: '请求关闭', outcome }).input['reason']).toBe(reason);
  });

  it('are known by every code and label of the catalogue', () => {
    const unread = (KINDS as readonly KindDefinition[]).flatMap((kind) =>
      [kind.code, kind.label.zh, kind.label.en]
        .filter((text) => valueOf('kind', text) !== kind.code)
        .concat(
          (kind.outcomes ?? []).flatMap(({ code, label, reasons = [] }) => [
            ...[code, label.zh, label.en].filter((text) => valueOf('outcome', text, { kind: kind.code }) !== code),
            ...reasons.flatMap((reason) => {
              const known = REASONS.find((one) => one.code === reason)!;
              const more = { kind: kind.code, outcome: code };
              return [known.label.zh, known.label.en].filter((text) => valueOf('reason', text, more) !== reason);
            }),
          ]),
        ),
    );
    expect(unread).toEqual([]);
  });

  it('have other words for codes of the catalogue alone', () => {
    const codes = new Set<string>([
      ...REASONS.map(({ code }) => code),
      ...(KINDS as readonly KindDefinition[]).flatMap((kind) => (kind.outcomes ?? []).map(({ code }) => code)),
    ]);
    expect(Object.keys(SYNONYMS).filter((code) => !codes.has(code))).toEqual([]);
  });

  it('that are unknown stay for the check to name', () => {
    expect(read({ kind: '野餐', outcome: '也许', reason: '下雨' })).toEqual({
      input: { kind: '野餐', outcome: '也许', reason: '下雨' },
      problems: [],
    });
  });
});

describe('a choice of a kind of its own', () => {
  const choices = (KINDS as readonly KindDefinition[]).flatMap(({ code: kind, attributes = [] }) =>
    attributes.flatMap((attribute) => (attribute.choices ?? []).map((choice) => ({ kind, attribute, choice }))),
  );
  const readOf = (kind: string, attribute: string, text: string) => read({ kind, [attribute]: text });

  it('is read by every code and label, whatever label the column has', () => {
    expect(choices.length).toBeGreaterThan(0);
    const unread = choices.flatMap(({ kind, attribute, choice: { code, label } }) =>
      [attribute.label.zh, `attributes.${attribute.code}`].flatMap((column) =>
        [code, label.zh, label.en, ` ${label.en.toUpperCase()} `, `${label.zh}（${code}）`].filter((text) => {
          const { input, problems } = readOf(kind, column, text);
          const value = (input['attributes'] as Record<string, unknown> | undefined)?.[attribute.code];
          return value !== code || problems.length > 0;
        }),
      ),
    );
    expect(unread).toEqual([]);
  });

  it('that is unknown stays for the check to name', () => {
    expect(readOf('MediaReported', '媒体级别', '外星')).toEqual({
      input: { kind: 'MediaReported', attributes: { level: '外星' } },
      problems: [],
    });
  });
});

describe('a row', () => {
  it('takes the kind of the mapping unless it says its own', () => {
    const mapping = proposeMapping(['种类', '机构'], DONOR_KINDS[3]);
    const context = { orgs: ORGS, from1904: false };
    expect(readCells({ row: 2, cells: ['', 'CS'] }, mapping, context).input).toEqual({
      kind: DONOR_KINDS[3].code,
      org: 'CS',
    });
    expect(readCells({ row: 2, cells: ['采样', 'CS'] }, mapping, context).input['kind']).toBe('SampleCollected');
  });

  it('keeps words as they are, but for what keeps them from being run', () => {
    expect(valueOf('note', " '=1+1 ")).toBe('=1+1');
    expect(valueOf('note', '全角，保留１')).toBe('全角，保留１');
  });

  it.each(['=1+1', '+1', '-1', '@a', '\ta', '\ra'])(
    'goes into a CSV so that no table program runs %j, and comes back the same',
    (text) => {
      expect(neutralised(text)).toBe(`'${text}`);
      expect(valueOf('note', neutralised(text))).toBe(text);
    },
  );
});
