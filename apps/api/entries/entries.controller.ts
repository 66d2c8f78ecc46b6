import { Body, Controller, Get, Headers, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Readable } from 'node:stream';
import { DataSource } from 'typeorm';
import type { Principal } from '../../../libs/accounts/principal';
import { DomainError } from '../../../libs/core/domain-error';
import { isUuid } from '../../../libs/core/uuid';
import { WakeUp } from '../../../libs/jobs/wake-up';
import type { AppendOptions, AppendResult } from '../../../libs/ledger/append';
import type { EntryView } from '../../../libs/ledger/entry-view';
import { LedgerWriter } from '../../../libs/ledger/ledger-writer';
import { reverseEntries } from '../../../libs/ledger/reverse';
import { recorded } from '../audit/refusal';
import { problemOf } from '../problem.filter';
import { Asking, AskingNow, Needs } from '../access/needs';
import { ENTRY_BODY, REVERSAL_BODY } from './entries.schema';
import { answerStream, NDJSON } from './entry-stream';
import { readEntry } from './entry-view';

@ApiTags('entries')
@Controller('api/entries')
export class EntriesController {
  constructor(
    private readonly source: DataSource,
    private readonly writer: LedgerWriter,
    private readonly wakeUp: WakeUp,
  ) {}

  @Needs('entries.write')
  @Post()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Log one entry, or up to 10,000; a repeat of the same id and content changes nothing',
    description: `A body of ${NDJSON} holds an entry a line, as many as one likes, and is answered line by line as they are written.`,
  })
  @ApiBody({ schema: ENTRY_BODY })
  async append(
    @Asking() principal: Principal,
    @AskingNow() principalNow: () => Promise<Principal>,
    @Body() body: unknown,
    @Headers('accept-language') language: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const options = optionsFor(principal);
    if (body instanceof Readable) {
      void reply.header('content-type', `${NDJSON}; charset=utf-8`);
      const admit = async () => {
        const now = optionsFor(await principalNow());
        return (inputs: readonly unknown[]) => this.write(inputs, now);
      };
      return answerStream(body, admit, language);
    }
    const many = readMany(body);
    const inputs = many ? many.entries : [body];
    const { results, ...counts } = await this.write(inputs, { ...options, atomic: many?.atomic });
    if (many) {
      return {
        ...counts,
        results: results.map((one) =>
          one.status === 'refused' ? { ...one, problem: problemOf(one.problem, language) } : one,
        ),
      };
    }
    const [one] = results;
    if (!one) throw new Error('an appended entry has a result');
    if (one.status === 'refused') throw recorded(one.problem);
    void reply.status(one.status === 'created' ? 201 : 200);
    return { id: one.id, status: one.status, entry: one.entry };
  }

  @Needs('entries.read')
  @Get(':id')
  @ApiOperation({ summary: 'One entry' })
  async read(@Asking() principal: Principal, @Param('id') id: string): Promise<EntryView> {
    return this.view(principal, id);
  }

  @Needs('entries.write')
  @Post(':id/reversal')
  @ApiOperation({ summary: 'Take an entry back, and log another in its place if one is given; one act' })
  @ApiBody({ schema: REVERSAL_BODY })
  async reverse(
    @Asking() principal: Principal,
    @Param('id') of: string,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const options = optionsFor(principal);
    const { id, justification, replacement } = readReversal(body);
    const { id: reverses } = await this.view(principal, of);
    const [done] = await reverseEntries(this.source, [{ id, reverses, justification, replacement }], options);
    if (!done) throw new Error('a reversal has a result');
    if (done.status === 'created') this.wakeUp.recompute(options.registryId);
    void reply.status(done.status === 'created' ? 201 : 200);
    return {
      status: done.status,
      reversal: await this.view(principal, done.reversal),
      replacement: done.replacement === null ? null : await this.view(principal, done.replacement),
    };
  }

  private async write(inputs: readonly unknown[], options: AppendOptions): Promise<AppendResult> {
    const result = await this.writer.append(inputs, options);
    if (result.created > 0) this.wakeUp.recompute(options.registryId);
    return result;
  }

  private view({ registryId, orgs }: Principal, id: string): Promise<EntryView> {
    return readEntry(this.source, registryId, id, orgs);
  }
}

function optionsFor({ registryId, name, org, orgs, address, via }: Principal): AppendOptions {
  const audit = { act: 'entries.append', address, detail: { via } };
  const reach = { within: orgs, org, address, audit };
  return { registryId, actor: name, source: via === 'session' ? 'form' : 'api', ...reach };
}

function readMany(body: unknown): { entries: unknown[]; atomic: boolean } | null {
  if (typeof body !== 'object' || body === null || !Object.hasOwn(body, 'entries')) return null;
  refuseUnknown(body, ['entries', 'atomic']);
  const { entries, atomic = false } = body as { entries: unknown; atomic?: unknown };
  if (!Array.isArray(entries)) throw fieldNotReadable('entries', '应是一个列表', 'must be a list');
  if (typeof atomic !== 'boolean') throw fieldNotReadable('atomic', '应是 true 或 false', 'must be true or false');
  return { entries, atomic };
}

function readReversal(body: unknown): { id: string; justification: string; replacement?: unknown } {
  const given = (body ?? {}) as Record<string, unknown>;
  refuseUnknown(given, ['id', 'justification', 'replacement']);
  const { id, justification, replacement } = given;
  if (typeof id !== 'string' || !isUuid(id)) {
    throw fieldNotReadable('id', '应是一个 UUID，由发送方选定', 'must be a UUID chosen by the sender');
  }
  if (typeof justification !== 'string') throw fieldNotReadable('justification', '必须写明理由', 'is needed');
  return { id: id.toLowerCase(), justification, replacement: replacement ?? undefined };
}

function refuseUnknown(body: object, known: readonly string[]): void {
  const field = Object.keys(body).find((name) => !known.includes(name));
  if (field === undefined) return;
  throw new DomainError(
    'field_unknown',
    { zh: `没有名为“${field}”的字段。`, en: `There is no field "${field}".` },
    { field },
  );
}

function fieldNotReadable(field: string, zh: string, en: string): DomainError {
  return new DomainError('field_not_readable', { zh: `“${field}”${zh}。`, en: `"${field}" ${en}.` }, { field });
}
