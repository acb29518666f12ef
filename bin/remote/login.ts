import { createElderClient } from '@/integrations/client/elder-client';
import { CLI_TEXTS } from '@/lib/i18n/cli';
import { ask, readStdin } from './ask';
import {
  type Credentials,
  credentialsFile,
  forgetCredentials,
  keepCredentials,
  readKept,
  serverAddress,
  tokenValue,
} from './credentials';
import { describeMe } from './describe-me';
import type { RemoteContext } from './remote-context';
import { RemoteFailure } from './remote-failure';

interface LoginRequest {
  url: string | undefined;
  isTokenOnStdin: boolean;
}

/** Keeps a token that the server accepts, and says whose it is. The token itself is never shown. */
export async function login(request: LoginRequest, context: RemoteContext): Promise<string> {
  const { environment, language, say, signal } = context;
  const t = CLI_TEXTS[language].remote;
  const credentials = await readCredentials(request, context);
  context.setUrl(credentials.url);
  if (isPlain(credentials.url)) say(t.plainHttp);
  const { data: me } = await createElderClient({ ...credentials, signal }).GET('/api/v1/me');
  const file = credentialsFile(environment);
  await keepCredentials(file, credentials);
  say(t.kept(file));
  return `${t.loggedIn(credentials.url)}\n${me ? describeMe(me, credentials.url, language) : ''}`;
}

export async function logout({ environment, language }: RemoteContext): Promise<string> {
  const t = CLI_TEXTS[language].remote;
  const file = credentialsFile(environment);
  // What is damaged or can be read by others goes all the same.
  const kept = await readKept(file).catch(() => undefined);
  await forgetCredentials(file);
  if (kept === null) return `${t.wasNotLoggedIn}\n`;
  return `${t.loggedOut(kept?.url ?? file)}\n`;
}

async function readCredentials({ url, isTokenOnStdin }: LoginRequest, context: RemoteContext): Promise<Credentials> {
  const { environment, language, signal } = context;
  const { prompt } = CLI_TEXTS[language].remote;
  const canAsk = process.stdin.isTTY === true && !isTokenOnStdin;
  const address = url ?? environment.ELDER_URL ?? (canAsk ? await ask(prompt.url, { signal }) : undefined);
  if (address === undefined) throw new RemoteFailure({ kind: 'noTerminal' });
  const server = serverAddress(address);
  const given = isTokenOnStdin ? await readStdin() : environment.ELDER_API_TOKEN;
  if (given === undefined && !canAsk) throw new RemoteFailure({ kind: 'noTerminal' });
  return { url: server, token: tokenValue(given ?? (await ask(prompt.token, { isHidden: true, signal }))) };
}

function isPlain(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'http:' && !/^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname);
}
