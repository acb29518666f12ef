import { chmod, copyFile, cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import packageJson from '@/package.json' with { type: 'json' };
import { buildClient } from '@/scripts/client-package';
import { temporaryDirectory } from '@/tests/support/git-remote';
import { builtElder, type Ended, ROOT, runProgram } from '@/tests/support/run-elder';
import { serve } from '@/tests/support/web-server';

const CLEAN = 'export const charge = (amount: number) => amount + 1;\n';
/** Made up: the shape is that of a credential. */
const SECRET = `export const key = '${['AKIA', 'Z7VRSQ5TJN2XMPLK'].join('')}';\nexport const secret = '${['q8Zr', 'T1vLw0XyB6nM3kJ9pC4dF7hG2sA5eU8iO1tY'].join('')}';\n`;

/** Every case audits some commits; it only ends what hangs. */
const MINUTES = 5 * 60_000;

let work: Awaited<ReturnType<typeof temporaryDirectory>>;
let tree: string;
let bin: string;
let env: Record<string, string>;

const git = (...args: string[]): Promise<Ended> =>
  runProgram('git', ['-c', 'user.name=Rin', '-c', 'user.email=rin@example.org', ...args], { cwd: tree, env });
const put = async (path: string, text: string) => {
  await mkdir(join(tree, path, '..'), { recursive: true });
  await writeFile(join(tree, path), text);
};

/** Packs a package, and puts what was packed into a folder of packages. */
async function unpack(source: string, packages: string, name: string): Promise<void> {
  const home = { HOME: work.path };
  const args = ['pack', '--ignore-scripts', '--json', '--pack-destination', work.path, source];
  const { stdout } = await runProgram('npm', args, { cwd: work.path, env: home });
  const [{ filename }] = JSON.parse(stdout) as [{ filename: string }];
  await mkdir(join(packages, name), { recursive: true });
  const extract = ['xzf', join(work.path, filename), '--strip-components=1', '-C', join(packages, name)];
  expect(await runProgram('tar', extract)).toMatchObject({ code: 0, stderr: '' });
}

beforeAll(async () => {
  // As an installed package puts it there.
  const programs = await temporaryDirectory();
  bin = programs.path;
  await writeFile(join(bin, 'elder'), `#!/bin/sh\nexec '${process.execPath}' '${await builtElder()}' "$@"\n`, {
    mode: 0o755,
  });
  return () => programs[Symbol.asyncDispose]();
});

beforeEach(async () => {
  work = await temporaryDirectory();
  tree = join(work.path, 'checkout');
  await mkdir(tree);
  env = { HOME: work.path, PATH: `${bin}:${process.env.PATH}`, GIT_CONFIG_NOSYSTEM: '1' };
  await git('init', '--quiet', '-b', 'main');
  await put('src/pay.ts', CLEAN);
  await git('add', '.');
  await git('commit', '--quiet', '-m', 'feat: begin');
  return () => work[Symbol.asyncDispose]();
});

describe('the action of GitHub', { timeout: MINUTES }, () => {
  interface Action {
    inputs: Record<string, { default?: string }>;
    runs: { using: string; steps: { run: string; shell: string; env: Record<string, string> }[] };
    outputs: Record<string, { value: string }>;
  }

  /** Runs the step as a runner does: its script in bash, inputs in place of expressions, files for what it says. */
  async function runAction(inputs: Record<string, string>, more: Record<string, string> = {}) {
    const action = parse(await readFile(join(ROOT, 'integrations/github-action/action.yml'), 'utf8')) as Action;
    const [step] = action.runs.steps;
    const given = Object.entries(step?.env ?? {}).map(([name, expression]) => {
      const [, input = ''] = /^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(expression) ?? [];
      expect(Object.keys(action.inputs)).toContain(input);
      return [name, inputs[input] ?? action.inputs[input]?.default ?? ''];
    });
    const [output, summary] = [join(work.path, 'output'), join(work.path, 'summary')];
    const script = join(work.path, 'step.sh');
    await writeFile(script, step?.run ?? '');
    await Promise.all([output, summary].map((file) => writeFile(file, '')));
    const ended = await runProgram('bash', ['--noprofile', '--norc', '-eo', 'pipefail', script], {
      cwd: tree,
      env: {
        ...env,
        ...Object.fromEntries(given),
        GITHUB_ACTIONS: 'true',
        GITHUB_ACTION_PATH: join(ROOT, 'integrations/github-action'),
        GITHUB_OUTPUT: output,
        GITHUB_STEP_SUMMARY: summary,
        GITHUB_WORKSPACE: tree,
        GITHUB_REF_NAME: 'main',
        RUNNER_TEMP: work.path,
        ...more,
      },
    });
    const lines = (await readFile(output, 'utf8')).trim().split('\n');
    const outputs = Object.fromEntries(lines.map((line) => line.split(/=(.*)/s).slice(0, 2)));
    const names = Object.keys(action.outputs).sort();
    return { ...ended, outputs, names, summary: await readFile(summary, 'utf8') };
  }

  test('passes a good change and writes SARIF, outputs and a summary', async () => {
    const ran = await runAction({ command: 'elder', 'new-since': 'HEAD', 'fail-under': '0' });

    expect([ran.code, ran.stderr]).toEqual([0, '']);
    expect(ran.outputs).toMatchObject({ 'new-findings': '0', sarif: join(tree, 'elder.sarif') });
    expect(Object.keys(ran.outputs).sort()).toEqual(ran.names);
    expect(ran.outputs.gate).toMatch(/^(?:passed|warning)$/);
    expect(JSON.parse(await readFile(join(tree, 'elder.sarif'), 'utf8')).version).toBe('2.1.0');
    expect(ran.summary).toContain('## ✅ Ancient Elder');
  });

  test('fails a bad one, shows where, and lets no text of the repository command the runner', async () => {
    await put('src/%0A::set-output name=gate::passed,.ts', SECRET);
    await put('src/keys.ts', SECRET);
    await git('add', '.');
    await git('commit', '--quiet', '-m', 'feat: keys');

    const inputs = { command: 'elder', 'new-since': 'HEAD~1', 'fail-on-new': 'high', 'fail-under': '0' };
    const ran = await runAction(inputs);

    expect([ran.code, ran.outputs.gate]).toEqual([1, 'failed']);
    expect(Number(ran.outputs['new-findings'])).toBeGreaterThan(0);
    expect(ran.stdout).toMatch(/^::error file=src\/keys\.ts,line=\d+,title=strict\/no-secret::/m);
    expect(ran.stdout).toMatch(/^::error title=Ancient Elder::Gate failed: new since HEAD~1: /m);
    expect(ran.stdout).not.toMatch(/^::set-output/m);
    expect(ran.stdout).toContain('file=src/%250A%3A%3Aset-output name=gate%3A%3Apassed%2C.ts');
    expect(ran.summary).toContain('## ❌ Ancient Elder');
  });

  test('takes inputs as values: nothing of them is run', async () => {
    const canary = join(work.path, 'canary');

    const ran = await runAction({ command: 'elder', 'fail-under': '0', path: `$(touch ${canary})`, magics: '`id`' });

    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain('there is no magic “`id`”');
    await expect(readFile(canary)).rejects.toThrow();
  });

  test('has a server audit: waits, passes on what it says, and shows the token nowhere', async () => {
    const asked: string[] = [];
    const token = `elder_${'s'.repeat(32)}`;
    const auditId = '0193a0de-0000-7000-8000-000000000001';
    const projectId = '0193a0de-0000-7000-8000-000000000002';
    const counts = { critical: 0, high: 1, medium: 0, low: 0, info: 0 };
    const audit = {
      ...{ auditId, projectId, number: 7, status: 'completed', branch: 'main', commit: { id: 'c'.repeat(40) } },
      ...{ healthScore: 81.5, healthCoverage: 1, gate: 'failed', counts, newCounts: counts, fixedCount: 0 },
      ...{ resultHash: null, errorCode: null, gateReason: { id: 'new-high', data: { count: 1, limit: 0 } } },
    };
    const location = { physicalLocation: { artifactLocation: { uri: 'src/a%20b.ts' }, region: { startLine: 3 } } };
    const result = {
      ruleId: 'strict/no-secret',
      level: 'error',
      message: { text: 'A credential' },
      locations: [location],
    };
    const answers: Record<string, object> = {
      'GET /api/v1/projects': {
        items: [{ projectId, projectName: 'Shop', repositoryUrl: 'https://github.com/o/r' }],
        nextCursor: null,
      },
      [`POST /api/v1/projects/${projectId}/audit/trigger`]: { taskId: auditId, projectId, status: 'queued' },
      [`GET /api/v1/audits/${auditId}`]: audit,
      [`GET /api/v1/audits/${auditId}/export`]: { version: '2.1.0', runs: [{ results: [result] }] },
    };
    await using server = await serve((request, response) => {
      const route = `${request.method} ${request.url?.split('?')[0]}`;
      asked.push(`${route} ${request.headers.authorization}`);
      response.writeHead(answers[route] ? 200 : 404, { 'content-type': 'application/json' });
      response.end(JSON.stringify(answers[route] ?? {}));
    });

    const ran = await runAction(
      { command: 'elder', remote: 'true', server: server.url, token },
      { GITHUB_SERVER_URL: 'https://github.com', GITHUB_REPOSITORY: 'o/r' },
    );

    expect(ran.code).toBe(1);
    expect(ran.outputs).toMatchObject({ gate: 'failed', health: '81.5', 'new-findings': '1' });
    expect(ran.stdout).toContain('::error file=src/a b.ts,line=3,title=strict/no-secret::A credential');
    expect(asked.every((line) => line.endsWith(`Bearer ${token}`))).toBe(true);
    expect(`${ran.stdout}${ran.stderr}${ran.summary}`).not.toContain(token);
  });
});

describe('the client as a package', { timeout: MINUTES }, () => {
  const NAME = '@ancient-elder/client';
  const PROGRAM = `import { createElderClient } from '${NAME}';
import { ElderProblem } from '${NAME}/problem';

const [url = ''] = process.argv.slice(2);
const elder = createElderClient({ url, token: 'elder_0123456789' });
const { data } = await elder.GET('/api/v1/projects', { params: { query: { limit: 1 } } });
const refused = await elder.GET('/api/v1/me').catch((error) => error);
console.log(JSON.stringify([data?.items.map(({ projectName }) => projectName), refused instanceof ElderProblem]));
`;

  async function installClient(): Promise<void> {
    const packages = join(work.path, 'node_modules');
    await buildClient(join(work.path, 'client'));
    await unpack(join(work.path, 'client'), packages, NAME);
    for (const name of ['openapi-fetch', 'openapi-typescript-helpers', '@types', 'undici-types']) {
      await symlink(join(ROOT, 'node_modules', name), join(packages, name));
    }
  }

  test('runs in plain Node, and tells a refusal of a server', async () => {
    await installClient();
    await writeFile(join(work.path, 'program.mjs'), PROGRAM);
    await using server = await serve((request, response) => {
      const isList = request.url === '/api/v1/projects?limit=1';
      response.writeHead(isList ? 200 : 403, { 'content-type': 'application/json' });
      response.end(JSON.stringify(isList ? { items: [{ projectName: 'Shop' }], nextCursor: null } : { code: 'no' }));
    });

    const ran = await runProgram(process.execPath, ['program.mjs', server.url], { cwd: work.path });

    expect([ran.code, ran.stderr, ran.stdout]).toEqual([0, '', '[["Shop"],true]\n']);
  });

  test('says what it takes and gives to a program that is type-checked', async () => {
    await installClient();
    const wrong = PROGRAM.replace('limit: 1', "limit: 'one'");
    const files = { 'right.mts': PROGRAM, 'wrong.mts': wrong };
    await Promise.all(Object.entries(files).map(([name, text]) => writeFile(join(work.path, name), text)));
    const options = ['--noEmit', '--strict', '--target', 'es2023', '--module', 'nodenext', '--types', 'node'];
    const compiler = join(ROOT, 'node_modules/typescript-native/bin/tsc');
    const args = [compiler, '--pretty', 'false', ...options, ...Object.keys(files)];

    const { stdout } = await runProgram(process.execPath, args, { cwd: work.path });

    const told = stdout.split('\n').filter((line) => line.includes('error TS'));
    expect(told).toEqual([expect.stringMatching(/^wrong\.mts\(6,\d+\): error TS2322: /)]);
  });
});

describe('the component of GitLab', { timeout: MINUTES }, () => {
  type Job = { script: string[]; variables: Record<string, string>; artifacts: { reports: Record<string, string> } };

  const DOCS = 'docs/integrations.md';
  const COMPONENT = /^ *- component: \$CI_SERVER_FQDN\/<group>\/elder-component\/(?<name>[\w-]+)@(?<version>\S+)$/m;
  const included = async () => COMPONENT.exec(await readFile(join(ROOT, DOCS), 'utf8'))?.groups ?? {};

  /** A project of components as the docs have it made: their commands, run with a remote of this machine in place of GitLab. */
  async function publishComponent(): Promise<string> {
    const [checkout, remote] = [join(work.path, 'ancient-elder'), join(work.path, 'elder-component.git')];
    const docs = await readFile(join(ROOT, DOCS), 'utf8');
    const [, commands = ''] = /```sh\n(git .+?)```/s.exec(docs) ?? [];
    const address = 'git@<host>:<group>/elder-component.git';
    expect(commands).toContain(address);
    await cp(join(ROOT, 'integrations'), join(checkout, 'integrations'), {
      recursive: true,
      filter: (path) => !path.includes('node_modules'),
    });
    tree = checkout;
    await git('init', '--quiet', '-b', 'main');
    await git('add', '.');
    await git('commit', '--quiet', '-m', 'feat: begin');
    await git('init', '--quiet', '--bare', '-b', 'main', remote);
    const { code, stderr } = await runProgram('sh', ['-ec', commands.replaceAll(address, remote)], {
      cwd: checkout,
      env,
    });
    expect(code, stderr).toBe(0);
    return remote;
  }

  test('is published and included as the docs say: in templates/ of a project, under a version that GitLab takes', async () => {
    const { name, version } = await included();

    const remote = await publishComponent();

    const show = (path: string) => runProgram('git', ['show', `${version}:${path}`], { cwd: remote, env });
    const template = await show(`templates/${name}.yml`);
    const source = await readFile(join(ROOT, 'integrations/gitlab/templates/audit.yml'), 'utf8');
    expect([template.code, template.stdout]).toEqual([0, source]);
    // GitLab asks that a project of components describes itself.
    expect((await show('README.md')).stdout).toContain(`/elder-component/${name}@${version}`);
    expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  });

  /** As GitLab does: inputs in place of their marks, then the script line by line in one shell. */
  async function runComponent(inputs: Record<string, string>, more: Record<string, string> = {}) {
    const text = await readFile(join(ROOT, `integrations/gitlab/templates/${(await included()).name}.yml`), 'utf8');
    const [header, ...rest] = text.split(/^---$/m);
    const { spec } = parse(header ?? '') as { spec: { inputs: Record<string, { default?: unknown }> } };
    const body = rest.join('---').replaceAll(/\$\[\[ inputs\.([\w-]+) \]\]/g, (_, name: string) => {
      expect(Object.keys(spec.inputs)).toContain(name);
      return String(inputs[name] ?? spec.inputs[name]?.default ?? '');
    });
    const job = (parse(body) as Record<string, Job>)[inputs['job-name'] ?? 'elder'];
    expect(job?.artifacts.reports).toEqual({ codequality: 'gl-code-quality-report.json', junit: 'elder-junit.xml' });
    const script = job?.script.join('\n') ?? '';
    expect(script).not.toContain('[[');
    const ended = await runProgram('sh', ['-e', '-c', script], {
      cwd: tree,
      env: { ...env, ...job?.variables, ...more },
    });
    const read = (name: string) => readFile(join(tree, name), 'utf8').catch(() => null);
    return { ...ended, quality: await read('gl-code-quality-report.json'), junit: await read('elder-junit.xml') };
  }

  test('passes a good commit, and writes both reports', async () => {
    const ran = await runComponent({ command: 'elder', 'fail-under': '0', 'new-since': 'HEAD' });

    expect([ran.code, ran.stderr]).toEqual([0, '']);
    expect(ran.stdout).toContain('nothing new since HEAD');
    expect(JSON.parse(ran.quality ?? '')).toEqual(expect.any(Array));
    expect(ran.junit).toMatch(/^<\?xml/);
  });

  test('fails a bad one, with its reports', async () => {
    await put('src/keys.ts', SECRET);
    await git('add', '.');
    await git('commit', '--quiet', '-m', 'feat: keys');

    const ran = await runComponent({
      command: 'elder',
      'fail-under': '0',
      'new-since': 'HEAD~1',
      'fail-on-new': 'high',
    });

    expect([ran.code, ran.stdout]).toEqual([1, expect.stringContaining('Gate failed: new since HEAD~1')]);
    expect(JSON.parse(ran.quality ?? '')).toContainEqual(
      expect.objectContaining({
        check_name: 'strict/no-secret',
        location: expect.objectContaining({ path: 'src/keys.ts' }),
      }),
    );
    expect(ran.junit).toContain('<failure');
  });

  test('takes inputs as values, and ends with 2 for what is wrong', async () => {
    const canary = join(work.path, 'canary');

    const ran = await runComponent({ command: 'elder', 'new-since': `x; touch ${canary}` });

    expect([ran.code, ran.stderr]).toEqual([2, expect.stringContaining('there is no commit called')]);
    await expect(readFile(canary)).rejects.toThrow();
  });

  test('asks a server where it is told to', async () => {
    const gone = await serve(() => undefined);
    await gone[Symbol.asyncDispose]();
    const server = {
      ELDER_URL: gone.url,
      ELDER_API_TOKEN: `elder_${'s'.repeat(32)}`,
      CI_PROJECT_URL: 'https://gitlab.com/o/r',
    };

    const ran = await runComponent({ command: 'elder', remote: 'true' }, server);

    expect([ran.code, ran.stderr]).toEqual([2, expect.stringContaining(`${gone.url} does not answer`)]);
  });
});

describe('hooks of Git', { timeout: MINUTES }, () => {
  interface Hook {
    id: string;
    entry: string;
    language: string;
    pass_filenames: boolean;
  }

  const hooks = async () => parse(await readFile(join(ROOT, '.pre-commit-hooks.yaml'), 'utf8')) as Hook[];
  const install = async (text: string) => {
    await writeFile(join(tree, '.git/hooks/pre-commit'), text, { mode: 0o755 });
  };
  const head = async () => (await git('rev-parse', 'HEAD')).stdout;

  /** As the framework does it for `language: node`: the package is packed, and what was packed is installed. Gives the folder of its programs. */
  async function installPackage(): Promise<string> {
    const [packages, programs] = [join(work.path, 'lib/node_modules'), join(work.path, 'bin')];
    await Promise.all([packages, programs].map((folder) => mkdir(folder, { recursive: true })));
    await unpack(ROOT, packages, packageJson.name);
    await symlink(join(ROOT, 'node_modules'), join(packages, packageJson.name, 'node_modules'));
    await symlink(join(packages, packageJson.name, packageJson.bin.elder), join(programs, 'elder'));
    return programs;
  }

  test('name the program of the package', async () => {
    const all = await hooks();

    expect(all.map(({ id, language }) => [id, language])).toEqual([
      ['elder', 'node'],
      ['elder-system', 'system'],
    ]);
    expect(
      all.every(
        ({ entry, pass_filenames }) =>
          Object.keys(packageJson.bin).includes(entry.split(' ')[0] ?? '') && !pass_filenames,
      ),
    ).toBe(true);
  });

  test.each(['package of the framework', 'installed program of the framework', 'plain script'])(
    'stop a bad commit and let a good one pass: %s',
    async (kind) => {
      if (kind === 'plain script') {
        await copyFile(join(ROOT, 'integrations/git-hooks/pre-commit'), join(tree, '.git/hooks/pre-commit'));
        await chmod(join(tree, '.git/hooks/pre-commit'), 0o755);
        env.ELDER_COMMAND = 'elder';
      } else {
        const isPackage = kind === 'package of the framework';
        if (isPackage) env.PATH = `${await installPackage()}:${process.env.PATH}`;
        const entry = (await hooks()).find(({ id }) => id === (isPackage ? 'elder' : 'elder-system'))?.entry;
        await install(`#!/bin/sh\nexec ${entry}\n`);
      }
      const before = await head();

      await put('src/keys.ts', SECRET);
      await git('add', 'src/keys.ts');
      const bad = await git('commit', '-m', 'feat: keys');
      const afterBad = await head();
      // What is not staged is not asked about.
      await git('reset', '--quiet');
      await put('src/more.ts', 'export const more = 2;\n');
      await git('add', 'src/more.ts');
      const good = await git('commit', '-m', 'feat: more');
      const afterGood = await head();
      await put('src/pay.ts', `${CLEAN}${SECRET}`);
      const all = await git('commit', '-am', 'feat: with the index of the commit alone');

      expect([bad.code, afterBad]).toEqual([1, before]);
      expect(`${bad.stdout}${bad.stderr}`).toMatch(/src\/keys\.ts:\d+ +strict\/no-secret/);
      expect(`${bad.stdout}${bad.stderr}`).toContain('Gate failed: new since HEAD');
      expect([good.code, good.stderr]).toEqual([0, expect.not.stringContaining('elder:')]);
      expect(afterGood).not.toBe(before);
      expect([all.code, await head()]).toEqual([1, afterGood]);
    },
  );

  test('let a first commit be made', async () => {
    const fresh = join(work.path, 'fresh');
    await mkdir(fresh);
    tree = fresh;
    await git('init', '--quiet', '-b', 'main');
    await install(`#!/bin/sh\nexec ${(await hooks())[1]?.entry}\n`);
    await put('src/pay.ts', CLEAN);
    await git('add', '.');

    const first = await git('commit', '-m', 'feat: begin');

    expect([first.code, first.stderr]).toEqual([0, expect.not.stringContaining('elder:')]);
  });
});
