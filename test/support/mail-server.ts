import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createInterface } from 'node:readline';

export interface ReceivedMail {
  readonly from: string;
  readonly to: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** Speaks SMTP (RFC 5321) on a free port of this machine, and keeps what it takes. */
export class MailServer {
  readonly received: ReceivedMail[] = [];
  /** What is said to each mailbox; `250` takes it. */
  answerTo: (mailbox: string) => string = () => '250 OK';
  private server: Server;

  static async start(): Promise<MailServer> {
    const mail = new MailServer();
    mail.server = createServer((socket) => void mail.converse(socket).catch(() => socket.destroy()));
    mail.server.listen(0, '127.0.0.1');
    await once(mail.server, 'listening');
    return mail;
  }

  get url(): string {
    return `smtp://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server.close();
    await once(this.server, 'close');
  }

  private async converse(socket: Socket): Promise<void> {
    const say = (line: string) => socket.write(`${line}\r\n`);
    let from = '';
    let to: string[] = [];
    let data: string[] | undefined;
    say('220 mail.test ESMTP');
    for await (const line of createInterface({ input: socket, crlfDelay: Infinity })) {
      if (data) {
        if (line !== '.') {
          data.push(line.replace(/^\./, ''));
          continue;
        }
        this.received.push({ from, to, ...readMessage(data) });
        data = undefined;
        to = [];
        say('250 taken');
        continue;
      }
      const [, mailbox = ''] = /<(.*?)>/.exec(line) ?? [];
      const verb = line.slice(0, 4).toUpperCase();
      if (verb === 'EHLO' || verb === 'RSET') say('250 mail.test');
      else if (verb === 'MAIL') {
        from = mailbox;
        say('250 OK');
      } else if (verb === 'RCPT') {
        const answer = this.answerTo(mailbox);
        if (answer.startsWith('250')) to.push(mailbox);
        say(answer);
      } else if (verb === 'DATA') {
        data = [];
        say('354 go on');
      } else if (verb === 'QUIT') {
        say('221 bye');
        socket.end();
      } else say('502 not known here');
    }
  }
}

function readMessage(lines: readonly string[]): Pick<ReceivedMail, 'headers' | 'text'> {
  const end = lines.indexOf('');
  const unfolded = lines.slice(0, end).join('\n').replaceAll(/\n\s/g, ' ').split('\n');
  const headers = Object.fromEntries(
    unfolded.map((line) => {
      const [name = '', ...value] = line.split(':');
      return [name.toLowerCase(), readWords(value.join(':').trim())];
    }),
  );
  const body = lines.slice(end + 1).join('\n');
  const coded = headers['content-transfer-encoding'];
  const text =
    coded === 'base64'
      ? Buffer.from(body, 'base64').toString()
      : coded === 'quoted-printable'
        ? readQuoted(body.replaceAll('=\n', ''))
        : body;
  return { headers, text: text.replaceAll('\r\n', '\n') };
}

/** Encoded words (RFC 2047). */
function readWords(value: string): string {
  return value
    .replaceAll(/\?=\s+=\?/g, '?==?')
    .replaceAll(/=\?utf-8\?([bq])\?(.*?)\?=/gi, (_, way: string, word: string) =>
      way.toLowerCase() === 'b' ? Buffer.from(word, 'base64').toString() : readQuoted(word.replaceAll('_', ' ')),
    );
}

function readQuoted(text: string): string {
  const bytes = text.replaceAll(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString();
}
