import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  ClientSecretBasic,
  ClientSecretPost,
  discovery,
  enableNonRepudiationChecks,
  fetchUserInfo,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
  type ClientAuth,
  type Configuration,
} from 'openid-client';
import { foldName } from './account-name';
import type { SignOnSettings } from '../config/sign-on-settings';

/** Where the provider sends browsers back to. */
export const CALLBACK_PATH = '/api/session/oidc/callback';
const TIMEOUT_SECONDS = 10;
const LONGEST_NAME = 200;

/** What a browser that has gone to the provider is to bring back, and what proves that it is the one that went. */
export interface Challenge {
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
}

/** Whom the provider vouches for. */
export interface Identity {
  readonly issuer: string;
  /** The provider's own identifier of the person: never another's. */
  readonly subject: string;
  /** What it calls them, in lower case: a user name, and a mail address that it has checked. */
  readonly names: readonly string[];
  /** Whether they showed it more than one factor. */
  readonly severalFactors: boolean;
}

/** An OpenID Connect provider: authorization code flow with PKCE, state and nonce. Asked nothing until it is used. */
export class IdentityProvider {
  private known: Promise<Configuration> | undefined;

  constructor(private readonly settings: SignOnSettings) {}

  /** Where to send a browser. @throws when the provider cannot be reached */
  async challenge(): Promise<Challenge & { url: string }> {
    const configuration = await this.configuration();
    const challenge = { state: randomState(), nonce: randomNonce(), codeVerifier: randomPKCECodeVerifier() };
    const url = buildAuthorizationUrl(configuration, {
      redirect_uri: this.settings.publicUrl + CALLBACK_PATH,
      scope: 'openid profile email',
      state: challenge.state,
      nonce: challenge.nonce,
      code_challenge: await calculatePKCECodeChallenge(challenge.codeVerifier),
      code_challenge_method: 'S256',
    });
    return { ...challenge, url: url.href };
  }

  /**
   * @param answer the path and query with which the browser came back
   * @throws when the provider vouches for nobody, or for them to somebody else, or not to this browser
   */
  async identify(answer: string, { state, nonce, codeVerifier }: Challenge): Promise<Identity> {
    const configuration = await this.configuration();
    const tokens = await authorizationCodeGrant(configuration, new URL(answer, this.settings.publicUrl), {
      expectedState: state,
      expectedNonce: nonce,
      pkceCodeVerifier: codeVerifier,
      idTokenExpected: true,
    });
    const claims = tokens.claims();
    if (!claims) throw new Error('the provider gave no id token');
    const { iss: issuer, sub: subject, amr } = claims;
    // Some providers say names there alone.
    const more =
      namesIn(claims).length === 0 && configuration.serverMetadata().userinfo_endpoint !== undefined
        ? await fetchUserInfo(configuration, tokens.access_token, subject)
        : {};
    return {
      issuer,
      subject,
      names: namesIn({ ...more, ...claims }),
      severalFactors: Array.isArray(amr) && amr.includes('mfa'),
    };
  }

  /** Read once it is needed and kept; after a failure it is tried again. */
  private configuration(): Promise<Configuration> {
    this.known ??= this.discover().catch((error: unknown) => {
      this.known = undefined;
      throw error;
    });
    return this.known;
  }

  private discover(): Promise<Configuration> {
    const { issuer, clientId, clientSecret } = this.settings;
    const server = new URL(issuer);
    // The environment lets a provider be asked without TLS on this machine alone. The checks are of signatures.
    const insecure = server.protocol === 'http:' ? [allowInsecureRequests] : [];
    return discovery(server, clientId, clientSecret, secretOf(clientSecret), {
      timeout: TIMEOUT_SECONDS,
      execute: [enableNonRepudiationChecks, ...insecure],
    });
  }
}

/** By the way that the provider names; one that names none takes the secret in the header. */
function secretOf(secret: string): ClientAuth {
  const [post, basic] = [ClientSecretPost(secret), ClientSecretBasic(secret)];
  return (server, ...rest) => {
    const methods = server.token_endpoint_auth_methods_supported ?? [];
    const inHeader = methods.length === 0 || methods.includes('client_secret_basic');
    return (inHeader ? basic : post)(server, ...rest);
  };
}

function namesIn(claims: Readonly<Record<string, unknown>>): string[] {
  const { preferred_username: name, email, email_verified: checked } = claims;
  const isName = (one: unknown): one is string => typeof one === 'string' && one !== '' && one.length <= LONGEST_NAME;
  return [
    // A user name is often chosen by oneself: one that looks like a mail address vouches for none.
    ...(isName(name) && !foldName(name).includes('@') ? [name] : []),
    ...(isName(email) && checked === true ? [email] : []),
  ];
}
