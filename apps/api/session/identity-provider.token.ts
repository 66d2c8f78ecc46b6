/** The injection token of the `IdentityProvider` by which people may sign in; null where none is configured. */
export const IDENTITY_PROVIDER = Symbol('identity provider');
