import { execFile, spawnSync } from 'node:child_process';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { readPdf } from '../../libs/check-up/readers/pdf-report';

const run = promisify(execFile);

export interface PrintedPaper {
  readonly pages: number;
  /** Width and height of each size of page there is, in millimetres. */
  readonly sizes: readonly string[];
  readonly text: string;
}

/** Whether LibreOffice is on this machine. */
export function hasSoffice(): boolean {
  return spawnSync('soffice', ['--version']).status === 0;
}

/** The files of a folder as LibreOffice prints them, by their names; it has a profile of its own there. */
export async function printed(folder: string, names: readonly string[]): Promise<Map<string, PrintedPaper>> {
  const papers = new Map<string, PrintedPaper>();
  // Names that differ in their endings alone would be one PDF.
  for (const ending of ['xlsx', 'docx']) {
    const out = join(folder, ending);
    await mkdir(out, { recursive: true });
    const files = names.filter((name) => name.endsWith(`.${ending}`));
    await run('soffice', [
      `-env:UserInstallation=file://${join(folder, 'profile')}`,
      ...['--headless', '--convert-to', 'pdf', '--outdir', out],
      ...files.map((name) => join(folder, name)),
    ]);
    for (const name of files) papers.set(name, await readPaper(join(out, name.replace(/\w+$/, 'pdf'))));
  }
  return papers;
}

/** Writes the documents of a folder as PDF beside themselves, all in one run. */
export async function toPdf(folder: string, names: readonly string[]): Promise<void> {
  await run('soffice', [
    `-env:UserInstallation=file://${join(folder, 'profile')}`,
    ...['--headless', '--convert-to', 'pdf', '--outdir', folder],
    ...names.map((name) => join(folder, name)),
  ]);
}

async function readPaper(path: string): Promise<PrintedPaper> {
  const pdf = (await readFile(path)).toString('latin1');
  const boxes = [...pdf.matchAll(/\/Type\/Page\/[^>]*?\/MediaBox\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]/gs)];
  const sizes = boxes.map(([, wide, high]) => `${millimetres(wide)}×${millimetres(high)}`);
  return { pages: boxes.length, sizes: [...new Set(sizes)], text: (await readPdf(path)).replace(/\s/g, '') };
}

function millimetres(points: string | undefined): number {
  return Math.round((Number(points) / 72) * 25.4);
}
