import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { at } from '@/k8s/cluster/cluster-object';
import { RECOVERIES } from '@/k8s/manifests/manifest';
import { CLI_TEXTS } from '@/lib/i18n/cli';
import { type ApiServer, startApiServer } from '@/tests/support/kubernetes/api-server';
import { runControllers, type Trouble } from '@/tests/support/kubernetes/controllers';
import { customKind } from '@/tests/support/kubernetes/kinds';
import { type Kubeconfig, writeKubeconfig } from '@/tests/support/kubernetes/kubeconfig';
import { builtElder, type Ended } from '@/tests/support/run-elder';
import { readArguments } from '../arguments';
import { runCluster } from './run-cluster';

const NAMESPACE = 'ancient-elder';
const WEB = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: NAMESPACE, name: 'elder-web' };
const COLLECT = { ...WEB, name: 'elder-worker-collect' };

let folder: string;
let server: ApiServer;
let kubeconfig: Kubeconfig;
let trouble: { -readonly [Name in keyof Trouble]: Trouble[Name] };

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cluster-'));
  server = await startApiServer();
  trouble = {};
  runControllers(server, trouble);
  kubeconfig = await writeKubeconfig({ here: server });
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await kubeconfig[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

/** The command in this process, with the kubeconfig of the test. */
async function elder(...args: string[]): Promise<Ended> {
  vi.stubEnv('KUBECONFIG', kubeconfig.file);
  const command = readArguments(['cluster', ...args], { LANG: 'C' });
  if (command.name === 'wrong') return { code: 2, stdout: '', stderr: command.problem };
  if (command.name !== 'cluster') throw new TypeError(command.name);
  let stderr = '';
  const terminal = { write: (text: string) => (stderr += text) };
  const end = await runCluster(command.command, { language: 'en', signal: new AbortController().signal, terminal });
  return { code: end.code, stdout: end.text, stderr };
}

async function configuration(text: string): Promise<string> {
  const file = join(folder, 'elder.yaml');
  await writeFile(file, text);
  return file;
}

const SMALL = 'deploymentMode: multi_node\nmonitoring: { isEnabled: false }\nnetwork: { host: elder.example.org }\n';

const SHARED =
  'deploymentMode: hybrid\nstorage: { redis: { kind: none } }\nworkers: { collect: { minReplicas: 9, maxReplicas: 9, scaling: manual } }\n';

/** Jobs that begin with a name, by which a plan numbers them. */
const jobs = (prefix: string) =>
  server
    .list({ apiVersion: 'batch/v1', kind: 'Job', namespace: NAMESPACE })
    .filter(({ metadata }) => metadata.name.startsWith(prefix));

describe('render', () => {
  test('prints all objects without a cluster', async () => {
    const { code, stdout } = await elder('render', '--mode', 'cloud_native');

    const kinds = parseAllDocuments(stdout).map((document) => at(document.toJS(), 'kind'));
    expect(code).toBe(0);
    expect(kinds).toEqual(
      expect.arrayContaining(['Namespace', 'NetworkPolicy', 'Deployment', 'ScaledObject', 'Cluster']),
    );
    expect(kinds).not.toContain('Secret');
  });

  test('leaves out what needs engines that are not named', async () => {
    const { stdout } = await elder('render', '--mode', 'cloud_native', '--engines', 'apps');

    const kinds = parseAllDocuments(stdout).map((document) => at(document.toJS(), 'kind'));
    expect(kinds).toContain('StatefulSet');
    expect(kinds).not.toContain('ScaledObject');
  });
});

describe('apply', () => {
  test('brings up an instance, and status and diff say so', async () => {
    const file = await configuration(SMALL);

    const applied = await elder('apply', '--config', file);
    const status = await elder('status', '--config', file);
    const diff = await elder('diff', '--config', file);

    expect(applied.stderr).toContain('[1/7] infrastructure');
    expect(applied.stderr).toMatch(/Secret ancient-elder\/elder-keys: made with new random values/);
    expect(applied).toMatchObject({ code: 0, stdout: expect.stringContaining('here: ') });
    expect(server.find(WEB)).toBeDefined();
    expect(status).toMatchObject({ code: 0, stdout: expect.stringContaining('The last apply came to its end') });
    expect(diff).toMatchObject({ code: 0, stdout: 'here: nothing would change\n' });
  });

  test('a dry run changes nothing', async () => {
    const { code, stdout } = await elder('apply', '--dry-run=server', '--config', await configuration(SMALL));

    expect(code).toBe(0);
    expect(stdout).toContain('can only be checked once its namespace is there');
    expect(stdout).toContain('Nothing was changed');
    expect(server.find(WEB)).toBeUndefined();
  });

  test('stops at what does not come up, tells log and recovery, and goes on from there', async () => {
    const file = await configuration(SMALL);
    trouble.silent = ['elder-check'];
    const plan = await elder('render', '--config', file);
    const check =
      parseAllDocuments(plan.stdout)
        .map((document) => String(at(document.toJS(), 'metadata', 'name')))
        .find((name) => name.startsWith('elder-check-database')) ?? '';
    trouble.fails = { [check]: 'password authentication failed' };

    const failed = await elder('apply', '--config', file);
    trouble.fails = {};
    const again = await elder('apply', '--config', file);

    expect(failed.code).toBe(1);
    expect(failed.stdout).toContain(`storage stopped at Job ancient-elder/${check}`);
    expect(failed.stdout).toContain('password authentication failed');
    expect(failed.stdout).toContain('What to do: the database must be reachable');
    expect(again.code).toBe(0);
    expect(again.stderr).toContain('[1/7] infrastructure: done by an earlier run');
  });

  test('asks for Secrets that only people can give', async () => {
    const file = await configuration('deploymentMode: hybrid\n');

    const { code, stdout } = await elder('apply', '--config', file);

    expect(code).toBe(1);
    expect(stdout).toContain('ancient-elder/elder-database: DATABASE_URL');
    expect(stdout).toContain('kubectl -n ancient-elder create secret');
  });

  test('several contexts share the workers by weight', async () => {
    await using there = await startApiServer();
    runControllers(there);
    await kubeconfig.write({ here: server, there });
    const file = await configuration(SHARED);
    for (const each of [server, there]) giveSecrets(each);

    const { code, stdout } = await elder('apply', '--config', file, '--contexts', 'here=2,there');

    expect(stdout).toBe('here: applied (web and API are here)\nthere: applied\n');
    expect(code).toBe(0);
    expect([server, there].map((each) => at(each.find(COLLECT), 'spec', 'replicas'))).toEqual([6, 3]);
    expect(there.find(WEB)).toBeUndefined();

    const named = await configuration(`${SHARED}contexts: [{ name: here, weight: 2 }, { name: there }]\n`);
    expect(await elder('status', '--config', named)).toMatchObject({ code: 0 });
    expect(await elder('diff', '--config', named)).toMatchObject({
      code: 0,
      stdout: 'here: nothing would change\nthere: nothing would change\n',
    });
    there.fail({ does: 'cut' });
    const status = await elder('status', '--config', named);
    expect(status).toMatchObject({ code: 2, stdout: expect.stringContaining('here: ') });
    expect(status.stderr).toContain('there: the cluster cannot be reached');
  });

  test('no cluster draws keys that another one would not know', async () => {
    await using there = await startApiServer();
    await kubeconfig.write({ here: server, there });
    const file = await configuration(SHARED);
    giveSecrets(server);
    giveSecrets(there, []);

    const { code, stdout } = await elder('apply', '--config', file, '--contexts', 'here,there');

    expect(code).toBe(1);
    expect(stdout).toContain('ancient-elder/elder-keys: AUTH_SECRET, ENCRYPTION_KEY, evidence-key.pem');
    expect(there.find(COLLECT)).toBeUndefined();
  });

  test('a control plane that cannot be asked is told, and nothing is written past it', async () => {
    await using plane = await startApiServer();
    await kubeconfig.write({ plane, here: server });
    const file = await configuration(`${SHARED}contexts: [{ name: here }, { name: there }]\n`);
    giveSecrets(server);
    plane.fail({ does: { status: 403, reason: 'Forbidden' } });

    const forbidden = await elder('apply', '--config', file);
    const destroyed = await elder('destroy', '--config', file, '--yes', 'elder');

    expect(forbidden).toMatchObject({ code: 2, stderr: expect.stringContaining('plane: ') });
    expect(destroyed).toMatchObject({ code: 2, stderr: expect.stringContaining('plane: ') });
    expect(server.find(COLLECT)).toBeUndefined();
    expect(server.seen.every(({ method }) => method === 'GET')).toBe(true);
  });

  test('a member that is lost leaves its share to the others, also as the current context', async () => {
    await using lost = await startApiServer();
    await kubeconfig.write({ lost, here: server });
    lost.fail({ does: 'cut' });
    giveSecrets(server);
    const file = await configuration(`${SHARED}contexts: [{ name: lost }, { name: here }]\n`);

    const { stdout } = await elder('apply', '--config', file);

    expect(stdout).toContain('here: applied (web and API are here)');
    expect(at(server.find(COLLECT), 'spec', 'replicas')).toBe(9);
  });

  test('where Karmada is there it is told the weights instead', async () => {
    const policies = customKind('policy.karmada.io/v1alpha1', 'PropagationPolicy', 'propagationpolicies');
    server.install(policies);
    server.install(customKind('autoscaling.karmada.io/v1alpha1', 'FederatedHPA', 'federatedhpas'));
    giveSecrets(server);
    const file = await configuration('deploymentMode: hybrid\nstorage: { redis: { kind: none } }\n');

    const { code } = await elder('apply', '--config', file, '--contexts', 'tokyo=2,osaka');

    const weights = server.list({ ...policies, namespace: NAMESPACE }).map((policy) => JSON.stringify(policy.spec));
    expect(code).toBe(0);
    expect(weights.join()).toContain('"weight":2');
  });
});

function giveSecrets(each: ApiServer, more: readonly string[] = ['elder-keys']): void {
  const keys = [
    'AUTH_SECRET',
    'ENCRYPTION_KEY',
    'evidence-key.pem',
    'DATABASE_URL',
    'DATABASE_OWNER_URL',
    'S3_ACCESS_KEY_ID',
    'S3_SECRET_ACCESS_KEY',
    'AWS_ACCESS_KEY_ID',
    'AWS_SECRET_ACCESS_KEY',
  ];
  each.put({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } });
  for (const name of ['elder-database', 'elder-database-owner', 'elder-objects', ...more]) {
    const metadata = { name, namespace: NAMESPACE };
    each.put({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata,
      data: Object.fromEntries(keys.map((key) => [key, 'eA=='])),
    });
  }
}

test('a signal stops the program with what to do next, and the next run goes on', async () => {
  trouble.silent = ['elder-web', 'elder-worker-collect', 'elder-postgres'];
  const file = await configuration(SMALL);
  const env = { ...process.env, KUBECONFIG: kubeconfig.file, LANG: 'C' };
  const child = spawn(process.execPath, [await builtElder(), 'cluster', 'apply', '--config', file], { env });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    if (text.includes('StatefulSet ancient-elder/elder-postgres')) child.kill('SIGINT');
  });
  const [code] = await once(child, 'close');
  trouble.silent = [];
  server.remove({ ...WEB, kind: 'StatefulSet', name: 'elder-postgres' });

  const again = await elder('apply', '--config', file);

  expect(stderr).toContain('stopped; the same command goes on from here');
  expect(code).toBe(2);
  expect(again.stderr).toContain('infrastructure: done by an earlier run');
  expect(again.code).toBe(0);
}, 180_000);

describe('diff', () => {
  test('names what differs and ends with 1', async () => {
    await elder('apply', '--config', await configuration(SMALL));

    const file = await configuration(SMALL.replace('elder.example.org', 'new.example.org'));
    const { code, stdout } = await elder('diff', '--config', file);

    expect(code).toBe(1);
    expect(stdout).toContain('PUBLIC_URL].value: "https://elder.example.org" → "https://new.example.org"');
  });

  test('shows the part of a long text that differs', async () => {
    const most = (replicas: number) => `${SMALL}workers: { judge: { scaling: reactive, maxReplicas: ${replicas} } }\n`;
    await elder('apply', '--config', await configuration(most(7)));

    const { stdout } = await elder('diff', '--config', await configuration(most(9)));

    expect(stdout).toMatch(
      /change: ConfigMap ancient-elder\/elder-cluster\n.*…[^\n]*maxReplicas[^\n]*7[^\n]* → …[^\n]*maxReplicas[^\n]*9/,
    );
  });
});

describe('validate', () => {
  test('without a cluster says what it could not check', async () => {
    const { code, stdout } = await elder('validate', '--offline', '--mode', 'cloud_native');

    expect(code).toBe(0);
    expect(stdout).toContain('Not checked without a cluster: fields of');
    expect(stdout).toContain('keda.sh/v1alpha1 ScaledObject');
  });

  test('with one runs the connection checks again', async () => {
    const file = await configuration(SMALL);
    await elder('apply', '--config', file);
    const before = jobs('elder-check-').map(({ metadata }) => metadata.uid);

    const { code, stdout } = await elder('validate', '--config', file);

    expect(stdout).toMatch(/here accepts every object\n\d connection checks passed/);
    expect(code).toBe(0);
    expect(jobs('elder-check-').map(({ metadata }) => metadata.uid)).not.toEqual(before);
  });
});

describe('destroy', () => {
  test('wants the name, keeps data, and takes it when told', async () => {
    const file = await configuration(SMALL);
    await elder('apply', '--config', file);

    const unconfirmed = await elder('destroy', '--config', file);
    const kept = await elder('destroy', '--config', file, '--yes', 'elder');
    const secretsLeft = server.list({ apiVersion: 'v1', kind: 'Secret', namespace: NAMESPACE }).length;
    const all = await elder('destroy', '--config', file, '--yes', 'elder', '--with-data');

    expect(unconfirmed).toMatchObject({ code: 2, stderr: expect.stringContaining('--yes elder') });
    expect(kept).toMatchObject({ code: 0, stdout: expect.stringContaining('--with-data') });
    expect(secretsLeft).toBeGreaterThan(0);
    expect(all.code).toBe(0);
    expect(server.find({ apiVersion: 'v1', kind: 'Namespace', name: NAMESPACE })).toBeUndefined();
  });
});

describe('what is wrong', () => {
  test.each([
    ['deploymentMode: kubernetes\nworkerz: 1\n', /elder\.yaml describes no cluster[\s\S]*workerz/],
    ['deploymentMode: [', /elder\.yaml, line 1: /],
    ['- a list\n', /elder\.yaml describes no cluster/],
    ['web: { minReplicas: 3, maxReplicas: 1 }\n', /web\.maxReplicas: less than minReplicas/],
    [
      'a: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\n',
      /elder\.yaml, line 1: .*alias/,
    ],
  ])('a configuration %j', async (text, expected) => {
    const { code, stderr } = await elder('render', '--config', await configuration(text));

    expect(stderr).toMatch(expected);
    expect(code).toBe(2);
  });

  test('a file that is not there, a context, a cluster that does not answer and a login that has run out', async () => {
    const file = await elder('render', '--config', join(folder, 'none.yaml'));
    const context = await elder('status', '--context', 'elsewhere');
    server.accept();
    const login = await elder('status');
    await server[Symbol.asyncDispose]();
    const silent = await elder('status');

    expect(file).toMatchObject({ code: 2, stderr: expect.stringContaining('none.yaml cannot be read: ENOENT') });
    expect(context).toMatchObject({
      code: 2,
      stderr: 'elder: elsewhere: the kubeconfig has no such context. It has: here\n',
    });
    expect(login).toMatchObject({ code: 2, stderr: expect.stringContaining('Log in to the cluster again') });
    expect(silent).toMatchObject({ code: 2, stderr: expect.stringContaining('cannot be reached') });
  });

  test.each([
    [[], '“cluster” needs a command'],
    [['explode'], 'there is no command “cluster explode”'],
    [['apply', 'x'], 'takes options only'],
    [['apply', '--mode', 'moon'], '--mode takes single_node'],
    [['apply', '--dry-run=client'], '--dry-run takes server'],
    [['apply', '--contexts', 'a,a'], '--contexts takes'],
    [['status', '--yes', 'x'], '--yes is no option of “cluster status”'],
  ])('%j', async (args, expected) => {
    const { code, stderr } = await elder(...args);

    expect(stderr).toContain(expected);
    expect(code).toBe(2);
  });
});

test('every recovery has its words in both languages', () => {
  for (const texts of [CLI_TEXTS.en, CLI_TEXTS.ja]) {
    expect(Object.keys(texts.cluster.recoveries).sort()).toEqual([...RECOVERIES].sort());
  }
});
