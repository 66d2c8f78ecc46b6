import fastifyMultipart from '@fastify/multipart';
import fastifyRateLimit from '@fastify/rate-limit';
import fastifyStatic from '@fastify/static';
import type { DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { ArrivingBodies, BODY_LIMIT, limitBodies } from './access/arriving-body';
import { parseJsonAsUtf8 } from './access/json-parser';
import { RATE_LIMITING } from './access/rate-limits';
import { protectAnswers } from './access/security-headers';
import { strangerIn } from './access/stranger';
import { auditRequests } from './audit/audited-requests';
import { limitArrival } from './arrival';
import { acceptStreams } from './entries/entry-stream';
import { ProblemFilter } from './problem.filter';
import { queryValidation } from './query-validation.pipe';

const NOWHERE = '/api/nowhere';

/** How long requests may go on once the program is ending. */
const FAREWELL_MS = 3_000;
const FORM_ROUTES: readonly string[] = [
  '/api/imports',
  '/api/evidence',
  '/api/targets/import',
  '/api/check-ups',
  '/api/assessments/:form/:period/targets',
  '/api/assessments/:form/:period/evidence',
  '/api/report-templates/:form',
];

export interface Surroundings {
  /** Whether it is to be opened by this machine's own names alone, since the passwords of its accounts are published. */
  readonly thisMachineOnly?: boolean;
  /** Addresses of proxies whose word about the client is taken: `X-Forwarded-For`, `-Proto` and `-Host`. */
  readonly trustedProxies?: readonly string[];
}

/** The HTTP application over a root module: the API, its description, and the page that was built beside it. */
export async function createHttpApplication(
  module: DynamicModule,
  { thisMachineOnly = false, trustedProxies = [] }: Surroundings = {},
): Promise<NestFastifyApplication> {
  const problems = new ProblemFilter();
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT,
    // By limitArrival, for it would end a long stream.
    requestTimeout: 0,
    trustProxy: trustedProxies.length > 0 ? [...trustedProxies] : false,
    // An address that cannot be read, like /%zz, comes to no route and to no hook.
    frameworkErrors: (_error: unknown, { raw }: FastifyRequest, reply: FastifyReply) => {
      raw.url = NOWHERE;
      server.routing(raw, reply.raw);
    },
  });
  const server: FastifyInstance = adapter.getInstance();
  limitBodies(server);
  await protectAnswers(server);
  const bodies = new ArrivingBodies();
  server.addHook('onRequest', (request, reply, next) => {
    const stranger = strangerIn(request, thisMachineOnly);
    limitArrival(request);
    const unread = stranger ? undefined : bodies.refusalOf(request, reply);
    // What is not read is not waited for either.
    if (unread) void reply.header('connection', 'close');
    const refusal = stranger ?? unread ?? formElsewhere(request);
    if (refusal) problems.answer(refusal, request, reply);
    else next();
  });
  server.addHook('preClose', (next) => {
    setTimeout(() => server.server.closeAllConnections(), FAREWELL_MS).unref();
    next();
  });
  // JSON alone is read: a form or a plain text can be sent from any page of the web.
  server.removeContentTypeParser('text/plain');
  parseJsonAsUtf8(server);
  acceptStreams(server, '/api/entries');
  const application = await NestFactory.create<NestFastifyApplication>(module, adapter, {
    logger: ['error', 'warn'],
    abortOnError: false,
    bodyParser: false,
  });
  auditRequests(server, () => application.get(DataSource));
  await application.register(fastifyMultipart);
  await application.register(fastifyRateLimit, RATE_LIMITING);
  application.useGlobalFilters(problems);
  application.useGlobalPipes(queryValidation());
  describe(application);
  await servePage(application);
  return application;
}

/** Files alone come as forms; the parser of forms is there for every route. */
function formElsewhere({ headers, routeOptions }: FastifyRequest): Error | undefined {
  if (!/^multipart\//i.test(headers['content-type'] ?? '') || FORM_ROUTES.includes(routeOptions.url ?? ''))
    return undefined;
  return Object.assign(new Error('no form is read here'), { statusCode: 415 });
}

function describe(application: NestFastifyApplication): void {
  const about = new DocumentBuilder().setTitle('Marrow Ledger 髓缘台账').setVersion('1').build();
  const document = SwaggerModule.createDocument(application, about);
  application
    .getHttpAdapter()
    .get('/api/openapi.json', (_request: unknown, reply: { send(body: unknown): void }) => reply.send(document));
}

async function servePage(application: NestFastifyApplication): Promise<void> {
  const root = join(__dirname, '..', '..', 'web');
  if (!existsSync(root)) return;
  await application.register(fastifyStatic, {
    root,
    wildcard: false,
    // As the build wrote them beside the files; they have no addresses of their own.
    preCompressed: true,
    globIgnore: ['**/*.br', '**/*.gz'],
    // The names of built files carry a hash of their content; the page that names them does not.
    setHeaders: (reply, path) => {
      const lasting = path.includes(`${join('web', 'assets')}`);
      reply.header('cache-control', lasting ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
}
