import type { RepositoryUrl } from '../repository-url';

const PORT = 22;

/** A host as `known_hosts` names it: `host`, or `[host]:port` at another port than 22. */
export function placeOf({ host, port }: Pick<RepositoryUrl, 'host' | 'port'>): string {
  return port === null || port === PORT ? (host ?? '') : `[${host}]:${port}`;
}
