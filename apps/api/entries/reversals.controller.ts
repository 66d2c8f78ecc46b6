import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import type { Principal } from '../../../libs/accounts/principal';
import { DomainError } from '../../../libs/core/domain-error';
import { isUuid } from '../../../libs/core/uuid';
import { WakeUp } from '../../../libs/jobs/wake-up';
import { reverseEntries, type Reversal, type ReversedEntry } from '../../../libs/ledger/reverse';
import { readFields } from '../access/json-body';
import { Asking, Needs } from '../access/needs';
import { REVERSALS_BODY } from './entries.schema';

/** A selection that a person has looked through; more than that is an amended file. */
const AT_MOST = 1_000;

@ApiTags('entries')
@Controller('api/entries/reversals')
export class ReversalsController {
  constructor(
    private readonly source: DataSource,
    private readonly wakeUp: WakeUp,
  ) {}

  @Needs('entries.write')
  @Post()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Take a selection of entries back, each with its replacement if one is given, all or nothing',
  })
  @ApiBody({ schema: REVERSALS_BODY })
  async reverse(@Asking() principal: Principal, @Body() body: unknown): Promise<{ results: ReversedEntry[] }> {
    const { registryId, name, org, orgs, address, via } = principal;
    const source = via === 'session' ? 'form' : 'api';
    const options = { registryId, actor: name, source, within: orgs, org, address } as const;
    const results = await reverseEntries(this.source, readReversals(body), options);
    if (results.some((one) => one.status === 'created')) this.wakeUp.recompute(registryId);
    return { results };
  }
}

/** @throws {DomainError} when the body cannot be read */
export function readReversals(body: unknown): Reversal[] {
  const { justification, entries } = readFields(body, ['justification', 'entries']);
  if (typeof justification !== 'string') throw notReadable('justification', '必须写明理由', 'is needed');
  if (!Array.isArray(entries) || entries.length === 0 || entries.length > AT_MOST) {
    throw notReadable('entries', `应是 1 至 ${AT_MOST} 条的列表`, `must be a list of 1 to ${AT_MOST}`);
  }
  return entries.map((one: unknown, index) => {
    const { id, reverses, replacement } = readFields(one, ['id', 'reverses', 'replacement']);
    if (typeof id !== 'string' || !isUuid(id)) {
      throw notReadable(`entries[${index}].id`, '应是一个 UUID，由发送方选定', 'must be a UUID chosen by the sender');
    }
    if (typeof reverses !== 'string' || !isUuid(reverses)) {
      throw notReadable(`entries[${index}].reverses`, '应是要冲销的登记的编号', 'must be the id of an entry');
    }
    const ids = { id: id.toLowerCase(), reverses: reverses.toLowerCase() };
    return { ...ids, justification, replacement: replacement ?? undefined };
  });
}

function notReadable(field: string, zh: string, en: string): DomainError {
  return new DomainError('field_not_readable', { zh: `“${field}”${zh}。`, en: `"${field}" ${en}.` }, { field });
}
