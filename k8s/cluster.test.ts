import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { selfSignedCertificate } from '@/tests/support/certificate';
import { type ApiServer, startApiServer } from '@/tests/support/kubernetes/api-server';
import { customKind } from '@/tests/support/kubernetes/kinds';
import { connectTo, QUICK, writeKubeconfig } from '@/tests/support/kubernetes/kubeconfig';
import { Refusal } from '@/tests/support/kubernetes/refusal';
import { type Cluster, connectCluster } from './cluster';
import { at, type ClusterObject } from './cluster/cluster-object';
import { clusterProblemOf } from './cluster/cluster-problem';

const WEB = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'default', name: 'web' };

function deployment(spec: Record<string, unknown> = {}, image = 'elder:1'): ClusterObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'default', labels: { app: 'web' } },
    spec: {
      selector: { matchLabels: { app: 'web' } },
      template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image }] } },
      ...spec,
    },
  };
}

const settings = (data: Record<string, string>): ClusterObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'settings', namespace: 'default' },
  data,
});

async function problem(answer: Promise<unknown>) {
  return clusterProblemOf(
    await answer.then(
      () => undefined,
      (error: unknown) => error,
    ),
  );
}

let server: ApiServer;
let cluster: Cluster & AsyncDisposable;

beforeEach(async () => {
  server = await startApiServer();
  cluster = await connectTo(server);
});

afterEach(async () => {
  await cluster[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});

describe('apply', () => {
  test('creates, keeps what others set, and takes away what it no longer says', async () => {
    await cluster.apply(settings({ a: '1', b: '2' }));
    server.edit({ apiVersion: 'v1', kind: 'ConfigMap', namespace: 'default', name: 'settings' }, (object) => {
      object.data = { ...(object.data as object), theirs: 'x' };
    });

    const applied = await cluster.apply(settings({ a: '3' }));

    expect(applied.data).toEqual({ a: '3', theirs: 'x' });
  });

  test('the same again changes no version', async () => {
    const first = await cluster.apply(deployment({ replicas: 2 }));

    const second = await cluster.apply(deployment({ replicas: 2 }));

    expect(second.metadata.resourceVersion).toBe(first.metadata.resourceVersion);
  });

  test('names fields and managers in a conflict, and takes them when forced', async () => {
    await cluster.apply(deployment({ replicas: 2 }));
    server.edit(WEB, (object) => {
      object.spec = { ...(object.spec as object), replicas: 5 };
    });

    const conflict = await problem(cluster.apply(deployment({ replicas: 2 })));
    const forced = await cluster.apply(deployment({ replicas: 2 }), { isForced: true });

    expect(conflict).toMatchObject({
      clusterProblem: 'fieldConflict',
      object: 'Deployment default/web',
      fields: ['.spec.replicas'],
      managers: ['kubectl-edit'],
    });
    expect(at(forced, 'spec', 'replicas')).toBe(2);
  });

  test('a dry run keeps nothing', async () => {
    const shown = await cluster.apply(deployment({ replicas: 2 }), { isDryRun: true });

    expect(at(shown, 'spec', 'replicas')).toBe(2);
    expect(await cluster.find(WEB)).toBeNull();
  });

  test('an unknown field is refused at the first try, though the server answers 500', async () => {
    const refused = await problem(cluster.apply(deployment({ replicaz: 2 })));

    expect(refused).toMatchObject({ clusterProblem: 'unknownField', cause: expect.stringContaining('.spec.replicaz') });
    expect(server.seen.filter(({ method }) => method === 'PATCH')).toHaveLength(1);
  });

  test('a secret that is refused is not quoted', async () => {
    const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's', namespace: 'default' } };

    const refused = await problem(cluster.apply({ ...secret, 'hunter2-field': 'x' }));

    expect(refused).toMatchObject({ object: 'Secret default/s', cause: '500' });
  });

  test('a missing namespace, a missing kind and a denial by a webhook are told apart', async () => {
    const elsewhere = deployment();
    elsewhere.metadata.namespace = 'nowhere';
    server.admit(({ kind }) =>
      kind === 'ConfigMap'
        ? new Refusal(400, '', 'admission webhook "policy.example" denied the request: no labels')
        : null,
    );

    expect(await problem(cluster.apply(elsewhere))).toMatchObject({ clusterProblem: 'namespaceMissing' });
    expect(await problem(cluster.apply(settings({})))).toMatchObject({ clusterProblem: 'policy' });
    expect(
      await problem(cluster.apply({ apiVersion: 'keda.sh/v1alpha1', kind: 'ScaledObject', metadata: { name: 's' } })),
    ).toMatchObject({ clusterProblem: 'kindMissing' });
  });

  test('a kind that an operator brought since is found', async () => {
    const scaled = {
      apiVersion: 'keda.sh/v1alpha1',
      kind: 'ScaledObject',
      metadata: { name: 's', namespace: 'default' },
      spec: {},
    };
    await problem(cluster.apply(scaled));

    server.install(customKind('keda.sh/v1alpha1', 'ScaledObject', 'scaledobjects'));

    expect(await cluster.apply(scaled)).toMatchObject({ kind: 'ScaledObject' });
    expect(await cluster.engines()).toContain('keda.sh');
  });
});

describe('what may pass', () => {
  test('waits as a busy server asks and tries again', async () => {
    server.fail({ method: 'PATCH', times: 2, does: { status: 429, reason: 'TooManyRequests', retryAfterSeconds: 0 } });

    expect(await cluster.apply(settings({ a: '1' }))).toMatchObject({ data: { a: '1' } });
  });

  test('survives a cut connection and a webhook that is not up yet', async () => {
    server.fail({ method: 'PATCH', times: 1, does: 'cut' });
    server.fail({
      method: 'PATCH',
      times: 1,
      does: { status: 500, reason: 'InternalError', message: 'failed calling webhook' },
    });

    expect(await cluster.apply(settings({ a: '1' }))).toMatchObject({ data: { a: '1' } });
  });

  test('gives up what does not', async () => {
    server.fail({ method: 'PATCH', does: 'cut' });

    expect(await problem(cluster.apply(settings({})))).toMatchObject({
      clusterProblem: 'unreachable',
      cluster: 'test',
    });
  });

  test('a server that never answers is given up', async () => {
    await using impatient = await connectTo(server, { ...QUICK, tries: 1, timeoutMs: 30 });
    server.fail({ path: /configmaps/, does: { waitMs: 300 } });

    const answer = await problem(impatient.apply(settings({})));

    expect(answer).toMatchObject({ clusterProblem: 'unreachable', cause: expect.stringContaining('timeout') });
  });

  test('a signal ends a wait at once', async () => {
    const stop = new AbortController();
    server.fail({ method: 'PATCH', does: { status: 503, retryAfterSeconds: 30 } });
    setTimeout(() => stop.abort(), 20);

    await expect(cluster.apply(settings({}), { signal: stop.signal })).rejects.toMatchObject({ code: 'cancelled' });
  });
});

describe('who asks', () => {
  test('reads the kubeconfig again when the token has run out', async () => {
    await using kubeconfig = await writeKubeconfig({ here: server });
    const client = connectCluster({ kubeconfig: kubeconfig.file }, QUICK);
    await client.engines();

    server.accept('fresh-token');
    await kubeconfig.write({ here: { url: server.url, token: 'fresh-token' } });

    expect((await client.engines()).has('apps')).toBe(true);
  });

  test('a token that stays refused is told', async () => {
    server.accept();

    expect(await problem(cluster.engines())).toMatchObject({ clusterProblem: 'unauthenticated' });
  });

  test('a missing right names verb and resource', async () => {
    server.deny('patch', 'configmaps');

    expect(await problem(cluster.apply(settings({})))).toMatchObject({
      clusterProblem: 'forbidden',
      cause: expect.stringContaining('cannot patch resource "configmaps"'),
    });
  });

  test('a context that does not exist and a kubeconfig that is none are told without its content', async () => {
    await using kubeconfig = await writeKubeconfig({ here: server });

    expect(
      await problem((async () => connectCluster({ kubeconfig: kubeconfig.file, context: 'there' }))()),
    ).toMatchObject({
      clusterProblem: 'noContext',
      cause: 'here',
    });
    expect(await problem((async () => connectCluster({ kubeconfig: '/nowhere/config' }))())).toMatchObject({
      clusterProblem: 'noConfig',
      cause: 'ENOENT',
    });
  });

  test('a certificate nobody vouches for ends it; one of the kubeconfig does not', async () => {
    const tls = selfSignedCertificate();
    await using secure = await startApiServer({ tls });
    await using stranger = await connectTo(secure);
    await using friend = await connectTo({ url: secure.url, token: secure.token, ca: tls.cert });

    expect(await problem(stranger.engines())).toMatchObject({ clusterProblem: 'tls' });
    expect((await friend.engines()).has('batch')).toBe(true);
  });
});

describe('objects', () => {
  test('lists all pages of those with a label, with what they are', async () => {
    for (let number = 0; number < 300; number++) {
      const labels = { app: number % 2 ? 'odd' : 'even' };
      server.put({
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: `c${number}`, namespace: 'default', labels },
      });
    }

    const all = await cluster.list({ apiVersion: 'v1', kind: 'ConfigMap', namespace: 'default' });
    const odd = await cluster.list({ apiVersion: 'v1', kind: 'ConfigMap' }, { labels: 'app=odd' });

    expect(all).toHaveLength(300);
    expect(odd).toHaveLength(150);
    expect(odd[0]).toMatchObject({ apiVersion: 'v1', kind: 'ConfigMap' });
  });

  test('removes the very object it saw, and says when there was none', async () => {
    const { metadata } = await cluster.apply(settings({}));
    const reference = { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'default', name: 'settings' };

    expect(await problem(cluster.remove(reference, { uid: 'another' }))).toMatchObject({
      clusterProblem: 'changedMeanwhile',
    });
    expect(await cluster.remove(reference, { uid: metadata.uid })).toBe(true);
    expect(await cluster.remove(reference)).toBe(false);
  });

  test('replaces only the version it read', async () => {
    const first = await cluster.create(settings({ a: '1' }));
    await cluster.replace({ ...first, data: { a: '2' } });

    expect(await problem(cluster.replace({ ...first, data: { a: '3' } }))).toMatchObject({
      clusterProblem: 'changedMeanwhile',
    });
    expect(await problem(cluster.create(settings({})))).toMatchObject({ clusterProblem: 'changedMeanwhile' });
  });

  test('scales by the subresource, which an apply that leaves replicas out does not undo', async () => {
    await cluster.apply(deployment());
    await cluster.scale(WEB, 7);

    const applied = await cluster.apply(deployment({}, 'elder:2'));

    expect(at(applied, 'spec', 'replicas')).toBe(7);
    expect(await cluster.readScale(WEB)).toMatchObject({ asked: 7 });
    expect(await problem(cluster.scale(WEB, -1))).toMatchObject({ clusterProblem: 'invalid' });
  });

  test('reads the end of a log', async () => {
    server.put({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', namespace: 'default' } });
    server.setLog('default/p', 'one\ntwo\nthree');

    expect(await cluster.podLog({ namespace: 'default', name: 'p' }, { lines: 2 })).toBe('two\nthree\n');
  });
});

describe('watch', () => {
  const names = (observed: ReadonlyMap<string, ClusterObject>) =>
    [...observed.values()].map(({ metadata }) => metadata.name);

  test('goes on over a cut connection, an end by the server and a version that was forgotten', async () => {
    const stop = new AbortController();
    const watched = cluster.watch({ apiVersion: 'v1', kind: 'ConfigMap', namespace: 'default' }, {}, stop.signal);
    const add = (name: string) =>
      server.put({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'default' } });
    const until = async (count: number): Promise<string[]> => {
      for (;;) {
        const { value } = await watched.next();
        if (value && names(value).length === count) return names(value);
      }
    };

    await until(0);
    add('a');
    expect(await until(1)).toEqual(['a']);
    server.cutConnections();
    add('b');
    expect(await until(2)).toEqual(['a', 'b']);
    server.fail({ path: /configmaps/, times: 1, does: { status: 500, reason: 'InternalError' } });
    server.cutConnections();
    server.remove({ apiVersion: 'v1', kind: 'ConfigMap', namespace: 'default', name: 'a' });
    server.compact();
    expect(await until(1)).toEqual(['b']);
    stop.abort();

    await expect(watched.next()).rejects.toMatchObject({ code: 'cancelled' });
  });

  test('ends with what no later try can mend', async () => {
    server.deny('list', 'configmaps');
    const watched = cluster.watch({ apiVersion: 'v1', kind: 'ConfigMap', namespace: 'default' });

    expect(await problem(watched.next())).toMatchObject({ clusterProblem: 'forbidden' });
  });
});
