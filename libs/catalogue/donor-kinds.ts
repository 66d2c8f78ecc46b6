import type { KindDefinition } from './kind-definition';
import { label } from './label';
import { LISTED } from './listing';
import { reasonsOf } from './reasons';

/** What is logged of donors and their samples, from the opening to withdrawal. */
export const DONOR_KINDS = [
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
] as const satisfies readonly KindDefinition[];
