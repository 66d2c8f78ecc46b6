import type { Bulletin, BulletinCell } from './bulletin';
import { fillTemplate } from './word-template';

const CITY_FIELDS = ['a', 'b', 'c', 'd', 'e', 'f'] as const;

/** The bulletin as docx, one page of A4, from the template that the office may edit. Same input, same bytes. */
export function bulletinDocument(bulletin: Bulletin): Promise<Buffer> {
  const { title, unit, seal, demonstration, adjustments, missing, notes } = bulletin;
  return fillTemplate('bulletin.docx', {
    ...{ title, unit, seal, demonstration, adjustments, missing, notes },
    figures: bulletin.figures.map(({ month, monthBefore, year, yearBefore, ...told }) => ({
      ...told,
      month: textOf(month),
      monthBefore: textOf(monthBefore),
      year: textOf(year),
      yearBefore: textOf(yearBefore),
    })),
    stages: bulletin.stages.map(({ entered, passed, ...told }) => ({
      ...told,
      entered: textOf(entered),
      passed: textOf(passed),
    })),
    cities: bulletin.cities.map(({ name, cells }) => ({
      name,
      ...Object.fromEntries(CITY_FIELDS.map((field, at) => [field, cells[at] ? textOf(cells[at]) : '—'])),
    })),
  });
}

function textOf({ number, otherwise }: BulletinCell): string {
  return number ?? otherwise;
}
