import { label, type Label } from './label';
import { reasonsOf, type ReasonCode } from './reasons';

/** Which code an entry names its subject by. */
export type Subject = 'donor' | 'case' | 'sample';

export interface OutcomeDefinition {
  readonly code: string;
  readonly label: Label;
  /** The reasons one of which this outcome must be given with. */
  readonly reasons?: readonly ReasonCode[];
}

/** What must stand, or must not, for the same subject on or before the day of the entry (R5). */
export interface Guard {
  readonly on: Subject;
  readonly after?: { readonly kind: string; readonly outcome?: string };
  /** A donor who was listed before the ledger began, and so is in an opening tally only, passes (R6). */
  readonly orOpening?: boolean;
  readonly notAfter?: { readonly kind: string };
}

export interface KindDefinition {
  readonly code: string;
  readonly label: Label;
  readonly unit: string;
  /** The codes that an entry of this kind carries: `!` must, `?` may. */
  readonly subjects: { readonly [subject in Subject]?: '!' | '?' };
  /** Whether one entry may stand for several (quantity other than 1, without a subject): a daily tally. */
  readonly tally?: boolean;
  /** Opening tallies are dated the registry's first day and feed stock and cumulative figures only (R6). */
  readonly opening?: boolean;
  readonly outcomes?: readonly OutcomeDefinition[];
  /** Reasons for a kind without outcomes; compulsory when given. */
  readonly reasons?: readonly ReasonCode[];
  readonly attributes?: readonly AttributeDefinition[];
  readonly guards?: readonly Guard[];
}

export interface AttributeDefinition {
  readonly code: string;
  readonly label: Label;
  readonly type: 'date' | 'integer' | 'choice';
  readonly choices?: readonly string[];
  /** The outcomes with which it must be given; `true`: always. */
  readonly required?: true | readonly string[];
}

const AGREED = { code: 'agreed', label: label('同意', 'agreed') };
const REFUSED = { code: 'refused', label: label('拒绝', 'refused'), reasons: reasonsOf('donor') };

/** Listed in the registry, by its own entries or by an opening, and not withdrawn since. */
const LISTED: readonly Guard[] = [
  { on: 'donor', after: { kind: 'DonorEnrolled' }, orOpening: true },
  { on: 'donor', notAfter: { kind: 'DonorWithdrawn' } },
];
const REQUEST_OPEN: Guard = { on: 'case', after: { kind: 'ScreenRequested' } };

/** Every kind of entry of the pathway from recruitment to withdrawal, in its order. */
export const KINDS = [
  {
    code: 'OpeningStock',
    label: label('期初库容', 'opening stock'),
    unit: '人份',
    subjects: {},
    tally: true,
    opening: true,
  },
  {
    code: 'OpeningEnrolled',
    label: label('期初累计入库', 'opening, ever enrolled'),
    unit: '人份',
    subjects: {},
    tally: true,
    opening: true,
  },
  {
    code: 'OpeningDonated',
    label: label('期初累计捐献', 'opening, ever donated'),
    unit: '例',
    subjects: {},
    tally: true,
    opening: true,
  },
  {
    code: 'RecruitmentRegistered',
    label: label('招募登记', 'recruitment registered'),
    unit: '人',
    subjects: { donor: '?' },
    tally: true,
  },
  {
    code: 'SampleCollected',
    label: label('采样', 'sample collected'),
    unit: '份',
    subjects: { donor: '?', sample: '?' },
    tally: true,
    guards: [{ on: 'donor', after: { kind: 'RecruitmentRegistered' }, orOpening: true }],
  },
  {
    code: 'SampleDispatched',
    label: label('血样中转送检', 'sample passed on'),
    unit: '份',
    subjects: { sample: '?' },
    tally: true,
    guards: [{ on: 'sample', after: { kind: 'SampleCollected' } }],
  },
  {
    code: 'SampleRejected',
    label: label('血样拒收或报废', 'sample rejected'),
    unit: '份',
    subjects: { sample: '?' },
    tally: true,
    outcomes: [
      { code: 'unfit', label: label('不合格', 'unfit'), reasons: reasonsOf('sample') },
      { code: 'destroyed', label: label('人为损毁', 'destroyed by mishandling') },
      { code: 'discarded', label: label('废弃', 'discarded') },
    ],
    guards: [{ on: 'sample', after: { kind: 'SampleCollected' } }],
  },
  {
    code: 'SampleTyped',
    label: label('HLA 分型', 'sample typed'),
    unit: '份',
    subjects: { sample: '?' },
    tally: true,
    guards: [{ on: 'sample', after: { kind: 'SampleCollected' } }],
  },
  {
    code: 'DonorEnrolled',
    label: label('入库', 'donor enrolled'),
    unit: '人份',
    subjects: { donor: '?', sample: '?' },
    tally: true,
    guards: [{ on: 'sample', after: { kind: 'SampleTyped' } }],
  },
  {
    code: 'DonorStatusChanged',
    label: label('捐献者状态变更', 'donor status changed'),
    unit: '人份',
    subjects: { donor: '!' },
    outcomes: [
      {
        code: 'TU',
        label: label('暂不可用', 'temporarily unavailable'),
        reasons: ['MR', 'MO', 'UC', 'PR', 'PR_FAMILY', 'PR_TIME', 'OT'],
      },
      { code: 'AV', label: label('恢复可用', 'available again') },
      { code: 'RS', label: label('为患者保留', 'reserved for a patient') },
      { code: 'RL', label: label('解除保留', 'released') },
    ],
    guards: LISTED,
  },
  {
    code: 'DonorTransferred',
    label: label('捐献者转移', 'donor transferred'),
    unit: '人份',
    subjects: { donor: '!' },
    outcomes: [
      { code: 'out', label: label('转出', 'out') },
      { code: 'in', label: label('转入', 'in') },
    ],
    guards: LISTED,
  },
  {
    code: 'DonorWithdrawn',
    label: label('退库', 'donor withdrawn'),
    unit: '人份',
    subjects: { donor: '!' },
    outcomes: [
      { code: 'from_available', label: label('退库前可用', 'was available'), reasons: reasonsOf('donor') },
      { code: 'from_unavailable', label: label('退库前暂不可用', 'was unavailable'), reasons: reasonsOf('donor') },
    ],
    guards: LISTED,
  },
  {
    code: 'RetentionContacted',
    label: label('入库回访', 'retention contact'),
    unit: '人份',
    subjects: { donor: '!' },
    outcomes: [
      { code: 'confirmed', label: label('联系上且愿意', 'reached and willing') },
      { code: 'reached', label: label('联系上未表态', 'reached, undecided') },
      { code: 'not_reached', label: label('未联系上', 'not reached') },
      { code: 'moved', label: label('已迁移', 'moved') },
      { code: 'unwilling', label: label('联系上不愿意', 'reached and unwilling') },
    ],
    guards: LISTED,
  },
  {
    code: 'SearchMatched',
    label: label('检索初配', 'preliminary match'),
    unit: '人次',
    subjects: { case: '?' },
    tally: true,
    outcomes: [
      { code: 'matched', label: label('有相合者', 'matched') },
      { code: 'unmatched', label: label('无相合者', 'no match') },
    ],
  },
  {
    code: 'ScreenRequested',
    label: label('初筛', 'first mobilisation requested'),
    unit: '人次',
    subjects: { donor: '!', case: '!' },
    guards: LISTED,
  },
  {
    code: 'ScreenAnswered',
    label: label('初筛答复', 'first mobilisation answered'),
    unit: '人次',
    subjects: { donor: '!', case: '!' },
    outcomes: [AGREED, REFUSED],
    guards: [REQUEST_OPEN],
  },
  {
    code: 'RemobiliseRequested',
    label: label('再动员', 'second mobilisation requested'),
    unit: '人次',
    subjects: { donor: '!', case: '!' },
    guards: [{ on: 'case', after: { kind: 'ScreenAnswered', outcome: 'agreed' } }],
  },
  {
    code: 'RemobiliseAnswered',
    label: label('再动员答复', 'second mobilisation answered'),
    unit: '人次',
    subjects: { donor: '!', case: '!' },
    outcomes: [AGREED, REFUSED],
    guards: [{ on: 'case', after: { kind: 'RemobiliseRequested' } }],
  },
  {
    code: 'HrTypingRequested',
    label: label('高分辨', 'high-resolution typing requested'),
    unit: '人次',
    subjects: { donor: '!', case: '!' },
    guards: [{ on: 'case', after: { kind: 'RemobiliseAnswered', outcome: 'agreed' } }],
  },
  {
    code: 'HrTypingAnswered',
    label: label('高分答复', 'high-resolution typing answered'),
    unit: '人次',
    subjects: { donor: '!', case: '!' },
    outcomes: [AGREED, REFUSED],
    guards: [{ on: 'case', after: { kind: 'HrTypingRequested' } }],
  },
  {
    code: 'HrTypingConcluded',
    label: label('高分结果', 'high-resolution typing concluded'),
    unit: '人次',
    subjects: { donor: '!', case: '!' },
    outcomes: [
      { code: 'match', label: label('相合', 'match') },
      { code: 'mismatch', label: label('不相合', 'mismatch') },
    ],
    guards: [{ on: 'case', after: { kind: 'HrTypingAnswered', outcome: 'agreed' } }],
  },
  {
    code: 'ExamStarted',
    label: label('体检', 'workup examination started'),
    unit: '人次',
    subjects: { donor: '!', case: '!' },
    guards: [{ on: 'case', after: { kind: 'HrTypingConcluded', outcome: 'match' } }],
  },
  {
    code: 'ExamConcluded',
    label: label('体检完成', 'workup examination concluded'),
    unit: '人次',
    subjects: { donor: '!', case: '!' },
    outcomes: [
      { code: 'fit', label: label('合格', 'fit') },
      { code: 'unfit', label: label('不合格', 'unfit'), reasons: ['MR', 'OT'] },
    ],
    guards: [{ on: 'case', after: { kind: 'ExamStarted' } }],
  },
  {
    code: 'MobilisationStarted',
    label: label('动员剂', 'mobilisation agent started'),
    unit: '例',
    subjects: { donor: '!', case: '!' },
    guards: [{ on: 'case', after: { kind: 'ExamConcluded', outcome: 'fit' } }],
  },
  {
    code: 'DonationCompleted',
    label: label('采集捐献', 'donation completed'),
    unit: '例',
    subjects: { donor: '!', case: '!' },
    outcomes: [
      { code: 'hpc_apheresis', label: label('外周血造血干细胞', 'HPC(A)') },
      { code: 'hpc_marrow', label: label('骨髓', 'HPC(M)') },
      { code: 'lymphocytes', label: label('淋巴细胞', 'lymphocytes') },
    ],
    attributes: [{ code: 'sequence', label: label('第几次捐献', 'donation number'), type: 'integer' }],
    guards: [{ on: 'case', after: { kind: 'MobilisationStarted' } }],
  },
  {
    code: 'FollowUpRecorded',
    label: label('捐献后随访', 'post-donation follow-up'),
    unit: '人次',
    subjects: { donor: '!', case: '?' },
    outcomes: [
      { code: 'well', label: label('状况良好', 'well') },
      { code: 'complaint', label: label('有不适', 'with complaints') },
      { code: 'not_reached', label: label('未联系上', 'not reached') },
    ],
    guards: [{ on: 'donor', after: { kind: 'DonationCompleted' }, orOpening: true }],
  },
  {
    code: 'RequestHeld',
    label: label('请求暂缓', 'request held'),
    unit: '人次',
    subjects: { donor: '!', case: '!' },
    outcomes: [
      { code: 'donor_side', label: label('捐献者方面', 'donor side'), reasons: reasonsOf('donor') },
      { code: 'patient_side', label: label('患者方面', 'patient side'), reasons: reasonsOf('patient') },
    ],
    guards: [REQUEST_OPEN],
  },
  {
    code: 'RequestResumed',
    label: label('请求恢复', 'request resumed'),
    unit: '人次',
    subjects: { donor: '!', case: '!' },
    guards: [{ on: 'case', after: { kind: 'RequestHeld' } }],
  },
  {
    code: 'DonorRetracted',
    label: label('悔捐', 'donor retracted after agreeing'),
    unit: '例',
    subjects: { donor: '!', case: '!' },
    outcomes: [
      { code: 'early', label: label('预处理前', 'before conditioning'), reasons: reasonsOf('donor') },
      { code: 'late', label: label('预处理后（临阵）', 'after conditioning began'), reasons: reasonsOf('donor') },
    ],
    attributes: [
      {
        code: 'patientConditioningStartedOn',
        label: label('患者预处理开始日', 'patient conditioning began on'),
        type: 'date',
        required: ['late'],
      },
    ],
    guards: [{ on: 'case', after: { kind: 'ScreenAnswered', outcome: 'agreed' } }],
  },
  {
    code: 'RequestClosed',
    label: label('请求关闭', 'request closed'),
    unit: '人次',
    subjects: { donor: '!', case: '!' },
    outcomes: [
      { code: 'donor_side', label: label('捐献者方面', 'donor side'), reasons: reasonsOf('donor') },
      { code: 'patient_side', label: label('患者方面', 'patient side'), reasons: reasonsOf('patient') },
      { code: 'donated', label: label('已捐献', 'donated') },
    ],
    guards: [REQUEST_OPEN],
  },
] as const satisfies readonly KindDefinition[];

export type KindCode = (typeof KINDS)[number]['code'];

const BY_CODE = new Map<string, KindDefinition>(KINDS.map((kind) => [kind.code, kind]));

export function findKind(code: string): KindDefinition | undefined {
  return BY_CODE.get(code);
}
