import { Cookie } from './cookie';

/** The server ends it earlier than the browser is closed. */
export const SESSION_COOKIE = new Cookie('marrow', 'Strict');

/** Of a browser that is with the sign-on provider, from where it is led back. */
export const ATTEMPT_COOKIE = new Cookie('marrow-sign-on', 'Lax');
