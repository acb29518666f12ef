import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { at, type ClusterObject, groupOf, labelOf, type ObjectReference } from '@/k8s/cluster/cluster-object';
import { withDefaults } from './defaults';
import { discoveryAnswer } from './discovery';
import { BUILT_IN, type Kind } from './kinds';
import { mergePatch, withStatusOf } from './merge-objects';
import { changed, notFound, Refusal, reasons, terminating } from './refusal';
import { schemaProblems } from './schema-problems';
import { isSelected } from './selectors';
import { serveWatch } from './serve-watch';
import { applyServerSide, type Conflict, ownChanges } from './server-side-apply';
import { createStore } from './store';
import { validate } from './validate';

type Fields = Record<string, unknown>;

/** What happens to requests in place of an answer. */
export interface Fault {
  method?: string;
  path?: RegExp;
  /** How often; always unless given. */
  times?: number;
  does: 'cut' | { waitMs: number } | { status: number; reason?: string; message?: string; retryAfterSeconds?: number };
}

export type Admission = (object: ClusterObject, operation: 'CREATE' | 'UPDATE' | 'DELETE') => Refusal | null;

export interface ApiServerOptions {
  /** Kinds that came by CustomResourceDefinitions. */
  custom?: readonly Kind[];
  /** Serves HTTPS with this. */
  tls?: { key: string; cert: string };
  /** Milliseconds between bookmarks of a watch; a minute as usual. */
  bookmarkMs?: number;
}

export interface Seen {
  method: string;
  path: string;
  query: URLSearchParams;
  body: Fields | undefined;
}

/**
 * The API of a cluster, in this process, without nodes and controllers: tests play those with `setStatus` and
 * `onStored`. Follows https://kubernetes.io/docs/reference/using-api/api-concepts/.
 */
export async function startApiServer({ custom = [], tls, bookmarkMs = 60_000 }: ApiServerOptions = {}) {
  const kinds: Kind[] = [...BUILT_IN, ...custom];
  const store = createStore();
  const faults: Fault[] = [];
  const admissions: Admission[] = [];
  const denied: { verb: string; plural: string }[] = [];
  const logs = new Map<string, string>();
  const seen: Seen[] = [];
  const tokens = new Set(['secret-token']);

  const kindOf = ({ apiVersion, kind }: Pick<ClusterObject, 'apiVersion' | 'kind'>): Kind => {
    const known = kinds.find((each) => each.apiVersion === apiVersion && each.kind === kind);
    if (!known) throw new TypeError(`no kind ${apiVersion} ${kind}`);
    return known;
  };

  put({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'default' } });

  function put(object: ClusterObject): ClusterObject {
    return store.put(kindOf(object), withDefaults(object));
  }

  const listener: RequestListener = (request, response) => {
    handle(request, response).catch((error: unknown) => {
      if (response.headersSent) return response.destroy();
      const refusal =
        error instanceof Refusal ? error : new Refusal(500, '', error instanceof Error ? error.message : 'error');
      const retry = refusal.details?.retryAfterSeconds;
      answer(response, refusal.code, refusal.status, retry === undefined ? {} : { 'retry-after': String(retry) });
    });
  };

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const method = request.method ?? 'GET';
    const text = await bodyOf(request);
    seen.push({
      method,
      path: url.pathname,
      query: url.searchParams,
      body: text ? (JSON.parse(text) as Fields) : undefined,
    });
    if (await isFaulty(method, url.pathname, request)) return;
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
    if (!tokens.has(token)) throw new Refusal(401, reasons.unauthorized, 'Unauthorized');
    const discovery = discoveryAnswer(url.pathname, request.headers.accept ?? '', kinds);
    if (discovery) return answer(response, 200, discovery.body, discovery.headers);
    const target = targetOf(url.pathname);
    if (!target) return answer(response, 404, '404 page not found\n', { 'content-type': 'text/plain' });
    await serveTarget({ method, url, target, response, request, text });
  }

  async function isFaulty(method: string, path: string, request: IncomingMessage): Promise<boolean> {
    const fault = faults.find(
      (each) => (each.method ?? method) === method && (each.path?.test(path) ?? true) && (each.times ?? 1) > 0,
    );
    if (!fault) return false;
    if (fault.times !== undefined) fault.times--;
    if (fault.does === 'cut') {
      request.socket.destroy();
      return true;
    }
    if ('waitMs' in fault.does) {
      await pause(fault.does.waitMs);
      return false;
    }
    const { status, reason = '', message = 'injected', retryAfterSeconds } = fault.does;
    throw new Refusal(status, reason, message, retryAfterSeconds === undefined ? undefined : { retryAfterSeconds });
  }

  interface Target {
    kind: Kind;
    namespace: string | undefined;
    name: string | undefined;
    subresource: string | undefined;
  }

  function targetOf(path: string): Target | undefined {
    const parts = path.split('/').filter(Boolean).map(decodeURIComponent);
    const isCore = parts[0] === 'api';
    const apiVersion = isCore ? parts[1] : parts.slice(1, 3).join('/');
    let rest = parts.slice(isCore ? 2 : 3);
    let namespace: string | undefined;
    if (rest[0] === 'namespaces' && rest.length > 2 && rest[2] !== 'status' && rest[2] !== 'finalize') {
      namespace = rest[1];
      rest = rest.slice(2);
    }
    const [plural, name, subresource] = rest;
    const kind = kinds.find((each) => each.apiVersion === apiVersion && each.plural === plural);
    if (!kind || (namespace !== undefined && !kind.isNamespaced)) return undefined;
    if (subresource && !kind.subresources.includes(subresource)) return undefined;
    return { kind, namespace, name, subresource };
  }

  interface Request {
    method: string;
    url: URL;
    target: Target;
    response: ServerResponse;
    request: IncomingMessage;
    text: string;
  }

  async function serveTarget(request: Request): Promise<void> {
    const { method, url, target, response } = request;
    const { kind, namespace, name, subresource } = target;
    const isWatch = ['true', '1'].includes(url.searchParams.get('watch') ?? '');
    authorize(method, isWatch, target);
    if (name === undefined) {
      if (method === 'GET') {
        if (!isWatch) return answer(response, 200, listOf(target, url.searchParams));
        return serveWatch(store, { query: url.searchParams, kind, namespace, response, bookmarkMs });
      }
      if (method === 'POST') return answer(response, 201, create(request));
      throw new Refusal(405, reasons.method, 'the server does not allow this method on the requested resource');
    }
    if (subresource === 'log') return serveLog(request, `${namespace}/${name}`);
    if (subresource === 'scale') return answer(response, 200, serveScale(request));
    switch (method) {
      case 'GET':
        return answer(response, 200, existing(target));
      case 'PATCH':
        return answer(response, ...patch(request));
      case 'PUT':
        return answer(response, 200, replace(request));
      case 'DELETE':
        return answer(response, 200, removeObject(request));
    }
    throw new Refusal(405, reasons.method, `the server does not allow this method on ${kind.plural}`);
  }

  /** The shape of a refusal by RBAC. */
  function authorize(method: string, isWatch: boolean, { kind, namespace, name, subresource }: Target): void {
    const verbs: Record<string, string> = {
      GET: name ? 'get' : isWatch ? 'watch' : 'list',
      POST: 'create',
      PUT: 'update',
      PATCH: 'patch',
      DELETE: 'delete',
    };
    const verb = verbs[method] ?? '';
    const plural = subresource ? `${kind.plural}/${subresource}` : kind.plural;
    if (!denied.some((each) => each.verb === verb && each.plural === plural)) return;
    const group = groupOf(kind.apiVersion);
    const qualified = group ? `${kind.plural}.${group}` : kind.plural;
    const where = namespace ? ` in the namespace "${namespace}"` : ' at the cluster scope';
    const subject = `User "elder" cannot ${verb} resource "${plural}" in API group "${group}"${where}`;
    const quoted = name ? ` "${name}"` : '';
    throw new Refusal(403, reasons.forbidden, `${qualified}${quoted} is forbidden: ${subject}`, {
      name,
      group,
      kind: kind.plural,
    });
  }

  function existing({ kind, namespace, name = '' }: Target): ClusterObject {
    const found = store.find(kind, namespace, name);
    if (!found) throw notFound(kind, name);
    return found;
  }

  function listOf(target: Target, query: URLSearchParams): Fields {
    const { kind, namespace } = target;
    const all = store.list(kind, namespace).filter((object) => isSelected(object, query));
    const limit = Number(query.get('limit') ?? 0) || all.length;
    const start = Number(Buffer.from(query.get('continue') ?? '', 'base64url').toString() || 0);
    const items = all.slice(start, start + limit).map(({ apiVersion: _version, kind: _kind, ...rest }) => rest);
    const rest = all.length - start - items.length;
    const more =
      rest > 0 ? { continue: Buffer.from(String(start + limit)).toString('base64url'), remainingItemCount: rest } : {};
    return {
      kind: `${kind.kind}List`,
      apiVersion: kind.apiVersion,
      metadata: { resourceVersion: String(store.version()), ...more },
      items,
    };
  }

  interface Change {
    target: Target;
    live: ClusterObject | undefined;
    next: ClusterObject;
    isDryRun: boolean;
  }

  function keep({ target, live, next, isDryRun }: Change): ClusterObject {
    const { kind, namespace } = target;
    validate(kind, live, next);
    for (const admission of admissions) {
      const refusal = admission(next, live ? 'UPDATE' : 'CREATE');
      if (refusal) throw refusal;
    }
    if (kind.isNamespaced) {
      const namespaces = kindOf({ apiVersion: 'v1', kind: 'Namespace' });
      const home = store.find(namespaces, undefined, namespace ?? '');
      if (!home) throw notFound(namespaces, namespace ?? '');
      if (!live && home.metadata.deletionTimestamp) throw terminating(kind, next, namespace ?? '');
    }
    if (isDryRun) {
      const metadata = {
        uid: 'dry-run',
        creationTimestamp: '2026-01-01T00:00:00Z',
        ...live?.metadata,
        ...next.metadata,
      };
      return { ...next, metadata };
    }
    return store.put(kind, next);
  }

  function create({ target, url, text, request }: Request): ClusterObject {
    const { kind, namespace } = target;
    const object = JSON.parse(text) as ClusterObject;
    object.metadata.namespace ??= namespace ?? '';
    if (!kind.isNamespaced) delete object.metadata.namespace;
    strict(object, kind, url.searchParams);
    if (store.find(kind, namespace, object.metadata.name)) {
      throw new Refusal(409, reasons.exists, `${kind.plural} "${object.metadata.name}" already exists`, {
        name: object.metadata.name,
        kind: kind.plural,
      });
    }
    const manager = managerOf(url, request);
    const next = ownChanges(undefined, withDefaults(object), { manager, operation: 'Update' }, kind.isCustom);
    return keep({ target, live: undefined, next, isDryRun: url.searchParams.get('dryRun') === 'All' });
  }

  function replace({ target, url, text, request }: Request): ClusterObject {
    const { kind, subresource } = target;
    const live = existing(target);
    const object = JSON.parse(text) as ClusterObject;
    strict(object, kind, url.searchParams);
    const { resourceVersion } = object.metadata;
    if (resourceVersion && resourceVersion !== live.metadata.resourceVersion) throw changed(kind, object.metadata.name);
    const manager = managerOf(url, request);
    const whole = subresource === 'status' ? { ...live, status: object.status } : withStatusOf(live, object, kind);
    const next = ownChanges(live, withDefaults(whole), { manager, operation: 'Update', subresource }, kind.isCustom);
    return keep({ target, live, next, isDryRun: url.searchParams.get('dryRun') === 'All' });
  }

  function patch({ target, url, request, text }: Request): [number, ClusterObject] {
    const type = request.headers['content-type']?.split(';')[0];
    const { kind, namespace, name = '', subresource } = target;
    const query = url.searchParams;
    const isDryRun = query.get('dryRun') === 'All';
    const manager = query.get('fieldManager') ?? '';
    const live = store.find(kind, namespace, name);
    if (type === 'application/merge-patch+json') {
      const before = existing(target);
      const whole = mergePatch(before, JSON.parse(text)) as ClusterObject;
      const next = subresource === 'status' ? { ...before, status: whole.status } : withStatusOf(before, whole, kind);
      const owned = ownChanges(
        before,
        withDefaults(next),
        { manager, operation: 'Update', subresource },
        kind.isCustom,
      );
      return [200, keep({ target, live: before, next: owned, isDryRun })];
    }
    if (type !== 'application/apply-patch+yaml') {
      throw new Refusal(
        415,
        reasons.unsupported,
        `the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml`,
      );
    }
    if (manager === '') {
      throw new Refusal(
        400,
        reasons.badRequest,
        'PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for apply patch',
      );
    }
    const applied = JSON.parse(text) as ClusterObject;
    if (applied.metadata.managedFields) {
      throw new Refusal(400, reasons.badRequest, 'metadata.managedFields must be nil');
    }
    typed(applied, kind);
    if (kind.isNamespaced) applied.metadata.namespace ??= namespace ?? '';
    if (applied.metadata.resourceVersion && applied.metadata.resourceVersion !== live?.metadata.resourceVersion) {
      throw changed(kind, name);
    }
    const isForced = query.get('force') === 'true';
    const result = applyServerSide({ live, applied, manager, isForced, isCustom: kind.isCustom });
    if (Array.isArray(result)) {
      const causes = result.map((each) => ({
        reason: 'FieldManagerConflict',
        message: `conflict with ${describeManager(each)}`,
        field: each.field,
      }));
      const fields = causes.map(({ field, message }) => `${message}: ${field}`).join('\n');
      throw new Refusal(
        409,
        reasons.conflict,
        `Apply failed with ${causes.length} conflict${causes.length > 1 ? 's' : ''}: ${fields}`,
        { causes },
      );
    }
    const whole = live ? withStatusOf(live, result, kind) : result;
    return [live ? 200 : 201, keep({ target, live, next: withDefaults(whole), isDryRun })];
  }

  function removeObject({ target, url, text }: Request): ClusterObject | Fields {
    const { kind } = target;
    const live = existing(target);
    const options = (text ? JSON.parse(text) : {}) as {
      propagationPolicy?: string;
      preconditions?: { uid?: string; resourceVersion?: string };
    };
    for (const admission of admissions) {
      const refusal = admission(live, 'DELETE');
      if (refusal) throw refusal;
    }
    if (url.searchParams.get('dryRun') === 'All') return live;
    const propagation = options.propagationPolicy ?? url.searchParams.get('propagationPolicy') ?? 'Background';
    const removed = store.remove(kind, live, { propagation, ...options.preconditions });
    if (removed.metadata.finalizers?.length) return removed;
    return {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Success',
      details: { name: live.metadata.name, kind: kind.plural, uid: live.metadata.uid },
    };
  }

  /** https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#scaling-a-deployment, autoscaling/v1 Scale */
  function serveScale({ method, target, url, text, request }: Request): Fields {
    const { kind } = target;
    const live = existing(target);
    const manager = managerOf(url, request);
    let now = live;
    if (method !== 'GET') {
      const scale = JSON.parse(text) as { metadata?: { resourceVersion?: string }; spec?: { replicas?: number } };
      const read = scale.metadata?.resourceVersion;
      if (read && read !== live.metadata.resourceVersion) throw changed(kind, live.metadata.name);
      const replicas = scale.spec?.replicas ?? 0;
      const next = { ...live, spec: { ...(live.spec as Fields), replicas } };
      now = keep({
        target,
        live,
        next: ownChanges(live, next, { manager, operation: 'Update', subresource: 'scale' }, kind.isCustom),
        isDryRun: false,
      });
    }
    const { name, namespace, uid, resourceVersion } = now.metadata;
    return {
      kind: 'Scale',
      apiVersion: 'autoscaling/v1',
      metadata: { name, namespace, uid, resourceVersion },
      spec: { replicas: at(now, 'spec', 'replicas') ?? 0 },
      status: { replicas: at(now, 'status', 'replicas') ?? 0 },
    };
  }

  function serveLog({ target, url, response }: Request, pod: string): void {
    existing(target);
    const container = url.searchParams.get('container') ?? '';
    const place = `${pod}${container && `/${container}`}${url.searchParams.get('previous') === 'true' ? '/previous' : ''}`;
    const log = logs.get(place) ?? logs.get(pod);
    if (log === undefined) {
      throw new Refusal(
        400,
        reasons.badRequest,
        `container "${container}" in pod "${target.name}" is waiting to start: ContainerCreating`,
      );
    }
    const lines = log.split('\n');
    const tail = Number(url.searchParams.get('tailLines') ?? lines.length);
    answer(response, 200, `${lines.slice(-tail).join('\n')}\n`, { 'content-type': 'text/plain' });
  }

  /** fieldValidation=Strict of create and update. */
  function strict(object: ClusterObject, kind: Kind, query: URLSearchParams): void {
    if (query.get('fieldValidation') !== 'Strict') return;
    const unknown = schemaProblems(object, kind).filter(({ expected }) => expected === null);
    if (unknown.length === 0) return;
    const list = unknown.map(({ field }) => `unknown field "${field.slice(1)}"`).join(', ');
    throw new Refusal(
      400,
      reasons.badRequest,
      `${kind.kind} in version "${kind.apiVersion.split('/').at(-1)}" cannot be handled as a ${kind.kind}: strict decoding error: ${list}`,
    );
  }

  /** An apply has a schema of its own, whose errors come as 500 without a reason. */
  function typed(object: ClusterObject, kind: Kind): void {
    const [problem] = schemaProblems(object, kind);
    if (!problem) return;
    const { namespace = '', name } = object.metadata;
    const what =
      problem.expected === null ? 'field not declared in schema' : `expected ${problem.expected}, got something else`;
    throw new Refusal(
      500,
      '',
      `failed to create typed patch object (${namespace}/${name}; ${object.apiVersion}, Kind=${object.kind}): ${problem.field}: ${what}`,
    );
  }

  const server = tls ? createTlsServer(tls, listener) : createServer(listener);
  const address = await listen();
  const url = `${tls ? 'https' : 'http'}://${tls ? 'localhost' : '127.0.0.1'}:${address.port}`;

  async function listen(): Promise<AddressInfo> {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return server.address() as AddressInfo;
  }

  return {
    url,
    token: 'secret-token',
    seen,
    put,
    find: (reference: ObjectReference) => store.find(kindOf(reference), reference.namespace, reference.name),
    list: (kind: Pick<ObjectReference, 'apiVersion' | 'kind' | 'namespace'>) =>
      store.list(kindOf(kind), kind.namespace),
    remove: (reference: ObjectReference) => {
      const object = store.find(kindOf(reference), reference.namespace, reference.name);
      if (object) store.remove(kindOf(reference), object, { propagation: 'Background' });
    },
    /** As a controller writes it. */
    setStatus(reference: ObjectReference, status: Fields, manager = 'kube-controller-manager'): void {
      const kind = kindOf(reference);
      const live = store.find(kind, reference.namespace, reference.name);
      if (!live) throw new TypeError(`no ${labelOf(reference)}`);
      const next = ownChanges(
        live,
        { ...live, status },
        { manager, operation: 'Update', subresource: 'status' },
        kind.isCustom,
      );
      store.put(kind, next);
    },
    /** As somebody edits it. */
    edit(reference: ObjectReference, change: (object: ClusterObject) => void, manager = 'kubectl-edit'): void {
      const kind = kindOf(reference);
      const live = store.find(kind, reference.namespace, reference.name);
      if (!live) throw new TypeError(`no ${labelOf(reference)}`);
      const next = structuredClone(live);
      change(next);
      store.put(kind, ownChanges(live, withDefaults(next), { manager, operation: 'Update' }, kind.isCustom));
    },
    onStored: store.onEvent,
    setLog: (place: string, text: string) => void logs.set(place, text),
    fail: (fault: Fault) => void faults.push(fault),
    mend: () => void faults.splice(0),
    admit: (admission: Admission) => void admissions.push(admission),
    deny: (verb: string, plural: string) => void denied.push({ verb, plural }),
    allowAll: () => void denied.splice(0),
    /** Tokens that are accepted from now on. */
    accept(...accepted: string[]): void {
      tokens.clear();
      for (const token of accepted) tokens.add(token);
    },
    install: (kind: Kind) => void kinds.push(kind),
    compact: store.compact,
    /** Ends connections, watches among them. */
    cutConnections: () => server.closeAllConnections(),
    [Symbol.asyncDispose]: async () => {
      if (!server.listening) return;
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

export type ApiServer = Awaited<ReturnType<typeof startApiServer>>;

/** As printManager of the server words it. */
function describeManager({ manager, subresource, operation, apiVersion }: Conflict): string {
  const through = subresource ? ` with subresource "${subresource}"` : '';
  return `"${manager}"${through}${operation === 'Update' ? ` using ${apiVersion}` : ''}`;
}

/** "If not specified, the name is the prefix of the User-Agent": https://kubernetes.io/docs/reference/using-api/server-side-apply/ */
function managerOf(url: URL, request: IncomingMessage): string {
  return url.searchParams.get('fieldManager') ?? request.headers['user-agent']?.split('/')[0] ?? 'unknown';
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

function answer(response: ServerResponse, code: number, body: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(code, { 'content-type': 'application/json', ...headers });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}
