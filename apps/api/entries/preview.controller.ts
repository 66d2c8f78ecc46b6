import { Body, Controller, Headers, HttpCode, Post } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import type { Principal } from '../../../libs/accounts/principal';
import { DomainError } from '../../../libs/core/domain-error';
import { previewEntries } from '../../../libs/indicators/preview-entries';
import type { Reversal } from '../../../libs/ledger/reverse';
import { readFields } from '../access/json-body';
import { Asking, Needs } from '../access/needs';
import { recorded } from '../audit/refusal';
import { problemOf } from '../problem.filter';
import { PREVIEW_BODY } from './entries.schema';
import { readReversals } from './reversals.controller';

/** A late correction is looked at entry by entry; more than that is a file. */
const AT_MOST = 100;

@ApiTags('entries')
@Controller('api/entries/preview')
export class PreviewController {
  constructor(private readonly source: DataSource) {}

  @Needs('entries.write')
  @Post()
  @HttpCode(200)
  @ApiOperation({
    summary: 'What saving up to 100 entries and reversals would do: the months they go to, the figures they move',
    description: 'Nothing of it stays. What saving would refuse is refused alike.',
  })
  @ApiBody({ schema: PREVIEW_BODY })
  async preview(
    @Asking() { registryId, name, orgs, via }: Principal,
    @Body() body: unknown,
    @Headers('accept-language') language: string | undefined,
  ) {
    const { entries, reversals } = readPreview(body);
    const options = { registryId, actor: name, source: via === 'session' ? 'form' : 'api', within: orgs } as const;
    const preview = await previewEntries(this.source, entries, reversals, options);
    const [only, ...more] = preview.results;
    // As the one entry of a call is answered when it is saved; a look is not recorded.
    if (only?.status === 'refused' && more.length === 0 && reversals.length === 0) throw recorded(only.problem);
    return {
      ...preview,
      results: preview.results.map((one) =>
        one.status === 'refused'
          ? { ...one, problem: problemOf(one.problem, language) }
          : { row: one.row, id: one.id, status: one.status },
      ),
    };
  }
}

function readPreview(body: unknown): { entries: readonly unknown[]; reversals: readonly Reversal[] } {
  const known =
    typeof body === 'object' && body !== null && ['entries', 'reversals'].some((name) => Object.hasOwn(body, name));
  if (!known) return { entries: [body], reversals: [] };
  const given = readFields(body, ['entries', 'reversals']);
  const entries = given['entries'] ?? [];
  const reversals = given['reversals'] === undefined ? [] : readReversals(given['reversals']);
  const count = Array.isArray(entries) ? entries.length + reversals.length : 0;
  if (!Array.isArray(entries) || count === 0 || count > AT_MOST) {
    throw new DomainError(
      'field_not_readable',
      {
        zh: `“entries”和“reversals”合起来应是 1 至 ${AT_MOST} 条。`,
        en: `"entries" and "reversals" together hold 1 to ${AT_MOST}.`,
      },
      { field: 'entries' },
    );
  }
  return { entries, reversals };
}
