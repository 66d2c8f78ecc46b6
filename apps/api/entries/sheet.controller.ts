import { Body, Controller, Headers, HttpCode, Post } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import type { Principal } from '../../../libs/accounts/principal';
import { DomainError } from '../../../libs/core/domain-error';
import { WakeUp } from '../../../libs/jobs/wake-up';
import { saveSheet } from '../../../libs/ledger/save-sheet';
import { readFields } from '../access/json-body';
import { Asking, Needs } from '../access/needs';
import { problemOf } from '../problem.filter';
import { SHEET_BODY } from './entries.schema';
import { readReversals } from './reversals.controller';

/** The orgs of a registry, times the kinds that a person fills in. */
const AT_MOST = 5_000;

@ApiTags('entries')
@Controller('api/entries/sheet')
export class SheetController {
  constructor(
    private readonly source: DataSource,
    private readonly wakeUp: WakeUp,
  ) {}

  @Needs('entries.write')
  @Post()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Log the sheet of a day: entries, and what they take the place of, all or nothing',
    description: 'If a row is refused nothing is written, and each refused row says why.',
  })
  @ApiBody({ schema: SHEET_BODY })
  async save(
    @Asking() { registryId, name, org, orgs, address, via }: Principal,
    @Body() body: unknown,
    @Headers('accept-language') language: string | undefined,
  ) {
    const { entries, reversals } = readFields(body, ['entries', 'reversals']);
    if (!Array.isArray(entries) || entries.length === 0 || entries.length > AT_MOST) {
      throw new DomainError(
        'field_not_readable',
        { zh: `“entries”应是 1 至 ${AT_MOST} 条的列表。`, en: `"entries" must be a list of 1 to ${AT_MOST}.` },
        { field: 'entries' },
      );
    }
    const source = via === 'session' ? 'form' : 'api';
    const audit = { act: 'entries.sheet', address, detail: { via } };
    const options = { registryId, actor: name, source, within: orgs, org, audit } as const;
    const takenBack = reversals === undefined || reversals === null ? [] : readReversals(reversals);
    const { results, ...counts } = await saveSheet(this.source, entries, takenBack, options);
    if (counts.created > 0) this.wakeUp.recompute(registryId);
    return {
      ...counts,
      results: results.map((one) =>
        one.status === 'refused'
          ? { ...one, problem: problemOf(one.problem, language) }
          : { row: one.row, id: one.id, status: one.status },
      ),
    };
  }
}
