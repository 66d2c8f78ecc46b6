import { PassThrough, type Readable } from 'node:stream';
import type { Caller } from '../../../libs/accounts/authenticate';
import type { Principal } from '../../../libs/accounts/principal';
import type { LedgerPulse } from '../../../libs/indicators/pulse.queries';
import type { ImportMovement } from '../../../libs/intake/import-movement.queries';

/** Of what nobody reads. */
const UNREAD_AT_MOST = 64 * 1024;
/** How soon a browser comes back whose stream has ended, in milliseconds. */
const BACK_AFTER = 2_000;

/** What one page, or program, is told, in the form of server-sent events. */
export class EventStream {
  private readonly out = new PassThrough();
  private pulse = '';

  /** @param callerNow who is at its other end, asked anew; throws once that may not be told any more */
  constructor(
    private caller: Principal,
    private readonly callerNow: () => Promise<Caller>,
  ) {
    // Also the sign that it is open: an answer without a byte is not sent.
    this.out.write(`retry: ${BACK_AFTER}\n\n`);
  }

  get body(): Readable {
    return this.out;
  }

  get principal(): Principal {
    return this.caller;
  }

  /** Whether it was ended here, or its reader is gone. */
  get ended(): boolean {
    return this.out.destroyed || this.out.writableEnded;
  }

  end(): void {
    this.out.end();
  }

  /** Ends it unless its reader is still let in: a session that is over hears of nothing. */
  async recheck(): Promise<void> {
    try {
      this.caller = (await this.callerNow()).principal;
    } catch {
      this.end();
    }
  }

  /** Only if it differs from what was told last. */
  tellPulse(pulse: LedgerPulse): void {
    const text = JSON.stringify(pulse);
    if (text === this.pulse) return;
    this.pulse = text;
    this.tell('figures', text);
  }

  tellImport({ importId, org }: ImportMovement): void {
    const { permissions, orgs } = this.caller;
    if (permissions.has('imports.write') && orgs.has(org)) this.tell('import', JSON.stringify({ importId }));
  }

  /** Proxies give up a connection on which nothing is heard. */
  breathe(): void {
    this.write(':\n\n');
  }

  private tell(event: string, data: string): void {
    this.write(`event: ${event}\ndata: ${data}\n\n`);
  }

  private write(text: string): void {
    if (this.ended) return;
    if (this.out.writableLength + this.out.readableLength > UNREAD_AT_MOST) this.out.destroy();
    else this.out.write(text);
  }
}
