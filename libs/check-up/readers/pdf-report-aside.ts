import { join } from 'node:path';
import { Aside } from '../aside';
import { pdfTooHeavy, readPdf, SECONDS_AT_MOST } from './pdf-report';

/** The reader gives up by itself where it comes to look at the clock. */
const bound = { seconds: SECONDS_AT_MOST + 5, refusal: pdfTooHeavy } as const;
const READING = new Aside(join(__dirname, 'pdf-report-thread.js'), readPdf, bound);

/**
 * The text of a PDF, as `readPdf` gives it, from a thread of its own: a large one takes up to a minute.
 *
 * @throws {DomainError} as `readPdf` does, and when it needs more memory than reading may take
 */
export function readPdfAside(path: string): Promise<string> {
  return READING.ask(path);
}
