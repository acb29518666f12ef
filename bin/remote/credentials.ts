import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import { RemoteFailure } from './remote-failure';

export interface Credentials {
  url: string;
  token: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

const Kept = z.object({ url: z.string(), token: z.string() });
/** Bits of the mode that let others read or write. */
const OTHERS = 0o077;

export function credentialsFile(environment: Environment): string {
  const base = environment.XDG_CONFIG_HOME || join(environment.HOME || homedir(), '.config');
  return join(base, 'elder', 'credentials.json');
}

/** The environment goes before what was kept. A kept token is for the server it was kept for alone. */
export async function findCredentials(environment: Environment): Promise<Credentials> {
  const givenUrl = environment.ELDER_URL ? serverAddress(environment.ELDER_URL) : null;
  const givenToken = environment.ELDER_API_TOKEN ? tokenValue(environment.ELDER_API_TOKEN) : null;
  if (givenUrl && givenToken) return { url: givenUrl, token: givenToken };
  const kept = await readKept(credentialsFile(environment));
  if (givenToken) {
    if (!kept) throw new RemoteFailure({ kind: 'noServer' });
    return { url: kept.url, token: givenToken };
  }
  if (givenUrl && kept?.url !== givenUrl) throw new RemoteFailure({ kind: 'noTokenFor', url: givenUrl });
  if (!kept) throw new RemoteFailure({ kind: 'notLoggedIn' });
  return kept;
}

/** What `elder login` kept; null when there is nothing. */
export async function readKept(file: string): Promise<Credentials | null> {
  const found = await stat(file).catch(() => null);
  if (!found) return null;
  if (process.platform !== 'win32' && (found.mode & OTHERS) !== 0) throw new RemoteFailure({ kind: 'readable', file });
  try {
    const { url, token } = Kept.parse(JSON.parse(await readFile(file, 'utf8')));
    return { url: serverAddress(url), token: tokenValue(token) };
  } catch {
    throw new RemoteFailure({ kind: 'damaged', file });
  }
}

/** Nobody else can read it at any moment. */
export async function keepCredentials(file: string, credentials: Credentials): Promise<void> {
  const draft = `${file}.${randomUUID()}`;
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await writeFile(draft, `${JSON.stringify(credentials)}\n`, { mode: 0o600, flag: 'wx' });
    await sync(draft);
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw new RemoteFailure({ kind: 'notKept', file, cause: (error as NodeJS.ErrnoException).code ?? 'error' });
  }
}

export async function forgetCredentials(file: string): Promise<void> {
  await rm(file, { force: true });
}

async function sync(file: string): Promise<void> {
  await using handle = await open(file, 'r');
  await handle.sync();
}

/** As requests are made to it: without a slash at its end. */
export function serverAddress(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isWeb = url?.protocol === 'https:' || url?.protocol === 'http:';
  if (!url || !isWeb || url.username || url.password || url.search || url.hash) {
    throw new RemoteFailure({ kind: 'badUrl', url: withoutUser(text) });
  }
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}

function withoutUser(text: string): string {
  return text.replace(/\/\/[^/@]*@/, '//…@');
}

export function tokenValue(text: string): string {
  const token = text.trim();
  if (!/^[\w.~+/=-]{8,512}$/.test(token)) throw new RemoteFailure({ kind: 'badToken' });
  return token;
}
