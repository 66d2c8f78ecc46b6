import { Body, Controller, Get, Post } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import type { Principal } from '../../../libs/accounts/principal';
import { WakeUp } from '../../../libs/jobs/wake-up';
import { findFirstMonths } from '../../../libs/ledger/months.queries';
import { chooseSetting, readSettings, type SettingView } from '../../../libs/ledger/settings';
import { bodyOf, TEXT } from '../access/body-schema';
import { readFields } from '../access/json-body';
import { Asking, Needs } from '../access/needs';

@ApiTags('settings')
@Controller('api/settings')
export class SettingsController {
  constructor(
    private readonly source: DataSource,
    private readonly wakeUp: WakeUp,
  ) {}

  @Needs('catalogue.read')
  @Get()
  @ApiOperation({ summary: 'What the reports leave open, the answers there are, and which was chosen from when on' })
  async list(@Asking() { registryId }: Principal): Promise<{ settings: SettingView[]; firstOpen: string }> {
    const { firstOpen } = await findFirstMonths(this.source.manager, registryId);
    return { settings: await readSettings(this.source, registryId), firstOpen };
  }

  @Needs('settings.manage')
  @Post()
  @ApiOperation({ summary: 'Choose what a figure means from an open month on; every value is computed anew' })
  @ApiBody(bodyOf({ key: TEXT, choice: TEXT, since: TEXT, reason: TEXT }, ['key', 'choice', 'since', 'reason']))
  async choose(@Asking() principal: Principal, @Body() body: unknown): Promise<{ number: number }> {
    const input = readFields(body, ['key', 'choice', 'since', 'reason']);
    const number = await this.source.transaction((manager) => chooseSetting(manager, principal, input));
    this.wakeUp.recompute(principal.registryId);
    return { number };
  }
}
