import { findKind } from './kinds';
import { METRICS } from './metrics';
import { REQUEST_LOSSES, STAGES } from './stages';
import type { Move } from './worklists';

const moves: readonly Move[] = [
  ...STAGES.flatMap(({ enters, passes, fails }) => [enters, passes, ...fails]),
  ...REQUEST_LOSSES,
];

describe('the stages of the pathway', () => {
  it('are moved through by outcomes that there are', () => {
    const stray = moves.flatMap(({ kind, outcomes = [] }) =>
      outcomes.filter((code) => !findKind(kind)?.outcomes?.some((one) => one.code === code)),
    );
    expect(stray).toEqual([]);
  });

  it('are entered by what their figure counts, so that a bridge can explain it', () => {
    for (const { requested, succeeded, enters, passes } of STAGES) {
      const [key, { kind, outcomes }] = requested ? [requested, enters] : [succeeded, passes];
      const counts = (outcomes ?? [undefined]).map((outcome) => (outcome === undefined ? { kind } : { kind, outcome }));
      expect([key, METRICS.find((one) => one.key === key)?.counts]).toEqual([key, counts]);
    }
  });

  it('name for every request the same subjects, so that it can be followed from one to the next', () => {
    for (const { kind } of moves) expect([kind, findKind(kind)?.subjects.case]).toEqual([kind, '!']);
  });
});
