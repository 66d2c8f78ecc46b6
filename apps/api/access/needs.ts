import { createParamDecorator, SetMetadata, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Caller } from '../../../libs/accounts/authenticate';
import type { Principal } from '../../../libs/accounts/principal';
import type { Permission } from '../../../libs/accounts/roles';

export const NEEDED = Symbol('needed');
export const BY_ITSELF = Symbol('by itself');
export const OR_NOBODY = Symbol('or nobody');

/** Instead of a permission: anybody, also who is not signed in. */
export const ANYBODY = 'anybody';

/** What a request carries once the guard has let it in. */
export interface AuthenticatedRequest extends FastifyRequest {
  caller?: Caller;
  /** The same, asked anew: a request may outlast what it was let in by. */
  callerNow?: () => Promise<Caller>;
}

/** What the caller must be let do. A route that says neither this nor `@Open()` is refused to all. */
export const Needs = (permission: Permission) => SetMetadata(NEEDED, permission);

/** A route for anybody. */
export const Open = () => SetMetadata(NEEDED, ANYBODY);

/** A page asks this by itself while nobody need sit before it: it keeps no session awake. */
export const ByItself = () => SetMetadata(BY_ITSELF, true);

/** A browser in which nobody is signed in may ask it too; a program whose token is not good may not. */
export const OrNobody = () => SetMetadata(OR_NOBODY, true);

/** Who is asking, as a page shows them. */
export const AskingCaller = createParamDecorator((_: unknown, context: ExecutionContext): Caller => {
  const { caller } = context.switchToHttp().getRequest<AuthenticatedRequest>();
  if (!caller) throw new Error('a route that anybody may ask has no caller');
  return caller;
});

/** Who is asking. */
export const Asking = createParamDecorator((_: unknown, context: ExecutionContext): Principal => {
  const { caller } = context.switchToHttp().getRequest<AuthenticatedRequest>();
  if (!caller) throw new Error('a route that anybody may ask has no caller');
  return caller.principal;
});

/** Who is asking still, as often as it is called. It throws once they may come in no more. */
export const AskingNow = createParamDecorator((_: unknown, context: ExecutionContext): (() => Promise<Principal>) => {
  const { callerNow } = context.switchToHttp().getRequest<AuthenticatedRequest>();
  if (!callerNow) throw new Error('a route that anybody may ask has no caller');
  return async () => (await callerNow()).principal;
});
