import { isAbsolute, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AppError } from '@/lib/errors';
import { isLoopback } from './address-guard';
import { azureRepositoryPath } from './azure-repository-path';

export interface RepositoryUrl {
  /** What Git is given: no credentials, no trailing slash. */
  url: string;
  /** Equal for two spellings of one repository. */
  key: string;
  kind: 'https' | 'http' | 'ssh' | 'local';
  /** Lower case, without brackets; null for a path. */
  host: string | null;
  port: number | null;
  /** `owner/name` in most hosts; the last part is the name. */
  path: string;
  name: string;
}

export interface UrlRules {
  /** Absolute paths, file URLs and loopback addresses. */
  allowLocal?: boolean;
  /** `host` or `host:port` that an administrator allows besides the default ports. */
  allowedHosts?: readonly string[];
}

const MAX_LENGTH = 2_048;
/** Hosts that take `A/B` and `a/b` for the same. */
const CASE_INSENSITIVE_HOSTS = new Set(['github.com', 'gitlab.com', 'bitbucket.org', 'codeberg.org', 'dev.azure.com']);
const HOST = /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*\.?$/;
const IPV6 = /^\[[0-9a-f:.]+\]$/;
const SCP = /^(?:(?<user>[\w.-]+)@)?(?<host>[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\]):(?<path>(?!\/\/)[\w.~/+@%-]+)$/;
const SCHEME = /^[a-z][a-z0-9+.-]*:/i;

/** Reads what a person typed. Throws `invalid_request`, `repository_protocol_refused` or `repository_address_refused`. */
export function parseRepositoryUrl(input: string, rules: UrlRules = {}): RepositoryUrl {
  if (input.length > MAX_LENGTH) throw refused('invalid_request', 'the address is too long');
  const text = input.trim();
  if (text.length === 0) throw refused('invalid_request', 'the address is empty');
  if (text.startsWith('-')) throw refused('invalid_request', 'the address begins with a dash');
  if (text.includes('\\')) throw refused('repository_protocol_refused', 'the address holds a backslash');
  if (isAbsolute(text)) return localUrl(text, rules);
  if (hasControl(text)) throw refused('invalid_request', 'the address holds spaces or control characters', 'spaces');
  if (/^[a-z0-9-]+::/i.test(text)) throw refused('repository_protocol_refused', 'remote helpers are not allowed');

  const scp = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? null : SCP.exec(text)?.groups;
  if (scp?.host && scp.path && (scp.user || scp.host.includes('.'))) {
    return remoteUrl(toUrl(`ssh://${scp.user ?? 'git'}@${scp.host}/${scp.path.replace(/^\//, '')}`), rules);
  }
  if (!SCHEME.test(text)) throw withoutScheme(text, rules);
  const url = toUrl(text);
  if (url.protocol === 'file:') return localUrl(filePath(url), rules);
  return remoteUrl(url, rules);
}

function toUrl(text: string): URL {
  try {
    return new URL(text);
  } catch (cause) {
    throw new AppError('invalid_request', 'the address is no URL', { cause, details: { problem: 'malformed' } });
  }
}

function remoteUrl(url: URL, rules: UrlRules): RepositoryUrl {
  const scheme = url.protocol.slice(0, -1);
  if (scheme !== 'https' && scheme !== 'http' && scheme !== 'ssh') {
    throw refused('repository_protocol_refused', `the scheme ${scheme.slice(0, 20)} is not allowed`, 'unknown_scheme');
  }
  const hasCredentials = url.password !== '' || (scheme !== 'ssh' && url.username !== '' && !isPlainName(url));
  if (hasCredentials) throw refused('invalid_request', 'credentials do not belong in the address', 'credentials');
  if (url.search !== '' || url.hash !== '') throw refused('invalid_request', 'the address holds a query or a fragment');
  const host = url.hostname.toLowerCase().replace(/\.$/, '');
  if (!HOST.test(host) && !IPV6.test(host)) throw refused('invalid_request', 'the host is not a name');
  const bareHost = host.replace(/^\[|\]$/g, '');
  const isLocal = rules.allowLocal === true && isLoopback(bareHost);
  checkPort(scheme, bareHost, url.port, isLocal, rules);
  if (scheme === 'ssh' && !/^[\w.-]*$/.test(url.username)) throw refused('invalid_request', 'the user is not a name');
  if (url.username.startsWith('-') || host.startsWith('-')) throw refused('invalid_request', 'a dash begins a name');

  const path = cleanPath(url.pathname);
  const port = url.port === '' ? null : Number(url.port);
  const authority = `${host}${port === null ? '' : `:${port}`}`;
  const user = scheme === 'ssh' ? `${url.username || 'git'}@` : '';
  const isFolded = CASE_INSENSITIVE_HOSTS.has(host);
  const keyPath = path.replace(/\.git$/i, '');
  return {
    url: `${scheme}://${user}${authority}/${path}`,
    key: azureKey(host, keyPath) ?? `${authority}/${isFolded ? keyPath.toLowerCase() : keyPath}`,
    kind: scheme,
    host: bareHost,
    port,
    path: keyPath,
    name: decode(keyPath.split('/').at(-1) ?? keyPath),
  };
}

/** Azure DevOps and Bitbucket write a name, which is no secret, before the host of the address to clone from. */
function isPlainName({ hostname, username, pathname }: URL): boolean {
  if (hostname === 'dev.azure.com') return pathname.toLowerCase().startsWith(`/${username.toLowerCase()}/`);
  return hostname === 'bitbucket.org' && /^[a-z0-9_-]{1,30}$/i.test(username) && !/^AT[A-Z]{2,4}3x/.test(username);
}

/** Azure DevOps has three hosts for one repository. */
function azureKey(host: string, path: string): string | null {
  if (host !== 'dev.azure.com' && host !== 'ssh.dev.azure.com' && !host.endsWith('.visualstudio.com')) return null;
  const names = azureRepositoryPath({ path, host })?.split('/');
  if (!names) return null;
  const [organisation = '', project = '', name = ''] = names.map((one) => encodeURIComponent(one.toLowerCase()));
  return `dev.azure.com/${organisation}/${project}/_git/${name}`;
}

function checkPort(scheme: string, host: string, port: string, isLocal: boolean, rules: UrlRules): void {
  const authority = host.includes(':') ? `[${host}]` : host;
  const allowed = rules.allowedHosts ?? [];
  const isAllowed = allowed.includes(port === '' ? authority : `${authority}:${port}`);
  if (scheme === 'http' && !isLocal && !isAllowed) {
    throw refused('repository_protocol_refused', 'only https is allowed');
  }
  // The default port of a scheme is left out by the URL parser.
  if (port !== '' && !isLocal && !isAllowed && !(scheme === 'ssh' && port === '22')) {
    throw refused('repository_address_refused', `port ${port} is not allowed`);
  }
}

function cleanPath(pathname: string): string {
  const path = pathname.replace(/^\/+|\/+$/g, '').replace(/\/{2,}/g, '/');
  const plain = decode(path);
  // Projects of Azure DevOps have spaces in their names, which arrive as %20.
  if (plain === '' || hasControl(plain.replaceAll(' ', '')))
    throw refused('invalid_request', 'the address names no repository');
  const parts = plain.split('/');
  if (parts.some((part) => part === '..' || part === '.' || part.startsWith('-'))) {
    throw refused('invalid_request', 'the path of the address is not a plain path');
  }
  return path;
}

function localUrl(path: string, rules: UrlRules): RepositoryUrl {
  if (!rules.allowLocal) throw refused('repository_protocol_refused', 'local paths are not allowed', 'no_paths');
  // A folder may have spaces in its name.
  if (hasControl(path.replaceAll(' ', ''))) throw refused('invalid_request', 'the path holds control characters');
  const clean = normalize(path).replace(/\/+$/, '') || '/';
  const withoutGit = clean.replace(/\/\.git$/, '').replace(/\.git$/, '');
  return {
    url: clean,
    key: `file://${withoutGit}`,
    kind: 'local',
    host: null,
    port: null,
    path: withoutGit,
    name: withoutGit.split('/').at(-1) || 'repository',
  };
}

function filePath(url: URL): string {
  try {
    if (url.hostname === '') return fileURLToPath(url);
  } catch {
    // Told below.
  }
  throw refused('repository_protocol_refused', 'the file address is not a local path');
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (cause) {
    throw new AppError('invalid_request', 'the address is badly encoded', { cause });
  }
}

function hasControl(text: string): boolean {
  return /[\p{Cc}\p{Z}]/u.test(text);
}

/** Says what was likely meant: an address as browsers show it, or a path that only a shell would complete. */
function withoutScheme(text: string, { allowLocal }: UrlRules): AppError {
  const code = 'repository_protocol_refused';
  const isPath = /^(?:~|\.{1,2}(?:\/|$))/.test(text);
  if (isPath && !allowLocal) return refused(code, 'local paths are not allowed', 'no_paths');
  if (isPath) return refused(code, 'the path is not complete: write it from the root, beginning with /', 'relative');
  if (!/^[a-z0-9-]+(?:\.[a-z0-9-]+)+\/[^/]/i.test(text)) {
    return refused(code, 'the address names no scheme', allowLocal ? 'incomplete_local' : 'incomplete');
  }
  const suggestion = `https://${text}`;
  return new AppError(code, `the address names no scheme: try ${suggestion}`, {
    details: { problem: 'scheme', suggestion },
  });
}

type RefusalCode = 'invalid_request' | 'repository_protocol_refused' | 'repository_address_refused';

type Mistake =
  | 'credentials'
  | 'incomplete'
  | 'incomplete_local'
  | 'malformed'
  | 'no_paths'
  | 'relative'
  | 'spaces'
  | 'unknown_scheme';

/** `problem` names the mistake where a person can mend it at once. */
function refused(code: RefusalCode, why: string, problem?: Mistake) {
  return new AppError(code, why, problem ? { details: { problem } } : {});
}
