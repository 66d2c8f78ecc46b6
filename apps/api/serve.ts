import fastifyStatic from '@fastify/static';
import { NotFoundException, type DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ProblemFilter } from './problem.filter';
import { queryValidation } from './query-validation.pipe';
import { strangerIn } from './same-machine';

/** R24: what one JSON call may hold. */
const BODY_LIMIT = 16 * 1024 * 1024;
/** How long a request may take to arrive. */
const REQUEST_TIMEOUT_MS = 60_000;
/** How long requests may go on once the program is ending. */
const FAREWELL_MS = 3_000;

/** The HTTP application over a root module: the API, its description, and the page that was built beside it. */
export async function createHttpApplication(module: DynamicModule): Promise<NestFastifyApplication> {
  const problems = new ProblemFilter();
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_TIMEOUT_MS,
    // An address that cannot be read, like /%zz, comes to no route and to no filter.
    frameworkErrors: (_error: unknown, request: FastifyRequest, reply: FastifyReply) =>
      problems.answer(new NotFoundException(), request, reply),
  });
  const server = adapter.getInstance();
  server.addHook('onRequest', (request, reply, next) => {
    const refusal = strangerIn(request);
    if (refusal) problems.answer(refusal, request, reply);
    else next();
  });
  server.addHook('preClose', (next) => {
    setTimeout(() => server.server.closeAllConnections(), FAREWELL_MS).unref();
    next();
  });
  // JSON alone is read, by Fastify's own parser: a form or a plain text can be sent from any page of the web.
  server.removeContentTypeParser('text/plain');
  const application = await NestFactory.create<NestFastifyApplication>(module, adapter, {
    logger: ['error', 'warn'],
    abortOnError: false,
    bodyParser: false,
  });
  application.useGlobalFilters(problems);
  application.useGlobalPipes(queryValidation());
  describe(application);
  await servePage(application);
  return application;
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
    // The names of built files carry a hash of their content; the page that names them does not.
    setHeaders: (reply, path) => {
      const lasting = path.includes(`${join('web', 'assets')}`);
      reply.header('cache-control', lasting ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
}
