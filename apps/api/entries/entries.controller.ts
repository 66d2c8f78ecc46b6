import { Body, Controller, Get, Headers, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { DataSource } from 'typeorm';
import { DomainError } from '../../../libs/core/domain-error';
import { isUuid } from '../../../libs/core/uuid';
import { WakeUp } from '../../../libs/jobs/wake-up';
import { appendEntries, type AppendOptions } from '../../../libs/ledger/append';
import { reverseEntries } from '../../../libs/ledger/reverse';
import { problemOf } from '../problem.filter';
import { RegistryService } from '../registry.service';
import { ENTRY_BODY, REVERSAL_BODY } from './entries.schema';
import { readEntry, type EntryView } from './entry-view';

/** Until there are accounts, whoever sits at this machine. */
const ACTOR = 'local';

@ApiTags('entries')
@Controller('api/entries')
export class EntriesController {
  constructor(
    private readonly source: DataSource,
    private readonly registry: RegistryService,
    private readonly wakeUp: WakeUp,
  ) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({ summary: 'Log one entry, or up to 10,000; a repeat of the same id and content changes nothing' })
  @ApiBody({ schema: ENTRY_BODY })
  async append(
    @Body() body: unknown,
    @Headers('accept-language') language: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const options = await this.options();
    const many = readMany(body);
    const inputs = many ? many.entries : [body];
    const { results, ...counts } = await appendEntries(this.source, inputs, { ...options, atomic: many?.atomic });
    if (counts.created > 0) this.wakeUp.recompute(options.registryId);
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
    if (one.status === 'refused') throw one.problem;
    void reply.status(one.status === 'created' ? 201 : 200);
    return { id: one.id, status: one.status, entry: await this.view(one.id) };
  }

  @Get(':id')
  @ApiOperation({ summary: 'One entry' })
  async read(@Param('id') id: string): Promise<EntryView> {
    return this.view(id);
  }

  @Post(':id/reversal')
  @ApiOperation({ summary: 'Take an entry back, and log another in its place if one is given; one act' })
  @ApiBody({ schema: REVERSAL_BODY })
  async reverse(@Param('id') of: string, @Body() body: unknown, @Res({ passthrough: true }) reply: FastifyReply) {
    const options = await this.options();
    const { id, justification, replacement } = readReversal(body);
    const { id: reverses } = await this.view(of);
    const [done] = await reverseEntries(this.source, [{ id, reverses, justification, replacement }], options);
    if (!done) throw new Error('a reversal has a result');
    if (done.status === 'created') this.wakeUp.recompute(options.registryId);
    void reply.status(done.status === 'created' ? 201 : 200);
    return {
      status: done.status,
      reversal: await this.view(done.reversal),
      replacement: done.replacement === null ? null : await this.view(done.replacement),
    };
  }

  private async options(): Promise<AppendOptions> {
    return { registryId: await this.registry.id(), actor: ACTOR, source: 'api' };
  }

  private async view(id: string): Promise<EntryView> {
    return readEntry(this.source, await this.registry.id(), id);
  }
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
