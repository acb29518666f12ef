import { isIP } from 'node:net';
import { connect } from 'node:tls';
import { AppError, isAppError } from '@/lib/errors';
import { pinAddress } from './address-guard';
import type { Remote } from './remote-options';

export type CertificateFault = 'expired' | 'wrong_name' | 'untrusted';

const FAULTS: Readonly<Record<string, CertificateFault>> = {
  CERT_HAS_EXPIRED: 'expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'wrong_name',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'untrusted',
  SELF_SIGNED_CERT_IN_CHAIN: 'untrusted',
  UNABLE_TO_GET_ISSUER_CERT: 'untrusted',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'untrusted',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'untrusted',
};

const HTTPS_PORT = 443;
const TIMEOUT_MS = 5_000;

/** What is wrong with a certificate, by the code that Node gives; null where it is something else. */
export function certificateFaultOf(code: string): CertificateFault | null {
  return FAULTS[code] ?? null;
}

/** Git with GnuTLS says of every certificate that it cannot be verified, and not why: the host is asked to show it once more. */
export async function withCertificateFault(error: unknown, remote: Remote, signal?: AbortSignal): Promise<unknown> {
  if (!isAppError(error) || error.code !== 'repository_tls') return error;
  const fault = await faultAt(remote, signal);
  return fault ? new AppError(`repository_tls_${fault}`, error.message, { cause: error }) : error;
}

async function faultAt({ url, rules }: Remote, signal?: AbortSignal): Promise<CertificateFault | null> {
  const { kind, host, port } = url;
  if (kind !== 'https' || host === null) return null;
  const at = { host, port: port ?? HTTPS_PORT };
  const address = await pinAddress(at, rules);
  return new Promise((resolve) => {
    const stop = AbortSignal.any([AbortSignal.timeout(TIMEOUT_MS), ...(signal ? [signal] : [])]);
    const name = isIP(host) === 0 ? { servername: host } : {};
    // Nothing is sent over it: it is closed once the certificate was seen.
    const socket = connect({ host: address, port: at.port, ...name, rejectUnauthorized: false });
    const end = (code: unknown): void => {
      socket.destroy();
      resolve(typeof code === 'string' ? certificateFaultOf(code) : null);
    };
    socket.once('secureConnect', () => end(socket.authorizationError));
    socket.once('error', () => end(null));
    stop.addEventListener('abort', () => end(null), { once: true });
  });
}
