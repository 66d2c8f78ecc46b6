import type { Guard, KindDefinition } from './kind-definition';
import { label } from './label';
import { reasonsOf } from './reasons';

const AGREED = { code: 'agreed', label: label('同意', 'agreed') };
const REFUSED = { code: 'refused', label: label('拒绝', 'refused'), reasons: reasonsOf('donor') };

/** `OLD`: a sample that the patient's side can no longer use. */
const PATIENT_SIDE = [...reasonsOf('patient'), 'OLD'] as const;

const REQUESTED: Guard = { on: 'case', after: { kind: 'ScreenRequested' } };
/** A closed request goes no further; one that goes on after all was not closed, and its closing is taken back. */
const NOT_CLOSED: Guard = { on: 'case', unless: 'RequestClosed' };
/** A second donation, months after the first, is of the same request, which may be closed as donated since. */
const MAY_HAVE_DONATED: Guard = { ...NOT_CLOSED, except: 'donated' };
/** Who has retracted is asked, examined and prepared no more in this request; a result of what was done before may come. */
const NOT_RETRACTED: Guard = { on: 'case', unless: 'DonorRetracted' };

/** What is logged of a donor–patient request, from the search to the follow-up of the donation. */
export const REQUEST_KINDS = [
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
    guards: [{ on: 'donor', within: 'listed' }, NOT_CLOSED, NOT_RETRACTED],
  },
  {
    code: 'ScreenAnswered',
    label: label('初筛答复', 'first mobilisation answered'),
    unit: '人次',
    subjects: { donor: '!', case: '!' },
    once: 'case',
    outcomes: [AGREED, REFUSED],
    guards: [REQUESTED, NOT_CLOSED, NOT_RETRACTED],
  },
  {
    code: 'RemobiliseRequested',
    label: label('再动员', 'second mobilisation requested'),
    unit: '人次',
    subjects: { donor: '!', case: '!' },
    guards: [{ on: 'case', after: { kind: 'ScreenAnswered', outcome: 'agreed' } }, NOT_CLOSED, NOT_RETRACTED],
  },
  {
    code: 'RemobiliseAnswered',
    label: label('再动员答复', 'second mobilisation answered'),
    unit: '人次',
    subjects: { donor: '!', case: '!' },
    outcomes: [AGREED, REFUSED],
    guards: [{ on: 'case', after: { kind: 'RemobiliseRequested' } }, NOT_CLOSED, NOT_RETRACTED],
  },
  {
    code: 'HrTypingRequested',
    label: label('高分辨', 'high-resolution typing requested'),
    unit: '人次',
    subjects: { donor: '!', case: '!' },
    guards: [{ on: 'case', after: { kind: 'RemobiliseAnswered', outcome: 'agreed' } }, NOT_CLOSED, NOT_RETRACTED],
  },
  {
    code: 'HrTypingAnswered',
    label: label('高分答复', 'high-resolution typing answered'),
    unit: '人次',
    subjects: { donor: '!', case: '!' },
    outcomes: [AGREED, REFUSED],
    guards: [{ on: 'case', after: { kind: 'HrTypingRequested' } }, NOT_CLOSED, NOT_RETRACTED],
  },
  {
    code: 'HrTypingConcluded',
    label: label('高分结果', 'high-resolution typing concluded'),
    unit: '人次',
    subjects: { donor: '!', case: '!' },
    once: 'case',
    outcomes: [
      { code: 'match', label: label('相合', 'match') },
      { code: 'mismatch', label: label('不相合', 'mismatch') },
    ],
    guards: [{ on: 'case', after: { kind: 'HrTypingAnswered', outcome: 'agreed' } }, NOT_CLOSED],
  },
  {
    code: 'ExamStarted',
    label: label('体检', 'workup examination started'),
    unit: '人次',
    subjects: { donor: '!', case: '!' },
    guards: [{ on: 'case', after: { kind: 'HrTypingConcluded', outcome: 'match' } }, MAY_HAVE_DONATED, NOT_RETRACTED],
  },
  {
    code: 'ExamConcluded',
    label: label('体检完成', 'workup examination concluded'),
    unit: '人次',
    subjects: { donor: '!', case: '!' },
    outcomes: [
      { code: 'fit', label: label('合格', 'fit') },
      { code: 'unfit', label: label('不合格', 'unfit'), reasons: ['MR', 'MR_PREGNANCY', 'OT'] },
    ],
    guards: [{ on: 'case', after: { kind: 'ExamStarted' } }, MAY_HAVE_DONATED],
  },
  {
    code: 'MobilisationStarted',
    label: label('动员剂', 'mobilisation agent started'),
    unit: '例',
    subjects: { donor: '!', case: '!' },
    guards: [{ on: 'case', after: { kind: 'ExamConcluded', outcome: 'fit' } }, MAY_HAVE_DONATED, NOT_RETRACTED],
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
    guards: [{ on: 'case', after: { kind: 'MobilisationStarted' } }, MAY_HAVE_DONATED, NOT_RETRACTED],
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
      { code: 'patient_side', label: label('患者方面', 'patient side'), reasons: PATIENT_SIDE },
    ],
    guards: [REQUESTED, NOT_CLOSED, NOT_RETRACTED],
  },
  {
    code: 'RequestResumed',
    label: label('请求恢复', 'request resumed'),
    unit: '人次',
    subjects: { donor: '!', case: '!' },
    guards: [{ on: 'case', after: { kind: 'RequestHeld' } }, NOT_CLOSED, NOT_RETRACTED],
  },
  {
    code: 'DonorRetracted',
    label: label('悔捐', 'donor retracted after agreeing'),
    unit: '例',
    subjects: { donor: '!', case: '!' },
    once: 'case',
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
    guards: [{ on: 'case', after: { kind: 'ScreenAnswered', outcome: 'agreed' } }, NOT_CLOSED],
  },
  {
    code: 'RequestClosed',
    label: label('请求关闭', 'request closed'),
    unit: '人次',
    subjects: { donor: '!', case: '!' },
    once: 'case',
    outcomes: [
      { code: 'donor_side', label: label('捐献者方面', 'donor side'), reasons: reasonsOf('donor') },
      { code: 'patient_side', label: label('患者方面', 'patient side'), reasons: PATIENT_SIDE },
      { code: 'donated', label: label('已捐献', 'donated') },
    ],
    guards: [REQUESTED],
  },
] as const satisfies readonly KindDefinition[];
