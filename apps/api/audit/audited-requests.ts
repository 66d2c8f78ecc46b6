import { Logger } from '@nestjs/common';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { Readable } from 'node:stream';
import type { DataSource } from 'typeorm';
import { recordAct, type Act } from '../../../libs/accounts/audit';
import type { Principal } from '../../../libs/accounts/principal';
import { faultOf } from '../fault';
import type { AuthenticatedRequest } from '../access/needs';
import { unrecordedProblem } from './refusal';

/** Reads that show codes of donors, by route. An answer that is a file to keep is an export, whatever its route. */
const LISTS: Readonly<Record<string, string>> = {
  '/api/entries': 'entries.list',
  '/api/entries/:id': 'entries.read',
  '/api/entries/:id/history': 'entries.read',
  '/api/entries/day': 'entries.list',
  '/api/cases/:code': 'cases.read',
  '/api/values/entries': 'entries.list',
  '/api/values/changes': 'entries.list',
  '/api/metrics/running/entries': 'entries.list',
  '/api/worklists/:key': 'worklist.read',
  '/api/funnel/cases': 'cases.list',
  '/api/funnel/times/cases': 'cases.list',
  '/api/funnel/ageing/cases': 'cases.list',
  '/api/funnel/cities/cases': 'cases.list',
  '/api/quality/findings': 'findings.list',
  '/api/imports/:id/rows': 'imports.rows',
};

const READING = ['GET', 'HEAD', 'OPTIONS'];

const logger = new Logger('Audit');

/**
 * R22, for every route at once: a write that was let in and then refused or failed, and a read of a list with codes of
 * donors or of an export, each in a transaction of its own and before the answer goes out. A write that was done stands
 * in its own transaction. What the guard refuses it records itself.
 */
export function auditRequests(server: FastifyInstance, source: () => DataSource): void {
  server.addHook('onSend', (request: AuthenticatedRequest, reply, payload, done) => {
    const act = request.caller && actOf(request, reply, request.caller.principal);
    if (!act) return done(null, payload);
    recordAct(source().manager, act).then(
      () => done(null, payload),
      (error: unknown) => {
        logger.error(faultOf(error));
        // A refusal is a refusal, recorded or not; but nothing is shown that is not recorded.
        if (act.result !== 'done') return done(null, payload);
        discard(payload);
        reply.removeHeader('content-disposition');
        void reply.status(503).type('application/problem+json; charset=utf-8');
        done(null, JSON.stringify(NOT_RECORDED));
      },
    );
  });
}

function actOf(request: AuthenticatedRequest, reply: FastifyReply, principal: Principal): Act | undefined {
  const { registryId, name: actor, org, address } = principal;
  const { method, routeOptions } = request;
  const route = routeOptions.url ?? '';
  const common = { registryId, actor, org, address };
  if (!READING.includes(method)) {
    if (reply.statusCode < 400) return undefined;
    const code = unrecordedProblem(request);
    if (code === undefined) return undefined;
    const result = reply.statusCode < 500 ? 'refused' : 'failed';
    const detail = { code, ...(request.params as object) };
    return { ...common, act: 'request', thing: `${method} ${route}`, result, detail };
  }
  if (method !== 'GET' || reply.statusCode !== 200) return undefined;
  const exported = String(reply.getHeader('content-disposition') ?? '').startsWith('attachment');
  const act = exported ? 'export' : LISTS[route];
  if (act === undefined) return undefined;
  const { key, id, ...rest } = { ...(request.params as Record<string, string>), ...(request.query as object) };
  const thing = exported ? request.url.split('?', 1).join() : (id ?? key ?? null);
  return { ...common, act, thing, result: 'done', detail: exported ? { ...rest, ...(key && { key }) } : rest };
}

function discard(payload: unknown): void {
  if (payload instanceof Readable) payload.destroy();
}

const NOT_RECORDED = {
  type: 'about:blank',
  title: 'Service Unavailable',
  status: 503,
  code: 'not_recorded',
  detail: '这次查看无法记入审计记录，因此没有给出内容。请稍后再试。',
  detailEn: 'This read could not be recorded, so nothing is shown. Try again later.',
};
