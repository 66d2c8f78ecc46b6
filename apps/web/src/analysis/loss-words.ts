import { reasonName } from '../entries/entry-words';
import type { Words } from '../language';
import type { TextKey } from '../texts';
import type { View } from '../view';

export const SIDES = ['donor', 'patient'] as const;

const HOW: Readonly<Record<string, TextKey>> = {
  refused: 'how_refused',
  mismatch: 'how_mismatch',
  unfit: 'how_unfit',
  retracted: 'how_retracted',
  closed: 'how_closed',
};

export function sayHow(how: string | null | undefined, { t }: Words): string {
  const key = how ? HOW[how] : undefined;
  return key ? t(key) : (how ?? '');
}

export function saySide(side: string | null | undefined, { t }: Words): string {
  return side === 'donor' ? t('side_donor') : side === 'patient' ? t('side_patient') : t('side_none');
}

export function sayReason(reason: string | null | undefined, view: View, words: Words): string {
  return reason && reason !== 'none' ? reasonName(reason, view, words) : words.t('reasonUnknown');
}
