import type { KindDefinition } from './kind-definition';
import { label } from './label';
import { reasonsOf } from './reasons';

/** What is logged of donors who are listed, from enrolment to withdrawal. */
export const DONOR_KINDS = [
  {
    code: 'DonorEnrolled',
    label: label('入库', 'donor enrolled'),
    unit: '人份',
    subjects: { donor: '?', sample: '?' },
    tally: true,
    guards: [
      { on: 'sample', after: { kind: 'SampleTyped' } },
      { on: 'sample', unless: 'SampleRejected' },
    ],
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
        reasons: ['MR', 'MR_PREGNANCY', 'MO', 'MO_AWAY', 'UC', 'PR', 'PR_FAMILY', 'PR_TIME', 'OT', 'UK'],
      },
      { code: 'AV', label: label('恢复可用', 'available again') },
      { code: 'RS', label: label('为患者保留', 'reserved for a patient') },
      { code: 'RL', label: label('解除保留', 'released') },
    ],
    guards: [{ on: 'donor', within: 'listed' }],
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
    guards: [{ on: 'donor', within: 'listed' }],
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
    guards: [{ on: 'donor', within: 'listed' }],
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
      { code: 'withdrawn', label: label('要求退库', 'asked to be withdrawn') },
    ],
    attributes: [{ code: 'campaign', label: label('回访批次', 'campaign'), type: 'text' }],
    guards: [{ on: 'donor', within: 'listed' }],
  },
] as const satisfies readonly KindDefinition[];
