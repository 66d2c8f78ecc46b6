import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { endOfToken } from '../../../libs/accounts/access-tokens';
import { recordAct } from '../../../libs/accounts/audit';
import { Callers, type Caller, type Pending } from '../../../libs/accounts/authenticate';
import type { Principal } from '../../../libs/accounts/principal';
import { PERMISSIONS, type Permission } from '../../../libs/accounts/roles';
import { DomainError } from '../../../libs/core/domain-error';
import { ANYBODY, BY_ITSELF, NEEDED, OR_NOBODY, type AuthenticatedRequest } from './needs';
import { PUBLISHED } from './published';
import { SESSION_COOKIE } from './session-cookie';

const READING = ['GET', 'HEAD', 'OPTIONS'];
/** Which no page of another site can send without being asked for leave. */
const PAGE_HEADER = 'x-marrow-ledger';
const BEARER = /^Bearer +(\S+)$/i;

/** Lets in who may do what the route needs, and nobody where a route says nothing. */
@Injectable()
export class AccessGuard implements CanActivate {
  private readonly callers: Callers;

  constructor(
    private readonly reflector: Reflector,
    private readonly source: DataSource,
    @Inject(PUBLISHED) published: boolean,
  ) {
    this.callers = new Callers(source, published);
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const at = [context.getHandler(), context.getClass()];
    const needed = this.reflector.getAllAndOverride<Permission | typeof ANYBODY | undefined>(NEEDED, at);
    if (needed === ANYBODY) return true;
    const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
    const active = this.reflector.get(BY_ITSELF, context.getHandler()) !== true;
    request.callerNow = () => this.letIn(request, needed, active);
    const orNobody = this.reflector.get(OR_NOBODY, context.getHandler()) === true && bearerOf(request) === undefined;
    request.caller = await request.callerNow().catch((error: unknown) => {
      if (orNobody && error instanceof DomainError && error.code === 'sign_in_needed') return undefined;
      throw error;
    });
    return true;
  }

  private async letIn(request: FastifyRequest, needed: Permission | undefined, active: boolean): Promise<Caller> {
    const caller = await this.callerOf(request, active);
    if (!caller) throw await this.strangerTo(request);
    const refusal = refusalOf(request, caller, needed);
    if (!refusal) return caller;
    await this.recordRefusal(request, caller, refusal);
    throw refusal;
  }

  private async strangerTo(request: FastifyRequest): Promise<DomainError> {
    const bearer = bearerOf(request);
    if (bearer === undefined) return signInNeeded();
    const ended = await endOfToken(this.source.manager, bearer);
    return ended ? new DomainError('sign_in_needed', ended) : tokenUnknown();
  }

  private async callerOf(request: FastifyRequest, active: boolean): Promise<Caller | undefined> {
    const bearer = bearerOf(request);
    const token = bearer ?? SESSION_COOKIE.read(request);
    if (token === undefined) return undefined;
    const via = bearer === undefined ? 'session' : 'token';
    return this.callers.authenticate({ token, via, address: request.ip, active });
  }

  /** Of what would have changed something; a page asks for much that its reader may not see. */
  private async recordRefusal(request: FastifyRequest, { principal }: Caller, { code }: DomainError): Promise<void> {
    if (READING.includes(request.method)) return;
    const { registryId, name: actor, org, address } = principal;
    const thing = `${request.method} ${request.routeOptions.url ?? ''}`;
    const refusal = { registryId, actor, act: 'request', thing, org, address, detail: { code } };
    await recordAct(this.source.manager, { ...refusal, result: 'refused' });
  }
}

function refusalOf(
  request: FastifyRequest,
  { principal, pending }: Caller,
  needed: Permission | undefined,
): DomainError | undefined {
  if (principal.via === 'session' && !isOfThePage(request)) return pageHeaderMissing();
  if (needed !== undefined && principal.permissions.has(needed)) return undefined;
  return pending ? firstThings(pending) : notPermitted(needed, principal.via);
}

/** Nothing when the request shows no token of a program. */
export function bearerOf({ headers }: FastifyRequest): string | undefined {
  return headers.authorization === undefined ? undefined : (BEARER.exec(headers.authorization)?.[1] ?? '');
}

/** A cookie comes along by itself: what changes something must say that it is the page's own doing. */
function isOfThePage({ method, headers }: FastifyRequest): boolean {
  return READING.includes(method) || headers[PAGE_HEADER] !== undefined;
}

function pageHeaderMissing(): DomainError {
  return new DomainError('page_header_missing', {
    zh: `用登录会话改动数据的请求须带 ${PAGE_HEADER} 标头。程序请改用访问令牌。`,
    en: `A request that changes something by a session carries the header ${PAGE_HEADER}. Programs use an access token.`,
  });
}

export function signInNeeded(): DomainError {
  return new DomainError('sign_in_needed', {
    zh: '请先登录。登录可能因久未操作已经结束。',
    en: 'Sign in first. A session ends when nothing is done in it.',
  });
}

function tokenUnknown(): DomainError {
  return new DomainError('sign_in_needed', {
    zh: '访问令牌无效：可能抄写有误，或账号已停用。请重新创建。',
    en: 'The access token is not good: it may have been copied wrongly, or its account be disabled. Make another.',
  });
}

function notPermitted(needed: Permission | undefined, via: Principal['via']): DomainError {
  const what = needed === undefined ? undefined : PERMISSIONS[needed];
  const [zh, en] = via === 'token' ? ['您的角色或这个令牌', 'Your role or this token'] : ['您的角色', 'Your role'];
  return new DomainError('permission_missing', {
    zh: `${zh}没有这项权限${what ? `（${what.zh}）` : ''}。需要时请找管理员。`,
    en: `${en} may not do this${what ? ` (${what.en})` : ''}. Ask an administrator.`,
  });
}

function firstThings(pending: Pending): DomainError {
  if (pending === 'password') {
    return new DomainError('password_change_needed', { zh: '请先修改密码。', en: 'Change the password first.' });
  }
  return new DomainError('second_factor_enrolment_needed', {
    zh: '管理员须先开启两步验证。',
    en: 'An administrator has to enrol a second factor first.',
  });
}
