import ExcelJS from 'exceljs';
import { readFile } from 'node:fs/promises';
import type { Download, Page } from 'playwright-core';
import { A_MINUTE } from './browsed-office';

/** What a press hands out. */
export async function handedOut(page: Page, press: () => Promise<void>): Promise<Download> {
  const [file] = await Promise.all([page.waitForEvent('download', { timeout: A_MINUTE }), press()]);
  return file;
}

/** The rows of a workbook that was saved. */
export async function savedRows(file: Download): Promise<unknown[][]> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.readFile(await file.path());
  return workbook.worksheets[0]!.getSheetValues()
    .slice(1)
    .map((row) => (Array.isArray(row) ? [...row.slice(1)] : []));
}

/** A picture that was saved: how large it is, and of how many colours. */
export async function savedPicture(
  page: Page,
  file: Download,
): Promise<{ type: string; width: number; height: number; colours: number }> {
  const bytes = await readFile(await file.path());
  const drawn: { width: number; height: number; colours: number } = await page.evaluate(`(async () => {
    const picture = new Image();
    picture.src = 'data:image/png;base64,${bytes.toString('base64')}';
    await picture.decode();
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [picture.width, picture.height];
    const pen = canvas.getContext('2d');
    pen.drawImage(picture, 0, 0);
    const colours = new Set(new Uint32Array(pen.getImageData(0, 0, canvas.width, canvas.height).data.buffer));
    return { width: picture.width, height: picture.height, colours: colours.size };
  })()`);
  return { type: bytes.subarray(1, 4).toString('latin1'), ...drawn };
}
