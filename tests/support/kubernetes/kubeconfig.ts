import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Cluster, connectCluster } from '@/k8s/cluster';
import type { TransportOptions } from '@/k8s/cluster/transport';

export interface Reachable {
  url: string;
  token: string;
  /** PEM of who signed the server's certificate. */
  ca?: string;
}

export interface Kubeconfig extends AsyncDisposable {
  file: string;
  /** Writes it anew, as a cloud's tool does. */
  write(servers: Readonly<Record<string, Reachable>>): Promise<void>;
}

/** A kubeconfig file with a context for each server; the first is the current one. `at`: its path, where others look for it. */
export async function writeKubeconfig(servers: Readonly<Record<string, Reachable>>, at?: string): Promise<Kubeconfig> {
  const folder = at ?? (await mkdtemp(join(tmpdir(), 'kubeconfig-')));
  const file = at ?? join(folder, 'config');
  const write = async (given: Readonly<Record<string, Reachable>>): Promise<void> => {
    const entries = Object.entries(given);
    const content = {
      apiVersion: 'v1',
      kind: 'Config',
      'current-context': entries[0]?.[0],
      clusters: entries.map(([name, { url, ca }]) => ({
        name,
        cluster: {
          server: url,
          // Without TLS the client asks for this word.
          ...(url.startsWith('http:') && { 'insecure-skip-tls-verify': true }),
          ...(ca && { 'certificate-authority-data': Buffer.from(ca).toString('base64') }),
        },
      })),
      users: entries.map(([name, { token }]) => ({ name, user: { token } })),
      contexts: entries.map(([name]) => ({ name, context: { cluster: name, user: name } })),
    };
    await writeFile(file, JSON.stringify(content), { mode: 0o600 });
  };
  await write(servers);
  return { file, write, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
}

/** Fast enough for tests: what is tried again is tried at once. */
export const QUICK: TransportOptions = { waitMs: 2, tries: 4 };

export async function connectTo(
  server: Reachable,
  options: TransportOptions = QUICK,
): Promise<Cluster & AsyncDisposable> {
  const kubeconfig = await writeKubeconfig({ test: server });
  const cluster = connectCluster({ kubeconfig: kubeconfig.file }, options);
  return { ...cluster, [Symbol.asyncDispose]: () => kubeconfig[Symbol.asyncDispose]() };
}
