import { type ClusterObject, groupOf } from '@/k8s/cluster/cluster-object';
import type { Kind } from './kinds';

/** https://github.com/kubernetes/apimachinery/blob/master/pkg/apis/meta/v1/types.go, StatusReason */
export const reasons = {
  unauthorized: 'Unauthorized',
  forbidden: 'Forbidden',
  notFound: 'NotFound',
  exists: 'AlreadyExists',
  conflict: 'Conflict',
  invalid: 'Invalid',
  badRequest: 'BadRequest',
  expired: 'Expired',
  tooMany: 'TooManyRequests',
  internal: 'InternalError',
  unsupported: 'UnsupportedMediaType',
  method: 'MethodNotAllowed',
} as const;

interface Details {
  name?: string | undefined;
  group?: string;
  kind?: string;
  causes?: { reason: string; message: string; field?: string }[];
  retryAfterSeconds?: number;
}

/** An answer that is no success, told as a Status. */
export class Refusal extends Error {
  readonly code: number;
  readonly reason: string;
  readonly details: Details | undefined;

  constructor(code: number, reason: string, message: string, details?: Details) {
    super(message);
    this.code = code;
    this.reason = reason;
    this.details = details;
  }

  get status(): Record<string, unknown> {
    return {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message: this.message,
      ...(this.reason && { reason: this.reason }),
      ...(this.details && { details: this.details }),
      code: this.code,
    };
  }
}

export function notFound(kind: Kind, name: string): Refusal {
  const group = groupOf(kind.apiVersion);
  const qualified = group ? `${kind.plural}.${group}` : kind.plural;
  return new Refusal(404, reasons.notFound, `${qualified} "${name}" not found`, { name, group, kind: kind.plural });
}

export function changed(kind: Kind, name: string): Refusal {
  const text = `Operation cannot be fulfilled on ${kind.plural} "${name}": the object has been modified; please apply your changes to the latest version and try again`;
  return new Refusal(409, reasons.conflict, text, { name, kind: kind.plural });
}

export function terminating(kind: Kind, { metadata }: ClusterObject, namespace: string): Refusal {
  const message = `${kind.plural} "${metadata.name}" is forbidden: unable to create new content in namespace ${namespace} because it is being terminated`;
  const causes = [
    {
      reason: 'NamespaceTerminating',
      message: `namespace ${namespace} is being terminated`,
      field: 'metadata.namespace',
    },
  ];
  return new Refusal(403, reasons.forbidden, message, { name: metadata.name, kind: kind.plural, causes });
}
