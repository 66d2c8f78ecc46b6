import fastifyHelmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';

const HALF_A_YEAR_SECONDS = 15_552_000;

/**
 * What browsers are told with each answer: run and show nothing but our own, and keep nothing of the API. To be
 * awaited before any hook that may answer.
 */
export async function protectAnswers(server: FastifyInstance): Promise<void> {
  await server.register(fastifyHelmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: [`'self'`],
        scriptSrc: [`'self'`],
        // The components write their styles into the page as they are shown, and so does the chart's tooltip.
        styleSrc: [`'self'`, `'unsafe-inline'`],
        imgSrc: [`'self'`, 'data:', 'blob:'],
        fontSrc: [`'self'`, 'data:'],
        connectSrc: [`'self'`],
        objectSrc: [`'none'`],
        baseUri: [`'none'`],
        formAction: [`'self'`],
        frameAncestors: [`'none'`],
      },
    },
    frameguard: { action: 'deny' },
    referrerPolicy: { policy: 'no-referrer' },
    // Heeded over TLS alone; of other programs below the same name nothing is said.
    strictTransportSecurity: { maxAge: HALF_A_YEAR_SECONDS, includeSubDomains: false },
  });
  server.addHook('onRequest', (request, reply, next) => {
    if (request.url.startsWith('/api/')) void reply.header('cache-control', 'no-store');
    next();
  });
}
