import { AppError } from '@/lib/errors';
import type { RepositoryUrl } from '@/lib/git/repository-url';
import { parseRepositoryUrl } from '@/lib/git/repository-url';
import { addressRules } from './address-rules';

/** The address of a host's pages, as it is kept: without a slash at the end. Throws `invalid_request`. */
export function normalBaseUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:') {
    throw new AppError('invalid_request', 'this is no address of a Git host');
  }
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    throw new AppError('invalid_request', 'the address of a Git host has no credentials, query or fragment');
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}

/** What the host gave to clone from; refused unless it leads to the same host. */
export function checkCloneUrl(cloneUrl: string, baseUrl: string): RepositoryUrl {
  const url = parseRepositoryUrl(cloneUrl, addressRules());
  const base = new URL(baseUrl);
  const isSame = URL.canParse(url.url) && new URL(url.url).origin === base.origin;
  if (isSame) return url;
  throw new AppError('repository_address_refused', 'the Git host names another host to fetch from', {
    details: { problem: 'foreign_clone' },
  });
}
