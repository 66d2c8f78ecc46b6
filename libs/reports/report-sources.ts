import type { FilledForm, FilledLine } from '../assessment/filled-form';
import { stageWord } from '../assessment/stage-title';
import { printQuantity } from '../core/target-text';
import type { Paragraph } from './narrative-run';

/** What is cited, in the order in which it is first told of, from 1. */
export interface NumberedSources {
  readonly numbers: ReadonlyMap<string, number>;
  readonly list: readonly string[];
}

export function numberSources(form: FilledForm, paragraphs: readonly Paragraph[]): NumberedSources {
  const numbers = new Map<string, number>();
  const list: string[] = [];
  for (const { runs } of paragraphs) {
    for (const { cite } of runs) {
      if (!cite || numbers.has(cite.line)) continue;
      list.push(sourceOf(form, cite.line));
      numbers.set(cite.line, list.length);
    }
  }
  return { numbers, list };
}

function sourceOf(form: FilledForm, cited: string): string {
  const { pack } = form;
  if (cited === 'total') {
    return `总分：按“${pack.label.zh}”（${pack.code} 第${pack.version}版）对自评表各项计分，取各项得分之和。`;
  }
  const row = form.budget.find(({ code }) => `budget:${code}` === cited);
  if (row) return `${row.name}：${stageWord(form.stage)}表预算栏填报数，单位万元。`;
  const line = form.lines.find(({ code }) => code === cited);
  if (!line) throw new Error(`a number cites no line of the form: ${cited}`);
  return ofLine(line);
}

function ofLine({ name, unit, source, seal, evidence, typed, computed, reason }: FilledLine): string {
  const said = [
    sourceWords(source),
    source.formula,
    ...(source.document === null || source.document === source.label ? [] : [`出处${source.document}`]),
    ...(source.version === null ? [] : [`口径第${source.version}版`]),
    ...(source.position === null ? [] : [`台账位置${source.position}`]),
    ...(seal === null ? [] : [`封存${seal.slice(0, 16)}`]),
    ...(typed && computed !== null
      ? [
          `填报数${printQuantity(typed.actual, unit)}，台账数${printQuantity(computed, unit)}，理由：${reason ?? '未写'}`,
        ]
      : reason === null
        ? []
        : [`理由：${reason}`]),
    ...(evidence.length === 0 ? [] : [`佐证${evidence.join('、')}`]),
  ];
  return `${name}：${said.filter((text) => text !== '').join('；')}。`;
}

/** What was typed says itself which paper it is from. */
function sourceWords({ kind, key, label }: FilledLine['source']): string {
  if (kind === 'metric' || kind === 'indicator') return `业务台账 ${key}`;
  return kind === 'reported' ? '' : label;
}
