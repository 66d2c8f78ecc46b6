import { DomainError } from '../core/domain-error';
import { findKind, KINDS } from '../catalogue/kinds';
import type { KindDefinition } from '../catalogue/kind-definition';
import type { Label } from '../catalogue/label';
import { REASONS } from '../catalogue/reasons';
import { SYNONYMS } from './cell-synonyms';
import { choiceName } from './choice-name';
import { plainName, type ColumnField } from './column-names';

interface Choice {
  readonly code: string;
  readonly label: Label;
  readonly unit?: string;
}

/** Codes by what they are called. */
type Called = ReadonlyMap<string, readonly string[]>;

/** `同意（agreed）`, as a drop-down may show it. */
const WITH_CODE = /^.*\(([^()]+)\)$/;

const NAMES = new WeakMap<readonly unknown[], Called>();
const REASONS_AMONG = new Map<string, Called>();

/** The code of the kind that is called so; else the text. */
export function readKind(text: string): string {
  return oneOf(calledOf(KINDS), text, 'kind') ?? text;
}

/** The kind that is called so, as a template's sheet is. */
export function kindCalled(name: string): KindDefinition | undefined {
  const codes = calledOf(KINDS).get(plainName(name)) ?? [];
  return codes.length === 1 ? findKind(codes[0]!) : undefined;
}

/** @throws {DomainError} when several of the choices are called so */
export function readChoice(text: string, choices: readonly Choice[], field: ColumnField): string {
  return oneOf(calledOf(choices), text, field) ?? text;
}

/** @throws {DomainError} when several outcomes of the kind are called so */
export function readOutcome(text: string, kind: KindDefinition): string {
  return (kind.outcomes && oneOf(calledOf(kind.outcomes), text, 'outcome')) ?? text;
}

/** @throws {DomainError} when several reasons that may stand there are called so */
export function readReason(text: string, kind: KindDefinition, outcome: string | null): string {
  const allowed: readonly string[] =
    kind.outcomes?.find((one) => one.code === outcome)?.reasons ?? kind.reasons ?? REASONS.map(({ code }) => code);
  const key = allowed.join();
  let called = REASONS_AMONG.get(key);
  if (!called) {
    called = namesOf(REASONS.filter(({ code }) => allowed.includes(code)));
    REASONS_AMONG.set(key, called);
  }
  return oneOf(called, text, 'reason') ?? text;
}

/** @throws {DomainError} when several of the codes may be meant */
export function onlyCode(codes: readonly string[], text: string, field: ColumnField): string | undefined {
  if (codes.length < 2) return codes[0];
  throw new DomainError(
    'label_ambiguous',
    {
      zh: `“${text}”可能是 ${codes.join('、')}，请写代码或全称。`,
      en: `"${text}" may be ${codes.join(', ')}: write the code or the whole name.`,
    },
    { field },
  );
}

/** The text, and the code in parentheses at its end where there is one. */
export function spellingsOf(text: string): string[] {
  const code = WITH_CODE.exec(text)?.[1];
  return code === undefined ? [text] : [text, code];
}

function oneOf(called: Called, text: string, field: ColumnField): string | undefined {
  for (const spelling of spellingsOf(text)) {
    const codes = called.get(plainName(spelling));
    if (codes) return onlyCode(codes, text, field);
  }
  return undefined;
}

function calledOf(choices: readonly Choice[]): Called {
  const known = NAMES.get(choices) ?? namesOf(choices);
  NAMES.set(choices, known);
  return known;
}

/** What a choice is called goes before the other words for another. */
function namesOf(choices: readonly Choice[]): Called {
  const called = new Map<string, string[]>();
  const add = (names: readonly string[], code: string, taken: ReadonlySet<string>): void => {
    for (const name of new Set(names.map(plainName))) {
      if (!taken.has(name)) called.set(name, [...(called.get(name) ?? []), code]);
    }
  };
  for (const choice of choices) {
    add([choice.code, choice.label.zh, choice.label.en, choiceName(choice)], choice.code, new Set());
  }
  const own = new Set(called.keys());
  for (const { code } of choices) add(SYNONYMS[code] ?? [], code, own);
  return called;
}
