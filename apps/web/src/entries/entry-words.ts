import type { Entry } from '../api/answers';
import type { Words } from '../language';
import type { View } from '../view';

export function kindName(code: string, { kinds }: View, { label }: Words): string {
  const kind = kinds.get(code);
  return kind ? label(kind.label) : code;
}

export function outcomeName(kind: string, outcome: string | null, { kinds }: View, { label }: Words): string {
  const found = kinds.get(kind)?.outcomes?.find((one) => one.code === outcome);
  return found ? label(found.label) : (outcome ?? '');
}

export function reasonName(code: string | null, { catalogue }: View, { label }: Words): string {
  const found = catalogue.reasons.find((one) => one.code === code);
  return found ? label(found.label) : (code ?? '');
}

export function orgName(code: string, { orgs }: Pick<View, 'orgs'>, { name }: Words): string {
  const org = orgs.get(code);
  return org ? name(org) : code;
}

/** The codes that an entry names its subjects by. */
export function codesOf(entry: Entry): string[] {
  return [entry.caseCode, entry.donorCode, entry.sampleCode].filter((code) => code !== null);
}
