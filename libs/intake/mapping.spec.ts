import { KINDS, findKind } from '../catalogue/kinds';
import type { KindDefinition } from '../catalogue/kind-definition';
import { FIELD_NAMES, fieldsCalled, plainName } from './column-names';
import { compulsoryFields, proposeMapping, rememberedMapping, requireClear } from './mapping';

const fields = (head: string[], kind: string | null = null, remembered = {}): (string | null)[] =>
  proposeMapping(head, kind === null ? null : findKind(kind)!, remembered).columns.map(({ field }) => field);
const problems = (head: string[], kind: string | null = null): string[] =>
  proposeMapping(head, kind === null ? null : findKind(kind)!).problems.map(
    ({ code, field, columns }) => `${code} ${field ?? columns.join()}`,
  );

describe('a mapping', () => {
  it.each([
    [
      'Chinese',
      ['种类', '机构', '日期', '捐献者编号', '请求编号', '血样编号', '结果', '原因', '数量', '备注', '理由', '编号'],
    ],
    [
      'codes',
      [
        'kind',
        'org',
        'occurredOn',
        'donorCode',
        'caseCode',
        'sampleCode',
        'outcome',
        'reason',
        'quantity',
        'note',
        'justification',
        'id',
      ],
    ],
    [
      'English',
      [
        'Type',
        'Office',
        'Event date',
        'Donor ID',
        'Case ID',
        'Sample ID',
        'Result',
        'Cause',
        'Count',
        'Remarks',
        'Why',
        'UUID',
      ],
    ],
    [
      'other words',
      [
        '业务类型',
        '单位名称',
        '发生日期',
        '志愿者编号',
        '申请编号',
        '样本编号',
        '结论',
        '事由',
        '合计',
        '附注',
        '补录理由',
        '唯一编号',
      ],
    ],
    [
      'words with marks around',
      [
        '种类*',
        ' 机 构 ',
        '日期（必填）',
        '捐献者编号：',
        '请求编号',
        '血样编号',
        '结果',
        '原因',
        '数　量',
        '备注',
        '理由',
        '编号',
      ],
    ],
  ])('knows columns named in %s', (_, head) => {
    expect(fields(head)).toEqual([
      'kind',
      'org',
      'occurredOn',
      'donorCode',
      'caseCode',
      'sampleCode',
      'outcome',
      'reason',
      'quantity',
      'note',
      'justification',
      'id',
    ]);
  });

  it("knows the kind's own attributes, and those of no other", () => {
    expect(fields(['第几次捐献', 'sequence', 'donation number'], 'DonationCompleted')[0]).toBe('attributes.sequence');
    expect(fields(['第几次捐献'], 'ScreenRequested')).toEqual([null]);
  });

  it.each([
    ['场', 'ClinicHeld'],
    ['场次', 'TrainingHeld'],
    ['场次数', 'ClinicHeld'],
    ['次数', 'RescueMission'],
    ['人数', 'RecruitmentRegistered'],
    ['份数', 'SampleCollected'],
    ['数值', 'TrainingHeld'],
    ['完成值', 'TrainingHeld'],
  ])('takes %s for the quantity of %s', (name, kind) => expect(fields([name], kind)).toEqual(['quantity']));

  it.each(['元', '治疗量', '单位'])('takes what is said in %s for the quantity of kinds of that unit', (unit) => {
    const names = { 元: ['金额', '金额（元）'], 治疗量: ['治疗量', '采集量'], 单位: ['采集量'] }[unit]!;
    const kind = (KINDS as readonly KindDefinition[]).find((one) => one.unit === unit)!;
    for (const name of names) expect(fields([name], kind.code)).toEqual(['quantity']);
  });

  it.each([
    ['金额', 'TrainingHeld'],
    ['金额（元）', 'ClinicHeld'],
    ['人数', 'TrainingHeld'],
    ['采集量', 'DonationCompleted'],
    ['治疗量', 'RecruitmentRegistered'],
  ])('asks what %s is for %s, which is not counted so', (name, kind) => {
    expect(fields([name], kind)).toEqual([null]);
    expect(problems([name], kind)).toContain('column_unknown 0');
  });

  it.each(['金额', '场次', '人数', '治疗量', '份数', '采样'])('asks what %s is while no kind is known', (name) => {
    expect(fields([name])).toEqual([null]);
    expect(problems([name])).toContain('column_unknown 0');
  });

  it('takes a column without a letter in its name for nothing, whatever the unit of the kind', () => {
    for (const { code } of KINDS)
      expect(fields(['', '#', '***', '%', '数'], code)).toEqual([null, null, null, null, null]);
    expect(fields(['', '#', '***', '%', '数'])).toEqual([null, null, null, null, null]);
  });

  it.each(['constructor', 'toString', '__proto__', 'hasOwnProperty'])('asks about a column called %s', (name) => {
    expect(problems([name], 'TrainingHeld')).toContain('column_unknown 0');
  });

  it('takes what the kind counts, or what it is called, for the quantity, and 办理时间 for the day', () => {
    expect(fields(['办理时间', '招募登记', '机构'], 'RecruitmentRegistered')).toEqual([
      'occurredOn',
      'quantity',
      'org',
    ]);
    expect(fields(['采样（份）'], 'SampleCollected')).toEqual(['quantity']);
    expect(fields(['份', '数量'], 'SampleCollected')).toEqual([null, 'quantity']);
    expect(fields(['份'])).toEqual([null]);
  });

  it('falls back to what the office chose for another kind where the name says nothing', () => {
    const elsewhere = {
      [plainName('若干')]: 'quantity',
      [plainName('日期')]: null,
      [plainName('甲')]: 'attributes.sequence',
    };
    const kind = findKind('ScreenRequested')!;
    const columns = proposeMapping(['若干', '日期', '甲'], kind, {}, elsewhere).columns;
    expect(columns.map(({ field, by, candidates }) => [field, by, candidates])).toEqual([
      ['quantity', 'remembered elsewhere', ['quantity']],
      ['occurredOn', 'name', ['occurredOn']],
      [null, null, []],
    ]);
  });

  it('asks what a name with a unit is for a kind of another unit, also where it was the quantity of another kind', () => {
    const columns = proposeMapping(['金额'], findKind('TrainingHeld')!, {}, { 金额: 'quantity' }).columns;
    expect(columns.map(({ field, by }) => [field, by])).toEqual([[null, null]]);
  });

  it('lets what is remembered go before what a name says', () => {
    const remembered = { [plainName('日期')]: null, [plainName('哪天')]: 'occurredOn' };
    expect(fields(['日期', '哪天', '机构'], null, remembered)).toEqual([null, 'occurredOn', 'org']);
  });

  it('is remembered by names in one form, what is not read too', () => {
    const remembered = rememberedMapping([
      { name: '哪 天：', field: 'occurredOn' },
      { name: '经办人', field: null },
    ]);
    expect(fields(['哪天', '经办人'], null, remembered)).toEqual(['occurredOn', null]);
    expect(proposeMapping(['哪天', '经办人'], null, remembered).problems.map(({ field }) => field)).toEqual([
      'kind',
      'org',
    ]);
  });

  it('takes the column that is called as we call it before one that is called something like it', () => {
    expect(fields(['登记日期', '日期'])).toEqual([null, 'occurredOn']);
  });

  it('names two columns of one field, unknown columns and missing ones', () => {
    expect(problems(['种类', '发生日期', '登记日期', '颜色', '', '导入问题'])).toEqual([
      'column_unknown 3',
      'column_twice occurredOn',
      'column_missing org',
    ]);
  });

  it('needs what no entry of the kind can be without', () => {
    expect(compulsoryFields(findKind('ScreenAnswered')!)).toEqual([
      'org',
      'occurredOn',
      'donorCode',
      'caseCode',
      'outcome',
    ]);
    expect(compulsoryFields(null)).toEqual(['kind', 'org', 'occurredOn']);
  });

  it('is not read by as long as the user has to decide', () => {
    expect(() => requireClear(proposeMapping(['种类', '机构'], null))).toThrow(/缺少“日期”列/);
    expect(() => requireClear(proposeMapping(['种类', '机构', '日期'], null))).not.toThrow();
  });
});

describe('the names of columns', () => {
  it('stand for one field each', () => {
    const names = FIELD_NAMES.flatMap(({ field, names }) => [field, ...names]);
    expect(names.filter((name) => fieldsCalled(name, []).length !== 1)).toEqual([]);
  });

  it('know every attribute of every kind by its labels', () => {
    const unknown = (KINDS as readonly KindDefinition[]).flatMap((kind) =>
      (kind.attributes ?? []).filter(({ code, label }) =>
        [code, label.zh, label.en].some((name) => !fieldsCalled(name, [kind]).includes(`attributes.${code}`)),
      ),
    );
    expect(unknown).toEqual([]);
  });
});
