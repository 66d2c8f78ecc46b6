import { Controller, Get, Inject, Logger, NotFoundException, Req, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiFoundResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { CALLBACK_PATH, type IdentityProvider } from '../../../libs/accounts/identity-provider';
import { beginSignOn, finishSignOn, SignOnRefused } from '../../../libs/accounts/sign-on';
import { Open } from '../access/needs';
import { SIGN_IN_LIMIT } from '../access/rate-limits';
import { ATTEMPT_COOKIE, SESSION_COOKIE } from '../access/session-cookie';
import { IDENTITY_PROVIDER } from './identity-provider.token';

/** A browser comes here by itself, not by the page: whatever happens, it is sent back to the page. */
@ApiTags('session')
@Controller('api/session/oidc')
export class SignOnController {
  private readonly logger = new Logger('SignOn');

  constructor(
    private readonly source: DataSource,
    @Inject(IDENTITY_PROVIDER) private readonly provider: IdentityProvider | null,
  ) {}

  @Open()
  @Get()
  @RouteConfig(SIGN_IN_LIMIT)
  @ApiOperation({ summary: 'Go to the sign-on provider' })
  @ApiFoundResponse()
  async begin(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.answer(reply, async (provider) => {
      const { url, token } = await beginSignOn(this.source, provider);
      ATTEMPT_COOKIE.set(request, reply, token);
      return url;
    });
  }

  @Open()
  @Get('callback')
  @RouteConfig(SIGN_IN_LIMIT)
  @ApiOperation({ summary: 'Come back from the sign-on provider: the answer sets the cookie of a session' })
  @ApiFoundResponse()
  async finish(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.answer(reply, async (provider) => {
      const shown = ATTEMPT_COOKIE.read(request);
      ATTEMPT_COOKIE.clear(request, reply);
      const answer = CALLBACK_PATH + new URL(request.url, 'http://here').search;
      const token = await finishSignOn(this.source, provider, { token: shown, answer, address: request.ip });
      SESSION_COOKIE.set(request, reply, token);
      return '/';
    });
  }

  private async answer(reply: FastifyReply, go: (provider: IdentityProvider) => Promise<string>): Promise<void> {
    if (this.provider === null) throw new NotFoundException();
    try {
      await reply.redirect(await go(this.provider), 302);
    } catch (error) {
      if (!(error instanceof SignOnRefused)) throw error;
      if (error.cause !== undefined) this.logger.warn(messagesOf(error));
      // Behind the #, it comes into no server's log.
      await reply.redirect(`/#sign-on=${error.reason}`, 302);
    }
  }
}

/** Not what came with them: it may be of the person. */
function messagesOf(error: Error): string {
  return error.cause instanceof Error ? `${error.message}: ${messagesOf(error.cause)}` : error.message;
}
