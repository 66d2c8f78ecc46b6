import { writeErrorWorkbook } from '../../libs/intake/error-workbook';
import { openSource } from '../../libs/intake/open-source';

/** Reads the first workbook whole, or gives it back as the second with a wrong cell; prints the most memory taken, in kB. */
async function main(path: string, out?: string): Promise<void> {
  let most = 0;
  // What a process is said to have held at most may have been its parent's, before it was one of its own.
  const look = () => (most = Math.max(most, process.memoryUsage().rss));
  const watch = setInterval(look, 10);
  if (out) {
    await writeErrorWorkbook(path, path, [{ row: 2, column: 0, sentence: { zh: '不对', en: 'wrong' } }], out);
  } else {
    const source = await openSource(path, path);
    for await (const { cells } of source.sheets[0]!.rows()) if (cells.length === 0) throw new Error('an empty row');
    await source.close();
  }
  clearInterval(watch);
  process.stdout.write(String(look() / 1_000));
}

void main(process.argv[2]!, process.argv[3]);
