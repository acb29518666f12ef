import { createElderClient, type ElderClient } from '@/integrations/client/elder-client';
import { CLI_TEXTS } from '@/lib/i18n/cli';
import type { Language } from '@/lib/magics/types';
import { findCredentials } from './credentials';
import type { Terminal } from './status-line';

type Environment = Readonly<Record<string, string | undefined>>;

/** What every command that asks a server has at hand. */
export interface RemoteContext {
  environment: Environment;
  language: Language;
  signal: AbortSignal;
  /** Where progress and notes are shown. */
  terminal: Terminal;
  /** There, a line of its own. */
  say: (sentence: string) => unknown;
  /** Of the server that is asked, for what goes wrong. */
  url: () => string;
  setUrl: (url: string) => void;
}

export function createRemoteContext(
  environment: Environment,
  { language, signal, terminal }: Pick<RemoteContext, 'language' | 'signal' | 'terminal'>,
): RemoteContext {
  const say = (sentence: string) => terminal.write(`elder: ${sentence}\n`);
  let url = environment.ELDER_URL ?? '';
  const setUrl = (next: string): void => {
    url = next;
  };
  return { environment, language, signal, terminal, say, url: () => url, setUrl };
}

/** @param timeoutMs of one request; else as long as the client waits */
export async function connect(
  context: RemoteContext,
  { timeoutMs }: { timeoutMs?: number } = {},
): Promise<ElderClient> {
  const { environment, signal, language, say, setUrl } = context;
  const credentials = await findCredentials(environment);
  setUrl(credentials.url);
  const onWait = (waitMs: number) => say(CLI_TEXTS[language].remote.rateLimited(Math.ceil(waitMs / 1000)));
  return createElderClient({ ...credentials, signal, onWait, ...(timeoutMs !== undefined && { timeoutMs }) });
}
