import { createTransport } from 'nodemailer';
import { env, isLoopback } from '@/lib/env';
import { AppError } from '@/lib/errors';
import type { Language } from '@/lib/magics/types';
import { MailAddress, type Mailbox, type SmtpServer } from './mail-settings';

/** One message to one person. */
export interface Mail {
  /** A bare address. */
  to: string;
  subject: string;
  text: string;
  html: string;
  language: Language;
  /** The same for a message that is sent again, so that mail programs can tell. */
  messageId?: string;
}

export interface MailSettings {
  server: SmtpServer;
  from: Mailbox;
  /** Until the server answers, and in all. */
  limits?: { connectMs: number; wholeMs: number };
}

const LIMITS = { connectMs: 5000, wholeMs: 15_000 };
const LONGEST_SUBJECT = 200;
/** Line ends, and what turns the direction of all that follows. */
const UNFIT = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu;

/** Whether this server sends mail at all. */
export function isMailSetUp(): boolean {
  return findMailSettings() !== null;
}

/** Sends by the server of the settings. Throws as `createMailer`'s does, and `unavailable` when no mail is set up. */
export async function sendMail(mail: Mail): Promise<void> {
  const settings = findMailSettings();
  if (!settings) throw new AppError('unavailable', 'SMTP_URL and MAIL_FROM are not set');
  await createMailer(settings)(mail);
}

/** Signs in to the server as for a message and sends none. Throws what `sendMail` would. */
export async function checkMailServer({ server, limits = LIMITS }: Omit<MailSettings, 'from'>): Promise<void> {
  const transport = openTransport(server, limits);
  try {
    await transport.verify();
  } catch (error) {
    throw notSent(error);
  } finally {
    transport.close();
  }
}

function openTransport({ host, port, isSecure, isInsecure, login }: SmtpServer, limits: typeof LIMITS) {
  // What never leaves the machine needs no certificate.
  const isTrusting = isInsecure || isLoopback(host);
  return createTransport({
    host,
    port,
    secure: isSecure,
    requireTLS: !isSecure && !isTrusting,
    tls: { rejectUnauthorized: !isTrusting },
    ...(login && { auth: { user: login.user, pass: login.password } }),
    connectionTimeout: limits.connectMs,
    dnsTimeout: limits.connectMs,
    greetingTimeout: limits.connectMs,
    socketTimeout: limits.wholeMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}

/**
 * Sends one message over a connection of its own. Throws `unprocessable` for what is no address, else `unavailable` with
 * `details.failure` (the kind, as `EAUTH`) and `details.smtpStatus` (the answer of the server, as 550); never with what was
 * sent or who was to sign in.
 */
export function createMailer({ server, from, limits = LIMITS }: MailSettings): (mail: Mail) => Promise<void> {
  return async ({ to, subject, text, html, language, messageId }) => {
    const address = MailAddress.safeParse(to);
    if (!address.success) throw new AppError('unprocessable', 'not an e-mail address');
    const transport = openTransport(server, limits);
    try {
      await transport.sendMail({
        from,
        to: { name: '', address: address.data },
        // Nobody else gets it, whatever the headers say.
        envelope: { from: from.address, to: [address.data] },
        subject: [...subject.replace(UNFIT, ' ').trim()].slice(0, LONGEST_SUBJECT).join(''),
        text,
        html,
        ...(messageId && { messageId: `<${messageId}@${from.address.split('@').at(-1)}>` }),
        headers: {
          'Auto-Submitted': 'auto-generated',
          'X-Auto-Response-Suppress': 'All',
          'Content-Language': language,
        },
        xMailer: false,
        signal: AbortSignal.timeout(limits.wholeMs),
      });
    } catch (error) {
      throw notSent(error);
    } finally {
      transport.close();
    }
  };
}

function findMailSettings(): MailSettings | null {
  const { SMTP_URL: server, MAIL_FROM: from } = env();
  return server && from ? { server, from } : null;
}

/** Without the cause: what servers answer and drivers keep can hold the message and the login. */
function notSent(error: unknown): AppError {
  const { code, responseCode } = error as { code?: unknown; responseCode?: unknown };
  return new AppError('unavailable', 'the mail server did not take the message', {
    details: {
      failure: typeof code === 'string' ? code : 'unknown',
      smtpStatus: typeof responseCode === 'number' ? responseCode : null,
    },
  });
}
