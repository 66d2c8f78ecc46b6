import { Controller, Get, Param } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import type { Principal } from '../../../libs/accounts/principal';
import { readCaseStory, type CaseStory } from '../../../libs/funnel/case-story';
import { Asking, Needs } from '../access/needs';

@ApiTags('cases')
@Controller('api/cases')
@Needs('entries.read')
export class CasesController {
  constructor(private readonly source: DataSource) {}

  @Get(':code')
  @ApiOperation({ summary: 'One donor–patient request: its entries, what it waits for, and what may come next' })
  read(@Asking() { registryId, orgs }: Principal, @Param('code') code: string): Promise<CaseStory> {
    return readCaseStory(this.source, registryId, code, orgs);
  }
}
