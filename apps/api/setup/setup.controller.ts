import { Body, Controller, Get, HttpCode, Inject, Post, Req } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import type { IdentityProvider } from '../../../libs/accounts/identity-provider';
import { findSetupNeed, setUp, type SetupNeed } from '../../../libs/accounts/setup';
import { bodyOf, TEXT } from '../access/body-schema';
import { readFields } from '../access/json-body';
import { Open } from '../access/needs';
import { PUBLISHED } from '../access/published';
import { OPEN_LIMIT, SIGN_IN_LIMIT } from '../access/rate-limits';
import { IDENTITY_PROVIDER } from '../session/identity-provider.token';

const CITY = bodyOf({ code: TEXT, nameZh: TEXT, nameEn: TEXT }, ['code', 'nameZh']).schema;

@ApiTags('setup')
@Controller('api/setup')
export class SetupController {
  constructor(
    private readonly source: DataSource,
    @Inject(PUBLISHED) private readonly published: boolean,
    @Inject(IDENTITY_PROVIDER) private readonly provider: IdentityProvider | null,
  ) {}

  @Open()
  @Get()
  @RouteConfig(OPEN_LIMIT)
  @ApiOperation({ summary: 'What is missing before anybody can sign in, and whether a sign-on provider is configured' })
  async read(): Promise<{ need: SetupNeed; signOn: boolean }> {
    return { need: await findSetupNeed(this.source.manager, this.published), signOn: this.provider !== null };
  }

  @Open()
  @Post()
  @HttpCode(204)
  @RouteConfig(SIGN_IN_LIMIT)
  @ApiOperation({ summary: 'Make what is missing, with the token of the link that the program printed' })
  @ApiBody(
    bodyOf(
      {
        token: TEXT,
        registry: bodyOf(
          { code: TEXT, nameZh: TEXT, nameEn: TEXT, firstDay: TEXT, cities: { type: 'array', items: CITY } },
          ['code', 'nameZh', 'firstDay'],
        ).schema,
        administrator: bodyOf({ name: TEXT, displayName: TEXT, password: TEXT }, ['name', 'password']).schema,
      },
      ['token', 'administrator'],
    ),
  )
  async make(@Body() body: unknown, @Req() request: FastifyRequest): Promise<void> {
    await setUp(this.source, readFields(body, ['token', 'registry', 'administrator']), request.ip, this.published);
  }
}
