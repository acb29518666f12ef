import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { loadEnv } from '@/lib/env';
import { readClusterConfiguration } from '@/lib/schemas/cluster-configuration';
import { PROGRAMS } from '@/scripts/supervisor/programs';
import { ROLES_SCRIPT } from '../manifests/storage/postgres-set';

const Service = z.strictObject({
  build: z.literal('.').optional(),
  image: z.string(),
  restart: z.enum(['unless-stopped', 'no']),
  read_only: z.boolean().optional(),
  user: z.string().optional(),
  cap_drop: z.array(z.string()).optional(),
  security_opt: z.array(z.string()),
  command: z.array(z.string()),
  environment: z.record(z.string(), z.string()),
  ports: z.array(z.string()).optional(),
  volumes: z.array(z.string()).optional(),
  tmpfs: z.array(z.string()).optional(),
  networks: z.array(z.string()).optional(),
  shm_size: z.string().optional(),
  stop_grace_period: z.string().optional(),
  healthcheck: z
    .strictObject({
      test: z.array(z.string()),
      interval: z.string(),
      timeout: z.string(),
      start_period: z.string(),
      retries: z.number(),
    })
    .optional(),
  depends_on: z.record(z.string(), z.strictObject({ condition: z.string() })).optional(),
});
const Compose = z.strictObject({
  name: z.string(),
  'x-product': z.unknown(),
  'x-settings': z.unknown(),
  services: z.record(z.string(), Service),
  networks: z.record(z.string(), z.unknown()).optional(),
  volumes: z.record(z.string(), z.unknown()),
});

const readCompose = (file: string) =>
  Compose.partial({ 'x-product': true, 'x-settings': true }).parse(parse(readFileSync(file, 'utf8'), { merge: true }));
const dockerfile = readFileSync('Dockerfile', 'utf8');
const compose = readCompose('compose.yaml');
const single = readCompose('compose.single.yaml');
const everyService = { ...compose.services, ...single.services };
const ours = Object.entries(everyService).filter(([, { build }]) => build !== undefined);
const NODE_PROGRAM = /dist\/(?<name>[\w-]+)\.js/g;
const bundle = readFileSync('scripts/setup/bundle.mjs', 'utf8');

test('the image runs as the user that pods run as, and as nobody else', () => {
  const { security } = readClusterConfiguration({});
  const id = String(security.runAsUser);
  const final = dockerfile.slice(dockerfile.lastIndexOf('\nFROM '));

  expect(final).toContain(`USER ${id}:${id}\n`);
  expect(final).toContain(`useradd --uid ${id}`);
  expect(final.indexOf('USER ')).toBeGreaterThan(final.lastIndexOf('RUN '));
  for (const [, { user }] of ours) expect(user).toBe(`${id}:${id}`);
});

test('the image starts programs that are there, through an entry point that takes in what they leave behind', () => {
  const [, command = '[]'] = /^CMD (\[.*\])$/m.exec(dockerfile) ?? [];

  expect(JSON.parse(command)[0]).toBe('node');
  expect(existsSync(JSON.parse(command)[1])).toBe(true);
  expect(dockerfile).toContain('ENTRYPOINT ["tini", "--"]');
  for (const port of [3000, 8080, 9090]) expect(dockerfile).toMatch(new RegExp(`^EXPOSE .*\\b${port}\\b`, 'm'));
});

test('what the image is built from is not left out of it', () => {
  const ignored = readFileSync('.dockerignore', 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  const build = readFileSync('scripts/setup/build.mjs', 'utf8');
  const sources = [...build.matchAll(/'(?<source>[\w./-]+)'/g)]
    .map(([, source]) => source ?? '')
    .filter((source) => /^(lib|app|components|public|workers|bin|k8s|scripts|prisma)/.test(source));

  expect(sources.length).toBeGreaterThan(5);
  for (const source of sources) expect(ignored, source).not.toContain(source);
  for (const secret of ['.git', '.elder', '**/.env', '**/*.pem', 'node_modules']) expect(ignored).toContain(secret);
});

test.each(Object.keys(everyService).filter((name) => name !== 'migrate'))(
  'the container of %s says whether it is well',
  (name) => {
    expect(everyService[name]?.healthcheck?.test.length).toBeGreaterThan(1);
  },
);

test('checks ask ports and paths that the product answers', () => {
  const checks = Object.values(everyService).flatMap(
    ({ healthcheck }) => healthcheck?.test.join(' ').match(/http:\/\/[^']*/g) ?? [],
  );

  expect(checks.sort()).toEqual([
    'http://127.0.0.1:3000/api/v1/health/ready',
    'http://127.0.0.1:3000/api/v1/health/ready',
    'http://127.0.0.1:8080/ready',
  ]);
  expect(readFileSync('lib/api/health.ts', 'utf8')).toContain("path: '/health/ready'");
  expect(compose.services.worker?.environment.WORKER_HEALTH_PORT).toBe('8080');
});

test('web and worker are run as `npm start` runs them', () => {
  for (const name of ['web', 'worker'] as const) {
    expect(compose.services[name]?.command).toEqual(['node', ...PROGRAMS.production[name]]);
  }
});

test('containers of ours start programs that the build makes, and cannot change themselves', () => {
  for (const [name, { command, read_only, cap_drop, security_opt }] of ours) {
    const programs = [...command.join(' ').matchAll(NODE_PROGRAM)].map(({ groups }) => groups?.name);
    for (const program of programs) expect(bundle, name).toMatch(new RegExp(`^ {2}'?${program}'?: `, 'm'));
    expect(programs.length > 0 || command.includes('scripts/start.mjs'), name).toBe(true);
    expect({ read_only, cap_drop, security_opt }, name).toEqual({
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
    });
  }
});

/** As the tool fills in what stands in the environment. */
const filled = (text: string) =>
  text.replace(
    /\$\{(?<name>\w+)(?:(?::-(?<usual>[^}]*))|:\?[^}]*)?\}/g,
    (_all, name: string, usual?: string) => usual ?? ENVIRONMENT[name] ?? '',
  );
const ENVIRONMENT: Readonly<Record<string, string>> = {
  PUBLIC_URL: 'https://elder.example.com',
  AUTH_SECRET: 'a'.repeat(32),
  ENCRYPTION_KEY: Buffer.from(Array.from({ length: 32 }, (_one, index) => index)).toString('hex'),
  POSTGRES_PASSWORD: 'p1',
  ELDER_OWNER_PASSWORD: 'p2',
  ELDER_APP_PASSWORD: 'p3',
  ELDER_REDIS_PASSWORD: 'p4',
};

test('the product accepts the settings of each container', () => {
  for (const [name, { environment }] of ours) {
    const settings = Object.fromEntries(Object.entries(environment).map(([key, value]) => [key, filled(value)]));

    expect(() => loadEnv(settings), name).not.toThrow();
    if (name !== 'elder')
      expect(loadEnv(settings).DATABASE_URL, name).toBe('postgres://elder_app:p3@postgres:5432/elder');
  }
  expect(
    loadEnv(
      Object.fromEntries(
        Object.entries(compose.services.worker?.environment ?? {}).map(([key, value]) => [key, filled(value)]),
      ),
    ).WORKER_KINDS,
  ).toHaveLength(5);
});

test('what must be given is listed, and nothing else', () => {
  const text = readFileSync('compose.yaml', 'utf8');
  const required = new Set([...text.matchAll(/\$\{(\w+):\?/g)].map(([, name]) => name ?? ''));
  const listed = readFileSync('k8s/compose/env.example', 'utf8').match(/^\w+(?==)/gm) ?? [];

  expect(listed.filter((name) => !name.startsWith('ELDER_INIT_')).sort()).toEqual([...required].sort());
});

test('stores are reached from the inside network alone, and volumes are declared', () => {
  const { services, networks = {}, volumes } = compose;
  expect(networks.inside).toEqual({ internal: true });
  for (const name of ['postgres', 'valkey']) expect(services[name]).toMatchObject({ networks: ['inside'] });
  for (const name of ['postgres', 'valkey']) expect(services[name]?.ports).toBeUndefined();
  const named = Object.values(services).flatMap(({ volumes: list = [] }) =>
    list.map((mount) => mount.split(':')[0] ?? ''),
  );
  expect(named.filter((name) => !name.startsWith('./')).sort()).toEqual(Object.keys(volumes).sort());
  for (const { depends_on = {} } of Object.values(services))
    for (const name of Object.keys(depends_on)) expect(services).toHaveProperty(name);
});

test('PostgreSQL gets the roles that it gets in a cluster', () => {
  expect(readFileSync('k8s/compose/roles.sh', 'utf8')).toBe(ROLES_SCRIPT);
  expect(compose.services.postgres?.environment).toMatchObject({
    OWNER_PASSWORD: expect.any(String),
    APP_PASSWORD: expect.any(String),
  });
  expect(compose.services.valkey?.command.join(' ')).toContain('--maxmemory-policy noeviction');
});

test('the unit starts what is there, stops as gently as the supervisor asks, and writes to its state alone', () => {
  const unit = readFileSync('k8s/systemd/ancient-elder.service', 'utf8');
  const valuesOf = (key: string) =>
    [...unit.matchAll(new RegExp(`^${key}=(.*)$`, 'gm'))].map(([, value]) => value ?? '');
  const [start = ''] = valuesOf('ExecStart');

  expect(existsSync(start.split(' ').at(-1) ?? '')).toBe(true);
  expect(valuesOf('User')).toEqual(['ancient-elder']);
  expect(valuesOf('KillMode')).toEqual(['mixed']);
  expect(Number(valuesOf('TimeoutStopSec')[0])).toBeGreaterThan(35);
  expect(valuesOf('ProtectSystem')).toEqual(['strict']);
  const settings = Object.fromEntries(valuesOf('Environment').map((pair) => pair.split('=') as [string, string]));
  expect(loadEnv(settings).ELDER_DATA_DIR).toBe(`/var/lib/${valuesOf('StateDirectory')[0]}`);
  const edge = readFileSync('k8s/systemd/ancient-elder.service.d/edge.conf', 'utf8');
  expect(edge).toContain('WORKER_CONCURRENCY=1');
});
