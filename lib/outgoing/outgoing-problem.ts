import { AppError, type ErrorCode, isAppError } from '@/lib/errors';
import { certificateFaultOf } from '@/lib/git/certificate-fault';

/** What the address guard says of a host, in the words for what is no repository. */
const OF_THE_GUARD: Partial<Record<ErrorCode, ErrorCode>> = {
  repository_host_unknown: 'outgoing_host_unknown',
  repository_address_refused: 'outgoing_address_refused',
};

const TLS = /CERT|SSL|TLS|SELF_SIGNED|UNABLE_TO_(?:GET|VERIFY)|ALTNAME|EPROTO/;

/** Why nothing came back, from what the connection threw. */
export function outgoingProblem(error: unknown, { host }: URL): AppError {
  const causes = chainOf(error);
  const details = { host };
  for (const cause of causes) {
    const code = isAppError(cause) ? OF_THE_GUARD[cause.code] : undefined;
    if (code) return new AppError(code, `${host} cannot be spoken to`, { cause: error, details });
  }
  const tls = causes.map(codeOf).find((code) => TLS.test(code));
  if (tls) {
    const fault = certificateFaultOf(tls);
    return new AppError(fault ? `outgoing_tls_${fault}` : 'outgoing_tls', `${host} cannot be spoken to over TLS`, {
      cause: error,
      details: { host, reason: tls },
    });
  }
  const isUnknown = causes.some((cause) => ['ENOTFOUND', 'EAI_AGAIN'].includes(codeOf(cause)));
  const code = isUnknown ? 'outgoing_host_unknown' : 'outgoing_unreachable';
  return new AppError(code, `${host} cannot be reached`, { cause: error, details });
}

/** The error and what caused it, outermost first. */
function chainOf(error: unknown): Error[] {
  const chain: Error[] = [];
  for (let at = error; at instanceof Error && chain.length < 8; at = at.cause) chain.push(at);
  return chain;
}

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : '';
}
