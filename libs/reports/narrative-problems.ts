import { printActual } from '../assessment/fill';
import type { FilledForm, FilledLine } from '../assessment/filled-form';
import { spokenName, type Cites, type Words } from './narrative-run';

/** Where what an office means to do begins inside its cause: at its heading, or at the sentence that says what comes next. */
const MEASURES = /(?:改进|整改|下一步|应对)?措施[:：]\s*|(?<=[。；;\n]\s*)(?=下一步)/;

/** 存在的问题及原因: the lines that must be explained, and those without an actual. */
export function problemsOf(form: FilledForm, cites: Cites): Words[] {
  const due = form.lines.filter(({ causeRequired, actual }) => causeRequired !== null && actual !== null);
  const missing = form.lines.filter(({ state }) => state === 'missing');
  const rows = form.budget.filter(({ causeRequired }) => causeRequired !== null);
  const words = [
    ...due.map((line) => [...problem(line, cites), `原因：${splitCause(line.cause).cause ?? '尚未填写'}`, '。']),
    ...rows.map((row): Words => {
      const rate = row.rate === null ? ['：'] : ['执行率', cites.budget(row.code, row.rate), '，'];
      return [
        row.name,
        ...rate,
        `${row.causeRequired?.zh ?? ''}。原因：${splitCause(row.cause).cause ?? '尚未填写'}。`,
      ];
    }),
    ...alike(missing, ({ cause }) => splitCause(cause).cause).map(([cause, lines]): Words => {
      const named = `以下指标没有完成值：${lines.map(spokenName).join('、')}`;
      return cause === null ? [`${named}。`] : [`${named}。原因：${cause}`, '。'];
    }),
  ];
  if (words.length > 0) return words.map(tidied);
  return form.complete ? [['各项指标均达到指标值，偏差都在允许范围内。']] : [];
}

function problem(line: FilledLine, cites: Cites): Words {
  const deviation = line.deviation === null ? [] : ['，偏差', cites.ofLine(line, line.deviation)];
  return [
    spokenName(line),
    ...(line.operator === 'label' ? [`为“${line.actual}”`] : ['完成', cites.figure(line, printActual(line))]),
    '，指标值',
    cites.ofLine(line, line.target),
    ...deviation,
    '。',
  ];
}

/** 下一步改进措施, as the office wrote them beside the causes. */
export function measuresOf({ lines, budget }: FilledForm): Words[] {
  const due = [...lines, ...budget].filter(({ causeRequired }) => causeRequired !== null);
  const told = alike(due, ({ cause }) => splitCause(cause).measure).flatMap(([measure, those]): Words[] =>
    measure === null ? [] : [[`${those.map(spokenName).join('、')}：${measure}。`]],
  );
  const open = due.filter(({ cause }) => splitCause(cause).measure === null).map(spokenName);
  return [...told.map(tidied), ...(open.length === 0 ? [] : [[`下列指标的改进措施尚未填写：${open.join('、')}。`]])];
}

/** Those of which the same is said, together. */
function alike<One>(all: readonly One[], said: (one: One) => string | null): [string | null, One[]][] {
  const groups = new Map<string | null, One[]>();
  for (const one of all) groups.set(said(one), [...(groups.get(said(one)) ?? []), one]);
  return [...groups];
}

/** A cause as it was typed: why, and what will be done. */
export function splitCause(text: string | null): { cause: string | null; measure: string | null } {
  if (text === null || text.trim() === '') return { cause: null, measure: null };
  const [before = '', ...after] = text.trim().split(MEASURES);
  const cause = before.replace(/^原因(分析)?[:：]\s*/, '').trim();
  const measure = after.join('').trim();
  return { cause: cause === '' ? null : cause, measure: measure === '' ? null : measure };
}

/** What an office typed may end with a full stop of its own. */
function tidied(words: Words): Words {
  return words.map((word, at) => {
    const next = words[at + 1];
    if (typeof word !== 'string') return word;
    const text = word.replace(/[。；，.;\s]+。$/, '。');
    return next === '。' ? text.replace(/[。；，.;\s]+$/, '') : text;
  });
}
