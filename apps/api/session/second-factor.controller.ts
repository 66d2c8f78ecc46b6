import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import {
  confirmOwnSecondFactor,
  enrolOwnSecondFactor,
  removeOwnSecondFactor,
} from '../../../libs/accounts/own-account';
import type { Principal } from '../../../libs/accounts/principal';
import { bodyOf, TEXT } from '../access/body-schema';
import { readFields } from '../access/json-body';
import { Asking, Needs } from '../access/needs';
import { SIGN_IN_LIMIT } from '../access/rate-limits';

@ApiTags('session')
@Controller('api/session/totp')
@Needs('account.own')
export class SecondFactorController {
  constructor(private readonly source: DataSource) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({ summary: 'A secret for an authenticator; in force once a code of it is confirmed' })
  enrol(@Asking() principal: Principal): Promise<{ secret: string; uri: string }> {
    return enrolOwnSecondFactor(this.source, principal);
  }

  @Post('confirm')
  @HttpCode(200)
  @RouteConfig(SIGN_IN_LIMIT)
  @ApiOperation({ summary: 'Put the second factor in force; the recovery codes are shown this once' })
  @ApiBody(bodyOf({ code: TEXT }))
  async confirm(@Asking() principal: Principal, @Body() body: unknown): Promise<{ recoveryCodes: string[] }> {
    const { code } = readFields(body, ['code']);
    return { recoveryCodes: await confirmOwnSecondFactor(this.source, principal, code) };
  }

  @Post('removal')
  @HttpCode(204)
  @RouteConfig(SIGN_IN_LIMIT)
  @ApiOperation({ summary: 'Take the second factor off; administrators have to enrol another before anything else' })
  @ApiBody(bodyOf({ password: TEXT }))
  async remove(@Asking() principal: Principal, @Body() body: unknown): Promise<void> {
    await removeOwnSecondFactor(this.source, principal, readFields(body, ['password']).password);
  }
}
