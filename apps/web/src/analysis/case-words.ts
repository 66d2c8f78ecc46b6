import { BRIDGE_TERMS, type BridgeTermKey } from '../../../../libs/catalogue/bridge-terms';
import { MILESTONES } from '../../../../libs/catalogue/milestones';
import { STAGES } from '../../../../libs/catalogue/stages';
import type { Words } from '../language';
import type { TextKey } from '../texts';
import { LOADED } from '../texts/say';
import type { View } from '../view';
import type { CaseAddress } from './case-address';
import { sayHow, sayReason, saySide } from './loss-words';

/** Which cases they are, in words. */
export function sayCases({ list, query }: CaseAddress, view: View, words: Words): string {
  const { t } = words;
  const { how, side, reason } = query;
  const lost = [
    side !== undefined && saySide(side, words),
    how !== undefined && sayHow(how, words),
    reason !== undefined && sayReason(reason, view, words),
  ];
  return [...said[list](query, words), ...lost].filter(Boolean).join(' · ') || t('casesTitle');
}

type Say = (query: CaseAddress['query'], words: Words) => (string | false | undefined)[];

const said: Readonly<Record<CaseAddress['list'], Say>> = {
  funnel: ({ stage: key, term, part, days }, words) => {
    const index = STAGES.findIndex((one) => one.key === key);
    const [before, stage] = [STAGES[index - 1], STAGES[index]];
    if (!stage) return [];
    if (term !== undefined) {
      const say = Object.hasOwn(BRIDGE_TERMS, term) ? BRIDGE_TERMS[term as BridgeTermKey] : undefined;
      return [
        words.t('bridgeTo', { stage: words.label(stage.label) }),
        before && say && words.label(say(before, stage)),
      ];
    }
    return [words.label(stage.label), sayPart(part, words), days !== undefined && words.t('withinDays', { days })];
  },
  cities: ({ from, to, part, window }, words) => [
    `${sayMilestone(from, words)} → ${sayMilestone(to, words)}`,
    sayPart(part, words),
    part !== 'lost' && window !== undefined && window !== '0' && words.t('withinDays', { days: window }),
  ],
  times: ({ from, to, state }, words) => [
    `${sayMilestone(from, words)} → ${sayMilestone(to, words)}`,
    words.t(state === 'open' ? 'timesOpen' : 'timesPairs'),
  ],
  ages: ({ milestone, band }, words) => [
    words.t('openCasesTitle'),
    milestone && sayMilestone(milestone, words),
    band !== undefined && words.t('bandDays', { band }),
  ],
};

export function sayMilestone(key: string | undefined, { label }: Words): string {
  const found = MILESTONES.find((one) => one.key === key);
  return found ? label(found.label) : (key ?? '');
}

function sayPart(part: string | undefined, { t }: Words): string | undefined {
  const key = `part_${part}`;
  return Object.hasOwn(LOADED, key) ? t(key as TextKey) : part;
}
