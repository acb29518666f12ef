import { spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { join, normalize } from 'node:path';
import ssh2 from 'ssh2';
import { type HostKey, readHostKey } from '@/lib/git/ssh/host-key';
import { newSshKey } from '@/lib/git/ssh/new-key';

export interface SshServer extends AsyncDisposable {
  port: number;
  /** `ssh://git@127.0.0.1:<port>` */
  url: string;
  /** Public halves that may come in, each as a line. */
  allowed: Set<string>;
  /** Fingerprint-free names of what was asked: commands and refused keys. */
  commands: string[];
  hostKeys: HostKey[];
  /** From now on it shows another key, as a machine in between would. */
  changeHostKey: () => Promise<void>;
  /** Runs while a client is connected and waits for its answer. */
  onCommand: (() => void) | null;
}

/** A real SSH server on this machine that serves the bare repositories of a directory with Git's own upload-pack. */
export async function startSshServer(root: string): Promise<SshServer> {
  const allowed = new Set<string>();
  const commands: string[] = [];
  let keys = newHostKeys();
  let server = listen(keys);
  await opened(server, 0);
  const { port } = server.address() as AddressInfo;

  function listen({ privateKeys }: HostKeys): ssh2.Server {
    return new ssh2.Server({ hostKeys: privateKeys, ident: 'test' }, (client) => {
      // Clients that do not like the host's key hang up.
      client.on('error', () => {});
      client.on('authentication', (context) => {
        if (context.method !== 'publickey') return context.reject(['publickey']);
        const line = `${context.key.algo} ${context.key.data.toString('base64')}`;
        if (![...allowed].some((one) => one.startsWith(line))) return context.reject(['publickey']);
        const known = ssh2.utils.parseKey(line);
        const isSigned =
          !context.signature ||
          (!(known instanceof Error) &&
            context.blob &&
            known.verify(context.blob, context.signature, context.hashAlgo));
        if (isSigned === true) context.accept();
        else context.reject(['publickey']);
      });
      client.on('session', (accept) => {
        const session = accept();
        session.on('env', (acceptEnv) => acceptEnv?.());
        session.on('exec', (acceptExec, _reject, { command }) => {
          commands.push(command);
          made.onCommand?.();
          serve(root, command, acceptExec());
        });
      });
    });
  }

  const made: SshServer = {
    port,
    url: `ssh://git@127.0.0.1:${port}`,
    allowed,
    commands,
    hostKeys: keys.publicKeys,
    onCommand: null,
    async changeHostKey() {
      await closed(server);
      keys = newHostKeys();
      made.hostKeys = keys.publicKeys;
      server = listen(keys);
      await opened(server, port);
    },
    [Symbol.asyncDispose]: () => closed(server),
  };
  return made;
}

interface HostKeys {
  privateKeys: string[];
  publicKeys: HostKey[];
}

function newHostKeys(): HostKeys {
  const ed25519 = newSshKey('host');
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs1', format: 'pem' });
  const privateKeys = [ed25519.privateKey, rsa.toString()];
  const publicKeys = privateKeys.flatMap((pem) => {
    const key = ssh2.utils.parseKey(pem);
    if (key instanceof Error) throw key;
    return readHostKey(`${key.type} ${key.getPublicSSH().toString('base64')}`) ?? [];
  });
  return { privateKeys, publicKeys };
}

function serve(root: string, command: string, channel: ssh2.ServerChannel): void {
  const path = /^git-upload-pack '(?<path>[^']+)'$/.exec(command)?.groups?.path;
  if (!path) {
    channel.stderr.end('not allowed\n');
    channel.exit(1);
    channel.end();
    return;
  }
  const args = ['-c', 'safe.directory=*', 'upload-pack', '--', join(root, normalize(`/${path}`))];
  const git = spawn('git', args, { stdio: ['pipe', 'pipe', 'pipe'] });
  git.stdin.on('error', () => {});
  channel.pipe(git.stdin);
  git.stdout.pipe(channel, { end: false });
  git.stderr.pipe(channel.stderr, { end: false });
  git.on('close', (code) => {
    channel.exit(code ?? 1);
    channel.end();
  });
}

function opened(server: ssh2.Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve());
  });
}

function closed(server: ssh2.Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
  });
}
