import { decimal } from '../../core/decimal';
import type { Line, ReportDocument } from '../document';
import type { Finding } from '../finding';
import type { FoundNumber } from '../found-number';
import { say } from '../say';
import { numbersOfParagraphs } from '../sentences';

const LEFT_EMPTY =
  /原因(?:分析|说明)?(?:及(?:改进)?措施|和(?:改进)?措施)?\s?[：:为]\s?(?:无|暂无|略|空|—+|-|\/)?\s?[。；;]?(?=$|[\d０-９]+[.、．])/;
const MISSED =
  /(?:未|没有|没能|未能)(?:达到|完成|达成|实现)(?:了)?(?:年度|年初|预期|全年|既定|绩效)?(?:的)?(?:目标|任务|指标|计划)(?:值|要求)?|未达标|未达目标/;
const CAUSE = /(?:因|由于|受|原因|主要是|影响|所致|系|导致|在于|不足)/;
/** From what deviation on a cause is asked for, in per cent. */
const LARGE = '30';

/** Targets told as missed in a sentence that gives no cause, and 原因分析： with nothing after it. */
export function untoldCauses({ lines, sentences }: ReportDocument): Finding[] {
  return [...numbersOfParagraphs(sentences)].flatMap(([paragraph, numbers]) => {
    if (paragraph.inTable || numbers.length === 0) return [];
    const line = lines[paragraph.line]!;
    const at = leftEmpty(line, numbers) ?? missed(line, numbers, lines[line.index + 1]?.text ?? '');
    return at
      ? [
          say('empty-cause', at, {
            zh: `${at.text}：没有完成目标或偏差较大，但没有写原因，请补写原因和改进措施。`,
            en: `${at.text}: a missed target or large deviation without its cause; say why, and what will be done.`,
          }),
        ]
      : [];
  });
}

function leftEmpty(line: Line, numbers: readonly FoundNumber[]): FoundNumber | undefined {
  const match = LEFT_EMPTY.exec(line.text);
  if (!match) return undefined;
  const before = numbers.filter(({ end }) => end <= line.start + match.index);
  const deviation = [...before]
    .reverse()
    .find(
      ({ kind, start }) => kind === 'rate' && /偏差(?:率)?(?:为|达)?\s?$/.test(line.text.slice(0, start - line.start)),
    );
  if (!deviation) return MISSED.test(line.text) ? before.at(-1) : undefined;
  const value = decimal(deviation.value);
  return value.isNegative() || value.abs().gt(decimal(LARGE)) ? deviation : undefined;
}

/** 计划200人，完成128人，未达到目标。 and no more. */
function missed(line: Line, numbers: readonly FoundNumber[], next: string): FoundNumber | undefined {
  const match = MISSED.exec(line.text);
  if (!match || CAUSE.test(line.text) || /^\s*(?:原因|说明|主要)/.test(next)) return undefined;
  const own = numbers.filter(
    ({ start, end, kind }) =>
      kind !== 'rate' &&
      end <= line.start + match.index &&
      !/[。；;]/.test(line.text.slice(start - line.start, match.index)),
  );
  const [aim, reached] = own.slice(-2);
  if (!aim || !reached || aim.unit !== reached.unit) return undefined;
  const said = line.text.slice(0, match.index);
  return /(?:计划|目标|任务|指标)/.test(said) && decimal(reached.value).lt(decimal(aim.value)) ? reached : undefined;
}
