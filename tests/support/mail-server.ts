import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { selfSignedCertificate } from './certificate';

export interface ReceivedMail {
  /** To whom the envelope says. */
  recipients: string[];
  raw: string;
  parsed: ParsedMail;
}

export interface MailServer extends AsyncDisposable {
  port: number;
  /** What was taken, oldest first. */
  mails: ReceivedMail[];
  /** Passwords that clients sent. */
  passwords: string[];
  to: (address: string) => ReceivedMail[];
}

interface MailServerOptions {
  port?: number;
  /** Who may hand in mail; anybody unless given. */
  login?: { user: string; password: string };
  /** Offers STARTTLS with a certificate that nobody vouches for. */
  hasStartTls?: boolean;
  onMail?: (mail: ReceivedMail) => void;
}

/** A real mail server on this machine. It refuses whoever is called `refused…` with 550 and never answers for `silent…`. */
export async function startMailServer(options: MailServerOptions = {}): Promise<MailServer> {
  const { port = 0, login, hasStartTls = false, onMail } = options;
  const mails: ReceivedMail[] = [];
  const passwords: string[] = [];
  const server = new SMTPServer({
    disabledCommands: hasStartTls ? [] : ['STARTTLS'],
    ...(hasStartTls && selfSignedCertificate()),
    authOptional: login === undefined,
    allowInsecureAuth: true,
    disableReverseLookup: true,
    closeTimeout: 100,
    onAuth({ username, password }, _session, callback) {
      passwords.push(password ?? '');
      const isRight = username === login?.user && password === login?.password;
      // As some servers do, the refusal says back what was sent.
      callback(isRight ? null : new Error(`no such login: ${username} ${password}`), isRight ? { user: username } : {});
    },
    onRcptTo({ address }, _session, callback) {
      if (address.startsWith('silent')) return;
      if (address.startsWith('refused')) callback(Object.assign(new Error('no such mailbox'), { responseCode: 550 }));
      else callback();
    },
    onData(stream, session, callback) {
      const recipients = session.envelope.rcptTo.map(({ address }) => address);
      receive(stream, recipients).then((mail) => {
        mails.push(mail);
        onMail?.(mail);
        callback();
      }, callback);
    },
  });
  // Clients that give up in the middle are what some tests are about.
  server.on('error', () => undefined);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    port: (server.server.address() as AddressInfo).port,
    mails,
    passwords,
    to: (address) => mails.filter(({ recipients }) => recipients.includes(address)),
    [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(resolve)),
  };
}

export async function readMail(raw: Buffer, recipients: string[]): Promise<ReceivedMail> {
  return { recipients, raw: raw.toString('utf8'), parsed: await simpleParser(raw) };
}

async function receive(stream: NodeJS.ReadableStream, recipients: string[]): Promise<ReceivedMail> {
  return readMail(await buffer(stream), recipients);
}

/** The one address of a page in a letter whose path begins so. */
export function linkIn(mail: ReceivedMail | undefined, path: string): string {
  const links = mail?.parsed.text?.split(/\s+/).filter((word) => URL.canParse(word)) ?? [];
  const link = links.find((word) => new URL(word).pathname.startsWith(path));
  if (!link) throw new Error(`no link to ${path} in ${mail?.parsed.text ?? 'no letter'}`);
  return link;
}
