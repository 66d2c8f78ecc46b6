import { KINDS } from '../catalogue/kinds';
import type { KindDefinition } from '../catalogue/kind-definition';
import { label, type Label } from '../catalogue/label';

/** A field of an entry that a column may hold; `attributes.<code>` for a kind's own. */
export type ColumnField = string;

interface FieldNames {
  readonly field: ColumnField;
  /** Names that people give the column; the first is the one that we give it. */
  readonly names: readonly string[];
}

export const FIELD_NAMES: readonly FieldNames[] = [
  { field: 'id', names: ['编号', '登记编号', '唯一编号', 'uuid', 'entry id'] },
  {
    field: 'kind',
    names: ['种类', '登记种类', '类别', '类型', '业务类型', '事项', '项目', 'type', 'event', 'entry kind'],
  },
  {
    field: 'org',
    names: [
      '机构',
      '机构代码',
      '机构名称',
      '单位',
      '单位名称',
      '工作站',
      '分库',
      '站点',
      '地市',
      '市州',
      '所属机构',
      '登记机构',
      'organisation',
      'organization',
      'org code',
      'office',
      'station',
      'city',
    ],
  },
  {
    field: 'occurredOn',
    names: [
      '日期',
      '发生日期',
      '登记日期',
      '业务日期',
      '时间',
      '发生时间',
      '办理日期',
      '办理时间',
      '采样日期',
      '入库日期',
      '采集日期',
      '回访日期',
      '随访日期',
      '体检日期',
      'date',
      'occurred on',
      'event date',
      'day',
    ],
  },
  {
    field: 'donorCode',
    names: [
      '捐献者编号',
      '捐献者代码',
      '志愿者编号',
      '供者编号',
      '供者代码',
      '捐献者',
      '志愿者',
      'donor',
      'donor code',
      'donor id',
      'donor number',
      'grid',
    ],
  },
  {
    field: 'caseCode',
    names: [
      '请求编号',
      '请求代码',
      '病例编号',
      '案例编号',
      '申请编号',
      '检索编号',
      '配型编号',
      '患者编号',
      'case',
      'case code',
      'case id',
      'request',
      'request id',
    ],
  },
  {
    field: 'sampleCode',
    names: [
      '血样编号',
      '血样代码',
      '样本编号',
      '样品编号',
      '标本编号',
      '试管编号',
      '条码',
      '条形码',
      'sample',
      'sample code',
      'sample id',
      'barcode',
    ],
  },
  {
    field: 'outcome',
    names: [
      '结果',
      '结论',
      '答复',
      '状态',
      '处理结果',
      '回访结果',
      '随访结果',
      '体检结果',
      'result',
      'answer',
      'status',
    ],
  },
  {
    field: 'reason',
    names: ['原因', '事由', '拒绝原因', '退库原因', '不合格原因', '关闭原因', 'cause', 'reason code'],
  },
  {
    field: 'quantity',
    names: ['数量', '数值', '完成值', '合计', 'count', 'amount', 'number', 'qty'],
  },
  { field: 'note', names: ['备注', '说明', '附注', 'notes', 'remark', 'remarks', 'comment'] },
  { field: 'justification', names: ['理由', '补录理由', '更正理由', '补报理由', 'justification', 'why'] },
];

/** Names of the quantity that say what is counted: of kinds of these units only, as 金额 is no number of trainings. */
const NAMES_OF_UNITS: readonly { readonly names: readonly string[]; readonly units: readonly string[] }[] = [
  { names: ['人数', '例数', '人份', '人次'], units: ['人', '人份', '人次', '例'] },
  { names: ['份数'], units: ['份', '人份'] },
  { names: ['件数', '个数'], units: ['件', '个', '台', '项', '支', '辆', '份'] },
  { names: ['场', '场次', '场次数', '次数'], units: ['场', '场次', '次', '期'] },
  { names: ['金额', '金额（元）'], units: ['元'] },
  { names: ['治疗量'], units: ['治疗量'] },
  { names: ['采集量'], units: ['治疗量', '单位'] },
];

const LONGEST_NAME = 1000;
const NAMES = new Map<string, ReadonlySet<ColumnField>>();

/** One form of names that differ in blanks, width, case or punctuation only. */
export function plainName(name: string): string {
  // Nothing has a name so long, and to compose it would take time with the square of its length.
  if (name.length > LONGEST_NAME) return name;
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\((必填|选填|可选|required|optional)\)/g, '')
    .replace(/[^\p{L}\p{N}]/gu, '');
}

/** The fields that a column of this name may hold, attributes of the given kinds among them; of all kinds, unless said. */
export function fieldsCalled(name: string, kinds: readonly KindDefinition[] = KINDS): ColumnField[] {
  if (NAMES.size === 0) fillNames();
  const known = [...(NAMES.get(plainName(name)) ?? [])];
  const units = unitsOf(name);
  return known.filter((field) =>
    field === 'quantity' && units ? kinds.some(({ unit }) => units.includes(unit)) : isOfKinds(field, kinds),
  );
}

/** Whether a name stands for the quantity of some kinds only, by their unit. */
export function saysUnit(name: string): boolean {
  return unitsOf(name) !== undefined;
}

function unitsOf(name: string): readonly string[] | undefined {
  const plain = plainName(name);
  return NAMES_OF_UNITS.find(({ names }) => names.some((one) => plainName(one) === plain))?.units;
}

/** Whether a field is one of every entry, or an attribute of one of the kinds; of any kind, unless said. */
export function isOfKinds(field: ColumnField, kinds: readonly KindDefinition[] = KINDS): boolean {
  if (!field.startsWith('attributes.')) return true;
  return kinds.some((kind) => kind.attributes?.some(({ code }) => `attributes.${code}` === field));
}

function fillNames(): void {
  for (const { field, names } of FIELD_NAMES) addNames(field, [field, ...names]);
  for (const { names } of NAMES_OF_UNITS) addNames('quantity', names);
  for (const kind of KINDS as readonly KindDefinition[]) {
    for (const { code, label } of kind.attributes ?? []) {
      addNames(`attributes.${code}`, [code, `attributes.${code}`, label.zh, label.en]);
    }
  }
}

function addNames(field: ColumnField, names: readonly string[]): void {
  for (const name of names) {
    const plain = plainName(name);
    NAMES.set(plain, new Set([...(NAMES.get(plain) ?? []), field]));
  }
}

/** Whether a column is called what is counted: the unit of the kind, or the kind itself. */
export function isCountOf(name: string, { unit, label, tally, reported }: KindDefinition): boolean {
  const plain = plainName(name);
  // A unit like % has no letter, and is as good as any other mark then.
  if (!(tally || reported) || plain === '' || plain === plainName('数')) return false;
  const [what, en] = [label.zh, label.en];
  const names = [unit, `${unit}数`, what, en, `${what}数`, `${what}数量`, `${what}（${unit}）`, `${what}${unit}数`];
  return names.some((one) => plainName(one) === plain);
}

/** Whether a column is called what we call the field. */
export function isFirstNameOf(name: string, field: ColumnField): boolean {
  const plain = plainName(name);
  return plain === plainName(field) || plain === plainName(fieldName(field).zh);
}

/** What we call a field. */
export function fieldName(field: ColumnField): Label {
  const [first] = FIELD_NAMES.find((one) => one.field === field)?.names ?? [];
  if (first !== undefined) return label(first, field);
  const attributes = (KINDS as readonly KindDefinition[]).flatMap((kind) => kind.attributes ?? []);
  return attributes.find(({ code }) => `attributes.${code}` === field)?.label ?? label(field, field);
}

/** The column in which we say what is wrong with the rows of a file that is given back. */
export const PROBLEMS_COLUMN = '导入问题';

/** Whether a column is one of ours that holds nothing to import. */
export function isPassedOver(name: string): boolean {
  return plainName(name) === PROBLEMS_COLUMN;
}
