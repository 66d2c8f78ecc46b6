import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { listAccessTokens, makeAccessToken, revokeToken, tokenPermissions } from '../../../libs/accounts/access-tokens';
import type { Principal } from '../../../libs/accounts/principal';
import { PERMISSIONS } from '../../../libs/accounts/roles';
import { checkFreeText } from '../../../libs/ledger/entry-fields';
import { bodyOf, TEXT } from '../access/body-schema';
import { readFields } from '../access/json-body';
import { Asking, Needs } from '../access/needs';

@ApiTags('tokens')
@Controller('api/tokens')
@Needs('tokens.own')
export class TokensController {
  constructor(private readonly source: DataSource) {}

  @Get()
  @ApiOperation({ summary: "The caller's own tokens, and what they could be made for" })
  async list(@Asking() principal: Principal) {
    const tokens = await listAccessTokens(this.source.manager, principal);
    return { tokens, permissions: tokenPermissions(principal.role), labels: PERMISSIONS };
  }

  @Post()
  @ApiOperation({ summary: 'A new token, shown this once; it ends after the days that are given' })
  @ApiBody(bodyOf({ name: TEXT, permissions: { type: 'array', items: TEXT }, days: { type: 'integer', minimum: 1 } }))
  make(@Asking() principal: Principal, @Body() body: unknown): Promise<{ id: string; token: string }> {
    const input = readFields(body, ['name', 'permissions', 'days']);
    if (typeof input.name === 'string') checkFreeText(input.name, 'name');
    return this.source.transaction((manager) => makeAccessToken(manager, principal, input));
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Revoke a token, at once and for ever' })
  async revoke(@Asking() principal: Principal, @Param('id') id: string): Promise<void> {
    await this.source.transaction((manager) => revokeToken(manager, principal, id));
  }
}
