import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import type { EntryInput } from '../../libs/ledger/entry-input';
import { closeAndRecompute, recompute } from '../../libs/indicators/recompute';
import { reverseEntries } from '../../libs/ledger/reverse';
import { append, createSmallRegistry, entry, opening, REGISTRY, WRITER } from './small-registry';

/** A day, what happened on it, how it came out, and where and why if that is to be told. */
type Step = readonly [day: string, kind: string, outcome?: string, more?: Partial<EntryInput>];

/** Screened, mobilised again and typed, up to the yes to high-resolution typing on the given day. */
function agreed(screened: string, on: string): Step[] {
  return [
    [screened, 'ScreenRequested'],
    [screened, 'ScreenAnswered', 'agreed'],
    [screened, 'RemobiliseRequested'],
    [screened, 'RemobiliseAnswered', 'agreed'],
    [screened, 'HrTypingRequested'],
    [on, 'HrTypingAnswered', 'agreed'],
  ];
}

const IN_A1 = { org: 'A1' };

/** Requests of city A, and B; what each is for stands beside it. */
const REQUESTS: Readonly<Record<string, readonly Step[]>> = {
  // Over the turn of the year.
  K1: [
    ...agreed('2023-10-02', '2023-12-20'),
    ['2023-12-28', 'HrTypingConcluded', 'match'],
    ['2024-01-05', 'ExamStarted'],
  ],
  // Examined twice.
  K2: [
    ...agreed('2024-01-10', '2024-02-01'),
    ['2024-02-10', 'HrTypingConcluded', 'match'],
    ['2024-02-20', 'ExamStarted'],
    ['2024-03-10', 'ExamStarted'],
    ['2024-03-12', 'ExamConcluded', 'fit'],
  ],
  // Types that do not agree.
  K3: [...agreed('2024-01-10', '2024-03-01'), ['2024-03-10', 'HrTypingConcluded', 'mismatch']],
  // Waits at the year's end.
  K4: [...agreed('2024-01-10', '2024-12-10'), ['2024-12-20', 'HrTypingConcluded', 'match']],
  // Examined by the county.
  K5: [
    ...agreed('2024-01-10', '2024-04-01'),
    ['2024-04-10', 'HrTypingConcluded', 'match'],
    ['2024-04-20', 'ExamStarted', undefined, IN_A1],
  ],
  // Its examination of December is entered when December is closed.
  K6: [...agreed('2023-10-02', '2023-11-20'), ['2023-11-28', 'HrTypingConcluded', 'match']],
  // Its examination is taken back.
  K7: [
    ...agreed('2024-01-10', '2024-05-01'),
    ['2024-05-05', 'HrTypingConcluded', 'match'],
    ['2024-05-06', 'ExamStarted'],
  ],
  // Asked twice for typing.
  K8: [
    ...agreed('2024-01-10', '2024-06-01'),
    ['2024-06-03', 'HrTypingRequested'],
    ['2024-06-05', 'HrTypingAnswered', 'agreed'],
    ['2024-06-20', 'HrTypingConcluded', 'match'],
    ['2024-07-01', 'ExamStarted'],
  ],
  // Held, resumed, and called off by the patient's side.
  K9: [
    ...agreed('2024-01-10', '2024-08-01'),
    ['2024-08-05', 'RequestHeld', 'patient_side', { reason: 'BCC' }],
    ['2024-08-20', 'RequestResumed'],
    ['2024-09-01', 'RequestClosed', 'patient_side', { reason: 'PDC' }],
  ],
  // Waits all the year.
  K10: [...agreed('2023-10-02', '2023-12-01'), ['2023-12-08', 'HrTypingConcluded', 'match']],
  // Asked the year before, and again.
  S4: [
    ['2023-11-05', 'ScreenRequested'],
    ['2024-02-05', 'ScreenRequested'],
    ['2024-02-06', 'ScreenAnswered', 'agreed'],
  ],
  // Refused, asked again, and lost to the donor's side: two requests in one case.
  S1: [
    ['2024-01-15', 'ScreenRequested', undefined, { org: 'B' }],
    ['2024-02-15', 'ScreenRequested'],
    ['2024-02-20', 'ScreenAnswered', 'refused', { reason: 'PR_FAMILY' }],
    ['2024-02-21', 'RequestClosed', 'donor_side', { reason: 'PR' }],
  ],
  // On hold.
  S2: [
    ['2024-02-15', 'ScreenRequested'],
    ['2024-02-16', 'ScreenAnswered', 'agreed'],
    ['2024-02-17', 'RequestHeld', 'donor_side', { reason: 'MR' }],
  ],
  // Retracted before anything else.
  S3: [
    ['2024-02-15', 'ScreenRequested'],
    ['2024-02-16', 'ScreenAnswered', 'agreed'],
    ['2024-03-01', 'DonorRetracted', 'early', { reason: 'PR_TIME' }],
    ['2024-03-02', 'RequestClosed', 'donor_side', { reason: 'PR_TIME' }],
  ],
};

/** A small registry with requests that were followed by hand; 2023 is closed, and December's last entry came late. */
export async function followRequests(source: DataSource): Promise<void> {
  await createSmallRegistry(source);
  await append(source, ...opening('A'), ...opening('B'), ...opening('A1'));
  const entries = Object.entries(REQUESTS).flatMap(([caseCode, steps]) =>
    steps.map(([occurredOn, kind, outcome, more]) =>
      entry({ kind, outcome, occurredOn, caseCode, donorCode: `D-${caseCode}`, ...more }),
    ),
  );
  await append(source, ...entries);
  const taken = entries.find(({ caseCode, kind }) => caseCode === 'K7' && kind === 'ExamStarted');
  if (!taken) throw new Error('the examination of K7 was made');
  await reverseEntries(source, [{ id: randomUUID(), reverses: taken.id, justification: '登记有误' }], WRITER);
  for (let month = 1; month <= 12; month += 1) {
    await closeAndRecompute(source, REGISTRY, `2023-${String(month).padStart(2, '0')}`, 'tester');
  }
  const late = { kind: 'ExamStarted', occurredOn: '2023-12-15', caseCode: 'K6', donorCode: 'D-K6' };
  await append(source, entry({ ...late, justification: '医院晚报' }));
  await recompute(source, REGISTRY);
}
