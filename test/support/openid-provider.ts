import { createHash, generateKeyPairSync, randomUUID, sign, type KeyObject } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

const CLIENT = { id: 'ledger', secret: 'a secret: of 1 & 2' };
const KEY_ID = 'one';

/** Who signs in at the provider, and what it says of them beside `sub`. */
export interface Person {
  readonly sub: string;
  readonly [claim: string]: unknown;
}

/** What goes wrong at the provider, or on the way. */
export interface Wrongs {
  /** Instead of what the id token would hold. */
  readonly claims?: Readonly<Record<string, unknown>>;
  /** Signed by a key that is not the provider's. */
  readonly forged?: boolean;
  readonly unsigned?: boolean;
  /** Names are said at the userinfo address alone. */
  readonly sayLittle?: boolean;
}

interface Grant {
  readonly asked: URLSearchParams;
  readonly person: Person;
  readonly wrongs: Wrongs;
}

/** A small OpenID Connect provider, which takes each code once, with its client's secret and the right verifier. */
export class OpenidProvider {
  private readonly own = generateKeyPairSync('rsa', { modulusLength: 2048 });
  private readonly foreign = generateKeyPairSync('rsa', { modulusLength: 2048 });
  private readonly grants = new Map<string, Grant>();
  /** Who sits at a browser that is sent here. */
  signedIn: Person | undefined;
  private readonly people = new Map<string, Person>();

  private constructor(
    private readonly server: Server,
    readonly issuer: string,
  ) {
    server.on('request', (request: IncomingMessage, response) => {
      const { pathname, search } = new URL(request.url ?? '', issuer);
      if (pathname === '/office/authorize' && this.signedIn) {
        const asked = `${issuer}/authorize${search}`;
        const { origin } = new URL(new URL(asked).searchParams.get('redirect_uri') ?? '');
        response.writeHead(302, { location: origin + this.agree(asked, this.signedIn) }).end();
        return;
      }
      void this.answer(request).then(({ status, body }) => {
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      });
    });
  }

  static async start(): Promise<OpenidProvider> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new OpenidProvider(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}/office`);
  }

  get client(): { clientId: string; clientSecret: string } {
    return { clientId: CLIENT.id, clientSecret: CLIENT.secret };
  }

  /** What a person does in the browser that was sent to `address`. @returns the path and query it is sent back to */
  agree(address: string, person: Person, wrongs: Wrongs = {}): string {
    const { searchParams: asked, origin, pathname } = new URL(address);
    if (origin + pathname !== `${this.issuer}/authorize`) throw new Error(`not an address of the provider: ${address}`);
    const code = randomUUID();
    this.grants.set(code, { asked, person, wrongs });
    const back = new URL(asked.get('redirect_uri') ?? '');
    back.searchParams.set('code', code);
    back.searchParams.set('state', asked.get('state') ?? '');
    return back.pathname + back.search;
  }

  /** The codes that it has given out are too old. */
  forgetCodes(): void {
    this.grants.clear();
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private async answer(request: IncomingMessage): Promise<{ status: number; body: unknown }> {
    const { issuer } = this;
    switch (`${request.method} ${request.url?.replace('/office', '')}`) {
      case 'GET /.well-known/openid-configuration':
        return {
          status: 200,
          body: {
            issuer,
            authorization_endpoint: `${issuer}/authorize`,
            token_endpoint: `${issuer}/token`,
            userinfo_endpoint: `${issuer}/userinfo`,
            jwks_uri: `${issuer}/keys`,
            response_types_supported: ['code'],
            subject_types_supported: ['public'],
            id_token_signing_alg_values_supported: ['RS256'],
          },
        };
      case 'GET /keys': {
        const key = this.own.publicKey.export({ format: 'jwk' });
        return { status: 200, body: { keys: [{ ...key, kid: KEY_ID, use: 'sig', alg: 'RS256' }] } };
      }
      case 'GET /userinfo': {
        const person = this.people.get(request.headers.authorization?.replace('Bearer ', '') ?? '');
        return person ? { status: 200, body: person } : { status: 401, body: { error: 'invalid_token' } };
      }
      case 'POST /token':
        return this.exchange(request.headers.authorization ?? '', new URLSearchParams(await textOf(request)));
      default:
        return { status: 404, body: {} };
    }
  }

  private exchange(authorization: string, given: URLSearchParams): { status: number; body: unknown } {
    const [id = '', secret = ''] = Buffer.from(authorization.replace('Basic ', ''), 'base64').toString().split(':');
    const read = (text: string) => decodeURIComponent(text.replaceAll('+', ' '));
    if (read(id) !== CLIENT.id || read(secret) !== CLIENT.secret) {
      return { status: 401, body: { error: 'invalid_client' } };
    }
    const code = given.get('code') ?? '';
    const grant = this.grants.get(code);
    this.grants.delete(code);
    const challenge = createHash('sha256')
      .update(given.get('code_verifier') ?? '')
      .digest('base64url');
    if (
      grant?.asked.get('code_challenge') !== challenge ||
      grant.asked.get('code_challenge_method') !== 'S256' ||
      grant.asked.get('redirect_uri') !== given.get('redirect_uri')
    ) {
      return { status: 400, body: { error: 'invalid_grant' } };
    }
    const token = randomUUID();
    this.people.set(token, grant.person);
    return {
      status: 200,
      body: { access_token: token, token_type: 'Bearer', expires_in: 60, id_token: this.idToken(grant) },
    };
  }

  private idToken({ asked, person, wrongs }: Grant): string {
    const now = Math.floor(Date.now() / 1000);
    const said = wrongs.sayLittle ? { sub: person.sub } : person;
    const standard = { iss: this.issuer, aud: CLIENT.id, iat: now, exp: now + 60, nonce: asked.get('nonce') };
    const header = wrongs.unsigned ? { alg: 'none' } : { alg: 'RS256', kid: KEY_ID };
    const text = [header, { ...standard, ...said, ...wrongs.claims }]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.');
    if (wrongs.unsigned) return `${text}.`;
    const key: KeyObject = wrongs.forged ? this.foreign.privateKey : this.own.privateKey;
    return `${text}.${sign('RSA-SHA256', Buffer.from(text), key).toString('base64url')}`;
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}
