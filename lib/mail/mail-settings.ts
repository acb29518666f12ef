import { isIPv6 } from 'node:net';
import * as z from 'zod';

/** Where mail is handed in, read from `SMTP_URL`. */
export interface SmtpServer {
  host: string;
  port: number;
  /** TLS from the first byte; else by STARTTLS. */
  isSecure: boolean;
  /** Neither is encryption asked for nor a certificate looked at. */
  isInsecure: boolean;
  login: { user: string; password: string } | null;
}

/** Who mail is from, read from `MAIL_FROM`. */
export interface Mailbox {
  name: string;
  address: string;
}

const DEFAULT_PORT: Readonly<Record<string, number>> = { 'smtp:': 587, 'smtps:': 465 };
const HOST = /^[\w.-]{1,253}$/;
/** Also takes ASCII alone: mail servers that take more are too few to count on. */
export const MailAddress = z.email().max(254);
const NAMED = /^(?<name>[^<>]{0,120}?)\s*<(?<address>[^<>\s]+)>$/;
const ONE_LINE = /^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}]*$/u;

/** `smtp://user:password@host:587?insecure=true`; null for anything else. */
export function readSmtpUrl(text: string): SmtpServer | null {
  if (!ONE_LINE.test(text) || !URL.canParse(text)) return null;
  const url = new URL(text);
  const defaultPort = DEFAULT_PORT[url.protocol];
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const isHost = HOST.test(host) || isIPv6(host);
  const isPlain = (url.pathname === '' || url.pathname === '/') && url.hash === '';
  const isInsecure = readOptions(url.searchParams);
  const login = readLogin(url);
  if (defaultPort === undefined || !isHost || !isPlain || isInsecure === null || login === 'bad') return null;
  return {
    host,
    port: url.port === '' ? defaultPort : Number(url.port),
    isSecure: url.protocol === 'smtps:',
    isInsecure,
    login,
  };
}

/** `Name <name@example.com>` or `name@example.com`; null for anything else. */
export function readMailbox(text: string): Mailbox | null {
  const trimmed = text.trim();
  const { name = '', address = trimmed } = NAMED.exec(trimmed)?.groups ?? {};
  if (!ONE_LINE.test(trimmed) || !MailAddress.safeParse(address).success) return null;
  return { name: name.trim().replace(/^"(.*)"$/, '$1'), address };
}

/** Null for an option that is not known. */
function readOptions(options: URLSearchParams): boolean | null {
  const entries = [...options];
  if (entries.length === 0) return false;
  const [[name, value] = []] = entries;
  if (entries.length > 1 || name !== 'insecure' || (value !== 'true' && value !== 'false')) return null;
  return value === 'true';
}

function readLogin({ username, password }: URL): SmtpServer['login'] | 'bad' {
  if (username === '' && password === '') return null;
  if (username === '' || password === '') return 'bad';
  try {
    return { user: decodeURIComponent(username), password: decodeURIComponent(password) };
  } catch {
    return 'bad';
  }
}
