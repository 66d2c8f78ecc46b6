import type { Environment } from './environment';

/** The provider by which people may sign in, and how it knows this program. */
export interface SignOnSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Where browsers open this program, without a path. */
  readonly publicUrl: string;
}

/** Nothing when none is configured. */
export function signOnSettings(environment: Environment): SignOnSettings | undefined {
  const { OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, PUBLIC_URL } = environment;
  if (!OIDC_ISSUER || !OIDC_CLIENT_ID || !OIDC_CLIENT_SECRET || !PUBLIC_URL) return undefined;
  const publicUrl = new URL(PUBLIC_URL).origin;
  return { issuer: OIDC_ISSUER, clientId: OIDC_CLIENT_ID, clientSecret: OIDC_CLIENT_SECRET, publicUrl };
}
