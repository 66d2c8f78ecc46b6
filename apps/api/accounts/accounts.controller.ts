import { Body, Controller, Get, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import {
  changeAccount,
  createAccount,
  listAccounts,
  resetAccount,
  unlockAccount,
} from '../../../libs/accounts/accounts';
import type { AccountRow } from '../../../libs/accounts/accounts.queries';
import type { Principal } from '../../../libs/accounts/principal';
import { PERMISSIONS, ROLES } from '../../../libs/accounts/roles';
import { bodyOf, TEXT } from '../access/body-schema';
import { readFields } from '../access/json-body';
import { Asking, Needs } from '../access/needs';

const ROLE = { type: 'string', enum: ROLES.map(({ code }) => code) } as const;

@ApiTags('accounts')
@Controller('api/accounts')
@Needs('accounts.manage')
export class AccountsController {
  constructor(private readonly source: DataSource) {}

  @Get()
  @ApiOperation({ summary: "The accounts of the caller's subtree, and the roles there are" })
  async list(@Asking() principal: Principal) {
    return { accounts: await listAccounts(this.source.manager, principal), roles: ROLES, labels: PERMISSIONS };
  }

  @Post()
  @ApiOperation({ summary: 'A new account, with a password that is good once and shown once' })
  @ApiBody(bodyOf({ name: TEXT, displayName: TEXT, role: ROLE, org: TEXT }, ['name', 'role', 'org']))
  create(
    @Asking() principal: Principal,
    @Body() body: unknown,
  ): Promise<{ account: AccountRow; oneTimePassword: string }> {
    const input = readFields(body, ['name', 'displayName', 'role', 'org']);
    return this.source.transaction((manager) => createAccount(manager, principal, input));
  }

  @Patch(':id')
  @ApiOperation({
    summary: 'Another role, org or name, disabled or not; its sessions then end, unless only the shown name changes',
  })
  @ApiBody(bodyOf({ displayName: TEXT, role: ROLE, org: TEXT, disabled: { type: 'boolean' }, signOnName: TEXT }, []))
  async change(
    @Asking() principal: Principal,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<{ account: AccountRow }> {
    const change = readFields(body, ['displayName', 'role', 'org', 'disabled', 'signOnName']);
    return { account: await this.source.transaction((manager) => changeAccount(manager, principal, id, change)) };
  }

  @Post(':id/reset')
  @HttpCode(200)
  @ApiOperation({ summary: 'A new one-time password; the second factor is taken off, sessions and tokens end' })
  async reset(@Asking() principal: Principal, @Param('id') id: string): Promise<{ oneTimePassword: string }> {
    const reset = this.source.transaction((manager) => resetAccount(manager, principal, id));
    return { oneTimePassword: await reset };
  }

  @Post(':id/unlock')
  @HttpCode(204)
  @ApiOperation({ summary: 'Let an account that was tried too often try again at once' })
  async unlock(@Asking() principal: Principal, @Param('id') id: string): Promise<void> {
    await this.source.transaction((manager) => unlockAccount(manager, principal, id));
  }
}
