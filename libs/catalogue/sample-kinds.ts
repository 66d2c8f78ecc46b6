import type { AttributeDefinition, Guard, KindDefinition } from './kind-definition';
import { label } from './label';
import { reasonsOf } from './reasons';

/** Which consignment a sample went in, so that what was sent can be held against what arrived. */
const BATCH: readonly AttributeDefinition[] = [
  { code: 'batchCode', label: label('批号', 'batch'), type: 'code' },
  { code: 'boxCode', label: label('箱号', 'box'), type: 'code' },
];

const ON_ITS_WAY: readonly Guard[] = [
  { on: 'sample', after: { kind: 'SampleCollected' } },
  { on: 'sample', unless: 'SampleRejected' },
];

/** The way of a volunteer's blood sample: taken, sent in, received, passed on, typed or rejected. */
export const SAMPLE_KINDS = [
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
    once: 'sample',
    guards: [{ on: 'donor', after: { kind: 'RecruitmentRegistered' }, orOpening: true }],
  },
  {
    code: 'SampleSent',
    label: label('血样寄送', 'samples sent in'),
    unit: '份',
    subjects: { sample: '?' },
    tally: true,
    attributes: BATCH,
    guards: ON_ITS_WAY,
  },
  {
    code: 'SampleReceived',
    label: label('血样接收', 'samples received'),
    unit: '份',
    subjects: { sample: '?' },
    tally: true,
    attributes: BATCH,
    guards: ON_ITS_WAY,
  },
  {
    code: 'SampleDispatched',
    label: label('血样中转送检', 'sample passed on'),
    unit: '份',
    subjects: { sample: '?' },
    tally: true,
    attributes: BATCH,
    guards: ON_ITS_WAY,
  },
  {
    code: 'SampleRejected',
    label: label('血样拒收或报废', 'sample rejected'),
    unit: '份',
    subjects: { sample: '?' },
    tally: true,
    once: 'sample',
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
    guards: ON_ITS_WAY,
  },
] as const satisfies readonly KindDefinition[];
