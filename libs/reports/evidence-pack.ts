import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { DataSource } from 'typeorm';
import type { Principal } from '../accounts/principal';
import type { FilledForm, FilledLine } from '../assessment/filled-form';
import { printActual } from '../assessment/fill';
import type { Definitions } from '../catalogue/effective';
import { versionAt } from '../catalogue/versions';
import { decimal, isDecimal } from '../core/decimal';
import { DomainError } from '../core/domain-error';
import { NobodyWaits } from '../core/nobody-waits';
import { parsePeriod, type PeriodCode } from '../core/period';
import { makeScratchFolder } from '../core/scratch-folder';
import { definitionsFor } from '../indicators/value-meaning';
import { XlsxWriter } from '../intake/xlsx-writer';
import { readEvidence } from '../ledger/evidence';
import { attachmentsOf } from './attachments';
import { csvLine, listAsCsv } from './list-csv';
import { openListFile, type ListFile } from './list-file';

export interface PackQuestion {
  /** Whose evidence may be read. */
  readonly principal: Principal;
  /** The assessment's org. */
  readonly org: string;
  readonly period: PeriodCode;
  readonly filled: FilledForm;
  /** One line alone; the whole form unless said. */
  readonly line?: string;
  /** Files that stand at the top of the pack, by their names. */
  readonly beside?: ReadonlyMap<string, Buffer>;
}

interface PackedList {
  readonly file: string;
  readonly sum: string;
}

const VALUES =
  '序号,编码,指标,指标值,完成值,台账计算值,分子,分母,偏差,完成值来源,出处,口径版本,台账位置,封存,原因,与台账不同的理由,登记名单,名单合计,佐证文件'.split(
    ',',
  );

/**
 * What stands behind the lines of an assessment, as a zip: their values, the list of entries behind each figure with
 * its sum, and the files of evidence. Written to a temporary file in little memory; the file goes when the stream is
 * closed. The same ledger gives the same bytes.
 *
 * @throws {DomainError} `line_unknown`
 */
export async function evidencePack(source: DataSource, question: PackQuestion, gone?: AbortSignal): Promise<Readable> {
  const lines = linesOf(question);
  const folder = await makeScratchFolder('evidence');
  const tidy = () => rm(folder, { recursive: true, force: true });
  try {
    const path = join(folder, 'evidence.zip');
    const writer = await XlsxWriter.create(path);
    try {
      await new EvidencePack(source, writer, question, gone).write(lines);
    } finally {
      await writer.close();
    }
    return createReadStream(path).once('close', () => void tidy());
  } catch (error) {
    await tidy();
    throw error;
  }
}

function linesOf({ filled, line: asked }: PackQuestion): readonly FilledLine[] {
  if (asked === undefined) return filled.lines;
  const found = filled.lines.filter(({ code }) => code === asked);
  if (found.length > 0) return found;
  throw new DomainError(
    'line_unknown',
    { zh: `自评表里没有编码为“${asked}”的指标。`, en: `The form has no line "${asked}".` },
    { field: 'line' },
  );
}

class EvidencePack {
  /** Of what each figure was made; a figure that several lines tell has one list. */
  private readonly lists = new Map<string, PackedList>();
  private readonly evidence = new Map<string, string>();
  private meant: Promise<Definitions['indicators']> | undefined;

  constructor(
    private readonly source: DataSource,
    private readonly writer: XlsxWriter,
    private readonly question: PackQuestion,
    private readonly gone: AbortSignal | undefined,
  ) {}

  async write(lines: readonly FilledLine[]): Promise<void> {
    for (const [name, bytes] of this.question.beside ?? []) await this.writer.add(name, [bytes]);
    const rows: string[][] = [];
    for (const line of lines) rows.push(await this.rowOf(line));
    await this.writer.add('完成值.csv', [`\uFEFF${[VALUES, ...rows].map(csvLine).join('')}`]);
    await this.writer.add('附件清单.csv', [`\uFEFF${this.contents().map(csvLine).join('')}`]);
    await this.writer.end();
  }

  private async rowOf(line: FilledLine): Promise<string[]> {
    const lists = await this.listsOf(line);
    const files: string[] = [];
    for (const code of line.evidence) files.push(await this.addEvidence(code));
    const { source } = line;
    return [
      String(this.question.filled.lines.indexOf(line) + 1),
      line.code,
      [...line.path, line.name].join('/'),
      line.target,
      printActual(line),
      line.computed ?? '',
      line.numerator ?? '',
      line.denominator ?? '',
      line.deviation ?? '',
      sourceOf(line),
      source.document ?? '',
      source.version === null ? '' : `第${source.version}版`,
      source.position ?? '',
      line.seal ?? '',
      line.cause ?? '',
      line.reason ?? '',
      lists.map(({ file }) => file).join('；'),
      lists.map(({ sum }) => sum).join('；'),
      files.join('；'),
    ];
  }

  private async listsOf(line: FilledLine): Promise<PackedList[]> {
    const { key, position } = line.source;
    if (key === null || position === null) return [];
    const rate = (await this.rates()).find((one) => one.key === key);
    if (!rate) return [await this.addList(key, position, line.computed ?? line.actual)];
    const { numerator, denominator } = versionAt(rate, parsePeriod(this.question.period).lastMonth);
    return [
      await this.addList(numerator, position, line.numerator),
      await this.addList(denominator, position, line.denominator),
    ];
  }

  private async addList(key: string, position: string, expected: string | null): Promise<PackedList> {
    const place = `${key} ${expected}`;
    const known = this.lists.get(place);
    if (known) return known;
    const { principal, org, period } = this.question;
    const asked = { registryId: principal.registryId, org, period, key };
    let list = await openListFile(this.source, asked);
    // Something was written since the form was filled: the list is that of the form's figure.
    if (!sameSum(list, expected)) list = await openListFile(this.source, { ...asked, asOf: `position:${position}` });
    const sum = sumOf(list);
    const named = `登记名单/${fileName(list.name)}`;
    const packedSo = [...this.lists.values()].filter(({ file }) => file.startsWith(`${named}.`));
    const twin = packedSo.find((one) => one.sum === sum);
    // A line whose actual was typed tells no figure, and finds the list that another line has brought.
    const packed = twin ?? { file: `${named}${packedSo.length === 0 ? '' : `.${packedSo.length + 1}`}.csv`, sum };
    this.lists.set(place, packed);
    if (!twin) await this.writer.add(packed.file, this.unlessGone(listAsCsv(list)));
    return packed;
  }

  private async addEvidence(code: string): Promise<string> {
    const known = this.evidence.get(code);
    if (known !== undefined) return known;
    const { name, bytes } = await readEvidence(this.source.manager, this.question.principal, code);
    const file = `佐证文件/${code} ${fileName(name)}`;
    this.evidence.set(code, file);
    await this.writer.add(file, [bytes]);
    return file;
  }

  private contents(): string[][] {
    const { filled, beside } = this.question;
    const within = [
      ...[...(beside?.keys() ?? [])].map((name) => [name, '']),
      ['完成值.csv', ''],
      ...[...new Set(this.lists.values())].map(({ file, sum }) => [file, `合计 ${sum}`]),
      ...[...this.evidence.values()].map((file) => [file, '']),
    ];
    const attached = attachmentsOf(filled).map(({ name, made }) => [
      name,
      made === 'form' ? '即本次自评表' : '由单位另附',
    ]);
    return [['本包内的文件', '说明'], ...within, [], ['随报告报送的附件', '来源'], ...attached];
  }

  /** The rates as they are meant in this registry. */
  private rates(): Promise<Definitions['indicators']> {
    this.meant ??= definitionsFor(this.source.manager, this.question.principal).then(({ indicators }) => indicators);
    return this.meant;
  }

  private async *unlessGone(pieces: AsyncIterable<string>): AsyncGenerator<string, void, undefined> {
    for await (const piece of pieces) {
      if (this.gone?.aborted) throw new NobodyWaits();
      yield piece;
    }
  }
}

/** A value that was typed is not the ledger's, whatever stands beside it. */
function sourceOf({ source: { key, label }, typed }: FilledLine): string {
  if (key === null) return label;
  return typed === null ? `业务台账 ${key}` : `填报（台账计算值取自业务台账 ${key}）`;
}

function sumOf({ last }: ListFile): string {
  const sum = last.find((cell) => typeof cell !== 'string');
  return typeof sum === 'object' ? sum.decimal : '';
}

function sameSum(list: ListFile, expected: string | null): boolean {
  if (expected === null || !isDecimal(expected)) return true;
  return decimal(sumOf(list)).eq(decimal(expected));
}

/** What every system takes for a name. */
function fileName(name: string): string {
  return name.replace(/[\\/:*?"<>|\p{Cc}]/gu, '_');
}
