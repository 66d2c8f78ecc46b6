import type { ReportDocument } from '../document';
import type { Finding } from '../finding';
import { DECIMALS_OF_A_TAIL, withoutTail } from '../float-tail';
import { say } from '../say';

const RESIDUE = /(?<![\d.])-?\d{1,15}\.\d{3,12}?(?:0{6,}|9{6,})\d{0,3}(?!\d)/g;
const LONG = new RegExp(`(?<![\\d.])-?\\d{1,15}\\.\\d{${DECIMALS_OF_A_TAIL},20}(?!\\d)`, 'g');

/** What a spreadsheet left of binary arithmetic: 1176.7299999999998. */
export function floatResidues({ text, lines }: ReportDocument): Finding[] {
  const findings: Finding[] = [];
  for (const line of lines) {
    const known = new Set<number>();
    for (const match of [...line.text.matchAll(RESIDUE), ...line.text.matchAll(LONG)]) {
      if (known.has(match.index)) continue;
      known.add(match.index);
      const start = line.start + match.index;
      const [printed] = match;
      const expected = withoutTail(printed);
      const at = {
        start,
        end: start + printed.length,
        text: text.slice(start, start + printed.length),
        line: line.index,
      };
      findings.push(
        say(
          'float-residue',
          at,
          {
            zh: `${printed} 是计算机浮点运算留下的尾数，应为 ${expected}。`,
            en: `${printed} is what binary arithmetic left; write ${expected}.`,
          },
          { expected },
        ),
      );
    }
  }
  return findings;
}
