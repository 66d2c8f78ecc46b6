import type { Guard } from './kind-definition';

/** Listed in the registry, by its own entries or by an opening, and not withdrawn since. */
export const LISTED: readonly Guard[] = [
  { on: 'donor', after: { kind: 'DonorEnrolled' }, orOpening: true },
  { on: 'donor', notAfter: { kind: 'DonorWithdrawn' } },
];
