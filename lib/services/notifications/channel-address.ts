import { isIP } from 'node:net';
import { env } from '@/lib/env';
import { AppError, isAppError } from '@/lib/errors';
import { pinAddress } from '@/lib/git/address-guard';

const SHOWN_END = 4;
/** A path that short would be shown whole. */
const SHORT_PATH = 16;

/** Throws for what no message could ever be sent to. Names are resolved, and checked, each time one is sent. */
export async function checkAddress(address: string): Promise<void> {
  if (!URL.canParse(address)) throw new AppError('outgoing_protocol_refused', 'the address is no URL');
  const { protocol, username, password, host, hostname, port } = new URL(address);
  const { ALLOWED_HOSTS: allowedHosts } = env();
  const isAllowed = allowedHosts.includes(host) || (port === '' && allowedHosts.includes(hostname));
  if ((protocol !== 'https:' && !(protocol === 'http:' && isAllowed)) || username !== '' || password !== '') {
    throw new AppError('outgoing_protocol_refused', 'only https without a user name or a password is allowed');
  }
  const bare = hostname.replace(/^\[|\]$/g, '');
  if (isAllowed || isIP(bare) === 0) {
    if (!isAllowed && port !== '' && port !== '8443') throw refused(host);
    return;
  }
  try {
    await pinAddress({ host: bare, port: Number(port) || 443 }, { allowedHosts });
  } catch (error) {
    if (isAppError(error)) throw refused(host);
    throw error;
  }
}

/** Enough to tell one's own addresses apart, too little to send to them. */
export function shownAddress(address: string): string {
  const { protocol, host, pathname, search } = new URL(address);
  const path = pathname + search;
  return `${protocol}//${host}/…${path.length < SHORT_PATH ? '' : path.slice(-SHOWN_END)}`;
}

function refused(host: string): AppError {
  return new AppError('outgoing_address_refused', `${host} may not be spoken to`, { details: { host } });
}
