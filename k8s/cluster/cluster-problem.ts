import { AppError, type ErrorCode } from '@/lib/errors';
import { groupOf, labelOf, type ObjectReference } from './cluster-object';

/** What a cluster refused or could not do, and the code of errors that stands for it. */
const PROBLEMS = {
  noConfig: 'unprocessable',
  noContext: 'unprocessable',
  unreachable: 'unavailable',
  tls: 'unavailable',
  unauthenticated: 'unauthenticated',
  forbidden: 'forbidden',
  notFound: 'not_found',
  namespaceMissing: 'not_found',
  kindMissing: 'not_found',
  fieldConflict: 'conflict',
  changedMeanwhile: 'conflict',
  unknownField: 'unprocessable',
  immutable: 'unprocessable',
  invalid: 'unprocessable',
  policy: 'unprocessable',
  quota: 'unprocessable',
  expired: 'gone',
  throttled: 'rate_limited',
  terminating: 'conflict',
  server: 'unavailable',
} as const satisfies Record<string, ErrorCode>;

export type ClusterProblem = keyof typeof PROBLEMS;

export interface ClusterProblemDetails {
  clusterProblem: ClusterProblem;
  /** The context of the kubeconfig. */
  cluster: string;
  /** As `Deployment elder/web`; null when the whole cluster is meant. */
  object: string | null;
  /** In the words of the server or the system. */
  cause: string;
  /** Fields the server names. */
  fields: readonly string[];
  /** Who else owns them, where that is the problem. */
  managers: readonly string[];
}

/** A Status: https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/status/ */
export interface Status {
  code?: number;
  reason?: string;
  message?: string;
  details?: {
    kind?: string;
    retryAfterSeconds?: number;
    causes?: { reason?: string; message?: string; field?: string }[];
  };
}

interface Where {
  cluster: string;
  object: ObjectReference | null;
}

const LONGEST_CAUSE = 1000;
const ADMISSION = /admission webhook "[^"]+" denied|ValidatingAdmissionPolicy|violates PodSecurity/;

export function clusterError(
  problem: ClusterProblem,
  where: Where,
  cause: string,
  more: Partial<Pick<ClusterProblemDetails, 'fields' | 'managers'>> & { error?: unknown } = {},
): AppError {
  const object = where.object && labelOf(where.object);
  const { error, fields = [], managers = [] } = more;
  const details = {
    clusterProblem: problem,
    cluster: where.cluster,
    object,
    cause: cause.slice(0, LONGEST_CAUSE),
    fields,
    managers,
  } satisfies ClusterProblemDetails;
  return new AppError(PROBLEMS[problem], `${where.cluster}: ${object ?? 'cluster'}: ${problem}: ${details.cause}`, {
    cause: error,
    details,
  });
}

/** undefined for every other error. */
export function clusterProblemOf(error: unknown): ClusterProblemDetails | undefined {
  if (!(error instanceof Error)) return undefined;
  const { details } = error as { details?: Partial<ClusterProblemDetails> };
  return details?.clusterProblem ? (details as ClusterProblemDetails) : undefined;
}

export function isProblem(error: unknown, ...problems: readonly ClusterProblem[]): boolean {
  const found = clusterProblemOf(error)?.clusterProblem;
  return found !== undefined && problems.includes(found);
}

/** An answer that is no success, as an error. */
export function statusError(httpStatus: number, status: Status, where: Where): AppError {
  const causes = status.details?.causes ?? [];
  const fields = [...new Set(causes.flatMap(({ field }) => (field ? [field] : [])))];
  const managers = [
    ...new Set(causes.flatMap(({ message = '' }) => /conflict with "([^"]+)"/.exec(message)?.[1] ?? [])),
  ];
  return clusterError(problemOf(httpStatus, status), where, causeOf(httpStatus, status, fields, where), {
    fields,
    managers,
  });
}

function problemOf(httpStatus: number, { reason, message = '', details }: Status): ClusterProblem {
  const causes = details?.causes ?? [];
  if (ADMISSION.test(message)) return 'policy';
  switch (httpStatus) {
    case 401:
      return 'unauthenticated';
    case 403:
      if (/exceeded quota/.test(message)) return 'quota';
      if (causes.some((cause) => cause.reason === 'NamespaceTerminating')) return 'terminating';
      return 'forbidden';
    case 404:
      // Only a Status that names no object says that the path itself is not known.
      if (reason !== 'NotFound' || !details?.kind) return 'kindMissing';
      return details.kind === 'namespaces' ? 'namespaceMissing' : 'notFound';
    case 409:
      return causes.some((cause) => cause.reason === 'FieldManagerConflict') ? 'fieldConflict' : 'changedMeanwhile';
    case 410:
      return 'expired';
    case 400:
      return /unknown field|duplicate field/.test(message) ? 'unknownField' : 'invalid';
    case 422:
      return /immutable|may not be changed|updates to .* are forbidden/i.test(message) ? 'immutable' : 'invalid';
    case 429:
      return 'throttled';
  }
  // A schema error of an apply comes as 500 without a reason: it stays as it is however often it is tried.
  if (httpStatus === 500 && !reason) return 'unknownField';
  return httpStatus >= 500 ? 'server' : 'invalid';
}

/** What is wrong with a Secret may quote it: then only the names of fields are told. */
function causeOf(
  httpStatus: number,
  { reason, message }: Status,
  fields: readonly string[],
  { object }: Where,
): string {
  const short = `${httpStatus} ${reason ?? ''}`.trim();
  if (object?.kind === 'Secret' && groupOf(object.apiVersion) === '' && ![401, 403, 404, 429].includes(httpStatus)) {
    return fields.length > 0 ? `${short}: ${fields.join(', ')}` : short;
  }
  return message ? `${message}` : short;
}

/** Whether the same request may go well a little later. */
export function isPassing(httpStatus: number, { reason }: Status): boolean {
  return [429, 502, 503, 504].includes(httpStatus) || (httpStatus === 500 && reason === 'InternalError');
}
