import { label, type Label } from './label';
import type { Stage } from './stages';

export type BridgeTermKey =
  | 'waitingAtStart'
  | 'passed'
  | 'passedAgain'
  | 'lost'
  | 'waitingAtEnd'
  | 'wentElsewhere'
  | 'cameFromElsewhere'
  | 'again'
  | 'withoutPass'
  | 'adjustedIn'
  | 'adjustedOut'
  | 'withoutCase';

/** The terms in the order in which they are added up; `passed` and `withoutPass` are told by the stages' names. */
export const BRIDGE_TERMS: Readonly<Record<BridgeTermKey, (before: Stage, stage: Stage) => Label>> = {
  waitingAtStart: () => label('期初等待', 'waiting at the start'),
  passed: (before) => label(`本期${before.label.zh}通过`, `passed: ${before.label.en}`),
  passedAgain: () => label('通过时已在等待', 'passed while waiting already'),
  lost: () => label('等待中流失', 'lost while waiting'),
  waitingAtEnd: () => label('期末等待', 'waiting at the end'),
  wentElsewhere: () => label('由其他机构接续', 'went on in another org'),
  cameFromElsewhere: () => label('接续其他机构的请求', 'came from another org'),
  again: (_, stage) => label(`重复${stage.label.zh}`, `again: ${stage.label.en}`),
  withoutPass: (before) => label(`未经${before.label.zh}通过`, `without a pass: ${before.label.en}`),
  adjustedIn: () => label('其他期间发生、记入本期', 'of other periods, posted in this one'),
  adjustedOut: () => label('本期发生、记入其他期间', 'of this period, posted in others'),
  withoutCase: () => label('没有请求编号的登记', 'entries without a case'),
};
