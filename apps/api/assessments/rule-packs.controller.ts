import { Body, Controller, Get, Post } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import type { Principal } from '../../../libs/accounts/principal';
import { DomainError } from '../../../libs/core/domain-error';
import { findRoot } from '../../../libs/indicators/orgs.queries';
import { readPacks, type ShownPack } from '../../../libs/self-assessment/find-rules';
import { addPack } from '../../../libs/self-assessment/office-packs';
import { Asking, Needs } from '../access/needs';

@ApiTags('assessments')
@Controller('api/rule-packs')
export class RulePacksController {
  constructor(private readonly source: DataSource) {}

  @Needs('assessments.read')
  @Get()
  @ApiOperation({ summary: 'The rule packs that come with the program, and every version of the office’s own' })
  async list(@Asking() { registryId }: Principal): Promise<{ packs: ShownPack[] }> {
    return { packs: await readPacks(this.source.manager, registryId) };
  }

  @Needs('assessments.write')
  @Post()
  @ApiOperation({ summary: 'Adds a rule pack of the office’s own, or the next version of one' })
  @ApiBody({ schema: { type: 'object' }, description: 'A whole pack, as the list shows them' })
  async add(@Asking() principal: Principal, @Body() body: unknown): Promise<ShownPack> {
    const root = await findRoot(this.source.manager, principal.registryId);
    if (root === null || !principal.orgs.has(root)) {
      throw new DomainError('org_out_of_reach', {
        zh: '评分规则是整个资料库共用的，您的账号只管其中一部分。',
        en: 'Rule packs are shared by the whole registry, and your account reaches a part of it.',
      });
    }
    return addPack(this.source, principal, body);
  }
}
