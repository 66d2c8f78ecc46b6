import { Body, Controller, Delete, Get, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiBody, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { revokeAccessTokensOf } from '../../../libs/accounts/access-tokens.queries';
import { actOf } from '../../../libs/accounts/act-of';
import { recordAct } from '../../../libs/accounts/audit';
import { changePassword } from '../../../libs/accounts/own-account';
import { accountIdOf, type Principal } from '../../../libs/accounts/principal';
import { ROLES } from '../../../libs/accounts/roles';
import { endSession, endSessionsOf } from '../../../libs/accounts/sessions';
import { signIn } from '../../../libs/accounts/sign-in';
import { bodyOf, TEXT } from '../access/body-schema';
import { readFields } from '../access/json-body';
import { Asking, Needs, Open, OrNobody, type AuthenticatedRequest } from '../access/needs';
import { PUBLISHED } from '../access/published';
import { SIGN_IN_LIMIT } from '../access/rate-limits';
import { SESSION_COOKIE } from '../access/session-cookie';

@ApiTags('session')
@Controller('api/session')
export class SessionController {
  constructor(
    private readonly source: DataSource,
    @Inject(PUBLISHED) private readonly published: boolean,
  ) {}

  @Open()
  @Post()
  @HttpCode(204)
  @RouteConfig(SIGN_IN_LIMIT)
  @ApiOperation({ summary: 'Sign in: the answer sets a cookie; `code` once a second factor is in force' })
  @ApiBody(bodyOf({ name: TEXT, password: TEXT, code: TEXT }, ['name', 'password']))
  async begin(
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const given = readFields(body, ['name', 'password', 'code']);
    const [name, password, code] = [given.name, given.password, given.code].map((value) =>
      typeof value === 'string' ? value : '',
    ) as [string, string, string];
    const token = await signIn(this.source, { name, password, code, address: request.ip }, this.published);
    const before = SESSION_COOKIE.read(request);
    if (before !== undefined) await endSession(this.source.manager, before);
    SESSION_COOKIE.set(request, reply, token);
  }

  @Needs('account.read')
  @OrNobody()
  @Get()
  @ApiOperation({
    summary: 'Who is signed in, what they may do, and what they have to do first; 204 in a browser where nobody is',
  })
  @ApiOkResponse()
  @ApiNoContentResponse({ description: 'Nobody is signed in' })
  read(@Req() { caller }: AuthenticatedRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    if (!caller) return void reply.code(204);
    const { principal, displayName, demonstration, mustChangePassword, totp, pending } = caller;
    const { name, role, org, via, permissions } = principal;
    const label = ROLES.find(({ code }) => code === role)?.label;
    return {
      ...{ name, displayName, role: { code: role, label }, org, via, demonstration },
      ...{ permissions: [...permissions], mustChangePassword, totp, pending },
    };
  }

  @Needs('account.own')
  @Delete()
  @HttpCode(204)
  @ApiOperation({ summary: 'Sign out' })
  async end(
    @Asking() principal: Principal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.source.transaction(async (manager) => {
      await endSession(manager, SESSION_COOKIE.read(request) ?? '');
      await recordAct(manager, actOf(principal, 'session.end', null));
    });
    SESSION_COOKIE.clear(request, reply);
  }

  @Needs('account.own')
  @Delete('all')
  @HttpCode(204)
  @ApiOperation({ summary: 'Sign out everywhere; all access tokens are revoked' })
  async endAll(
    @Asking() principal: Principal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const account = { registryId: principal.registryId, id: accountIdOf(principal) };
    await this.source.transaction(async (manager) => {
      const sessions = await endSessionsOf(manager, account);
      const tokens = await revokeAccessTokensOf(manager, account.registryId, account.id);
      await recordAct(manager, actOf(principal, 'session.end_all', null, { sessions, tokens }));
    });
    SESSION_COOKIE.clear(request, reply);
  }

  @Needs('account.own')
  @Post('password')
  @HttpCode(204)
  @RouteConfig(SIGN_IN_LIMIT)
  @ApiOperation({ summary: 'Change the own password; all other sessions end, and all access tokens are revoked' })
  @ApiBody(bodyOf({ current: TEXT, password: TEXT }))
  async password(@Asking() principal: Principal, @Body() body: unknown, @Req() request: FastifyRequest): Promise<void> {
    const fields = readFields(body, ['current', 'password']);
    await changePassword(this.source, principal, fields, SESSION_COOKIE.read(request));
  }
}
