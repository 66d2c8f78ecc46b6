import { Controller, Get, Inject } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { DEMONSTRATION_ACCOUNTS } from '../../../libs/accounts/demonstration-accounts';
import { ROLES } from '../../../libs/accounts/roles';
import { Open } from '../access/needs';
import { PUBLISHED } from '../access/published';
import { OPEN_LIMIT } from '../access/rate-limits';

@ApiTags('session')
@Controller('api/session/demonstration')
export class DemonstrationController {
  constructor(@Inject(PUBLISHED) private readonly published: boolean) {}

  @Open()
  @Get()
  @RouteConfig(OPEN_LIMIT)
  @ApiOperation({ summary: 'The accounts of a demonstration, with their passwords; none anywhere else' })
  list() {
    if (!this.published) return { accounts: [] };
    const accounts = DEMONSTRATION_ACCOUNTS.map(({ name, displayName, role, password }) => {
      return {
        name,
        displayName,
        password,
        role: { code: role, label: ROLES.find(({ code }) => code === role)?.label },
      };
    });
    return { accounts };
  }
}
