import { writeErrorWorkbook } from '../../libs/intake/error-workbook';
import { openSource } from '../../libs/intake/open-source';

/** Reads the first workbook whole, or gives it back as the second with a wrong cell; prints the most memory taken, in kB. */
async function main(path: string, out?: string): Promise<void> {
  if (out) {
    await writeErrorWorkbook(path, path, [{ row: 2, column: 0, sentence: { zh: '不对', en: 'wrong' } }], out);
  } else {
    const source = await openSource(path, path);
    for await (const { cells } of source.sheets[0]!.rows()) if (cells.length === 0) throw new Error('an empty row');
    await source.close();
  }
  process.stdout.write(String(process.resourceUsage().maxRSS));
}

void main(process.argv[2]!, process.argv[3]);
