import { isIP } from 'node:net';
import { AppError } from '@/lib/errors';
import { pinAddress } from './address-guard';
import { openLocal } from './open-local';
import type { RepositoryUrl, UrlRules } from './repository-url';
import type { GitOptions, GitProtocol } from './run-git';
import type { SshFiles } from './ssh/ssh-files';

/** With what Git is let in. */
export type GitAccess = Pick<Remote, 'authorization' | 'ssh'>;

export interface Remote {
  url: RepositoryUrl;
  rules?: UrlRules;
  /** Value of the `Authorization` header; handed to Git outside its arguments. */
  authorization?: string;
  /** Over ssh: the key, and the keys that the host may show. */
  ssh?: SshFiles;
}

/** Bytes a second under which a transfer counts as dead after so many seconds. */
const LOW_SPEED = ['http.lowSpeedLimit=1000', 'http.lowSpeedTime=30'];
const DEFAULT_PORTS = { https: 443, http: 80, ssh: 22 } as const;

/** Old mistakes of honest repositories, and files that only matter to a work tree: nothing of ours trusts what they break. */
const TOLERATED = [
  'badDate',
  'badDateOverflow',
  'badEmail',
  'badFilemode',
  'badName',
  'badTimezone',
  'gitattributesBlob',
  'gitattributesLarge',
  'gitattributesLineLength',
  'gitattributesMissing',
  'gitmodulesBlob',
  'gitmodulesLarge',
  'gitmodulesMissing',
  'gitmodulesName',
  'gitmodulesParse',
  'gitmodulesPath',
  'gitmodulesSymlink',
  'gitmodulesUpdate',
  'gitmodulesUrl',
  'missingAuthor',
  'missingEmail',
  'missingNameBeforeEmail',
  'missingSpaceBeforeDate',
  'missingSpaceBeforeEmail',
  'multipleAuthors',
  'zeroPaddedDate',
  'zeroPaddedFilemode',
].map((id) => `fetch.fsck.${id}=warn`);

/** What Git is told to speak to: never a foreign repository itself, whose settings name programs. */
export async function transportAddress({ url }: Remote): Promise<string> {
  return url.kind === 'local' ? (await openLocal(url.url)).gitDir : url.url;
}

/** Arguments of a transport command that come before its `--`. */
export function transportArguments({ url }: Remote): string[] {
  // The other end of a local fetch loses our settings, and refuses directories of another user without this one.
  return url.kind === 'local' ? ['--upload-pack=git -c safe.directory=* upload-pack'] : [];
}

/** Settings with which Git may speak to this remote, at the address that was checked, and to no other. */
export async function transportOptions(remote: Remote): Promise<Pick<GitOptions, 'protocols' | 'config' | 'env'>> {
  const { url, rules } = remote;
  const protocol: GitProtocol = url.kind === 'local' ? 'file' : url.kind;
  if (url.kind === 'local' || url.host === null) return { protocols: [protocol], config: TOLERATED };

  const port = url.port ?? DEFAULT_PORTS[url.kind];
  const address = await pinAddress({ host: url.host, port }, rules);
  if (url.kind === 'ssh') {
    return { protocols: [protocol], config: TOLERATED, env: sshEnvironment(url.host, address, remote.ssh) };
  }
  return {
    protocols: [protocol],
    config: [...TOLERATED, ...LOW_SPEED, ...pinOf(url.host, port, address)],
    env: remote.authorization ? headerEnvironment(`Authorization: ${remote.authorization}`) : {},
  };
}

/** A literal address is its own answer, and curl takes none for it. */
function pinOf(host: string, port: number, address: string): string[] {
  if (isIP(host) !== 0) return [];
  return [`http.curloptResolve=${host}:${port}:${isIP(address) === 6 ? `[${address}]` : address}`];
}

function headerEnvironment(header: string): Record<string, string> {
  return { GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'http.extraHeader', GIT_CONFIG_VALUE_0: header };
}

/** Neither keys, agents nor settings of the user this runs as: they would serve every team. */
function sshEnvironment(host: string, address: string, files: SshFiles | undefined): Record<string, string> {
  const options = [
    'BatchMode=yes',
    'StrictHostKeyChecking=yes',
    'UpdateHostKeys=no',
    'VerifyHostKeyDNS=no',
    'CheckHostIP=no',
    'IdentitiesOnly=yes',
    'IdentityAgent=none',
    'PreferredAuthentications=publickey',
    'GlobalKnownHostsFile=/dev/null',
    `UserKnownHostsFile=${quoted(files?.knownHosts ?? '/dev/null')}`,
    `IdentityFile=${files?.identity ? quoted(files.identity) : 'none'}`,
    'ControlPath=none',
    'ClearAllForwardings=yes',
    'PermitLocalCommand=no',
    'ProxyCommand=none',
    'ConnectTimeout=15',
    'ServerAliveInterval=15',
    'ServerAliveCountMax=2',
    `HostKeyAlias=${host}`,
    `HostName=${address}`,
  ];
  const command = ['ssh', '-F', '/dev/null', ...options.map((option) => `-o '${option}'`)].join(' ');
  return { GIT_SSH_COMMAND: command, GIT_SSH_VARIANT: 'ssh' };
}

/** For the settings of ssh, inside single quotes of a shell. */
function quoted(path: string): string {
  if (/['"\\\p{Cc}]/u.test(path))
    throw new AppError('internal', 'the temporary directory has a name that ssh cannot take');
  return `"${path.replaceAll('%', '%%')}"`;
}
