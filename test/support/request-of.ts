import type { EntryInput } from '../../libs/ledger/entry-input';
import { entry } from './small-registry';

let requests = 0;

const REASONS: Readonly<Record<string, string>> = {
  refused: 'PR',
  donor_side: 'PR',
  patient_side: 'FND',
  early: 'PR_TIME',
  unfit: 'MR',
};

/** The entries of one request, each written as `2024-03-02 ScreenAnswered agreed`, with its usual reason or its own. */
export function requestOf(org: string, steps: readonly string[]): EntryInput[] {
  requests += 1;
  const codes = { donorCode: `W${requests}`, caseCode: `Q${String(requests).padStart(5, '0')}` };
  return steps.map((step) => {
    const [occurredOn = '', kind = '', outcome, reason = REASONS[outcome ?? '']] = step.split(' ');
    return entry({ occurredOn, kind, org, ...codes, ...(outcome && { outcome }), ...(reason && { reason }) });
  });
}
