import { createHash, randomBytes } from 'node:crypto';

const BYTES = 32;
const SHAPE = /^(\d{1,9})\.([A-Za-z0-9_-]{43})$/;

/** A secret that only its holder has; the database keeps its hash. */
export interface SecretToken {
  readonly token: string;
  readonly hash: Buffer;
}

/** What a holder shows: which registry to look in, and what for. */
export interface ShownToken {
  readonly registryId: number;
  readonly hash: Buffer;
}

/** Says which registry it is of, so that one server can be asked for it. */
export function makeToken(registryId: number): SecretToken {
  const token = `${registryId}.${randomBytes(BYTES).toString('base64url')}`;
  return { token, hash: sha256(token) };
}

/** Nothing when it has not the shape of a token. */
export function readToken(token: string): ShownToken | undefined {
  const match = SHAPE.exec(token);
  return match ? { registryId: Number(match[1]), hash: sha256(token) } : undefined;
}

/** A plain hash is enough for what is random and long. */
export function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

// Without letters and digits that are taken for one another.
const READABLE = 'abcdefghjkmnpqrstuvwxyz23456789';

/** Four groups of four characters (79 bits) that can be read out and typed. */
export function readableSecret(): string {
  const characters: string[] = [];
  while (characters.length < 16) {
    // What would favour the first characters is thrown away.
    for (const byte of randomBytes(32)) {
      if (byte < 248 && characters.length < 16) characters.push(READABLE[byte % READABLE.length] ?? '');
    }
  }
  return characters.join('').replace(/(.{4})(?=.)/g, '$1-');
}
