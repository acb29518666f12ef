import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runGit } from '@/lib/git/run-git';
import { gitApply } from '@/tests/support/git-apply';
import { makeRepository, temporaryDirectory } from '@/tests/support/git-remote';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The sources, not a build that may be older. */
function startElder(args: readonly string[], output: 'pipe' | number = 'pipe') {
  return spawn(process.execPath, ['--import', 'tsx', 'bin/elder.ts', ...args], {
    cwd: root,
    env: { ...process.env, LANG: 'C', LC_ALL: 'C' },
    stdio: ['ignore', output, 'pipe'],
  });
}

interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

function elder(...args: string[]): Promise<Ended> {
  return endOf(startElder(args));
}

function endOf(child: ReturnType<typeof startElder>): Promise<Ended> {
  return new Promise((resolve) => {
    let stdout = '';
    let stderr = '';
    child.stdout?.setEncoding('utf8').on('data', (text) => {
      stdout += text;
    });
    child.stderr?.setEncoding('utf8').on('data', (text) => {
      stderr += text;
    });
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}

let work: Awaited<ReturnType<typeof temporaryDirectory>>;
let repository: string;

beforeAll(async () => {
  work = await temporaryDirectory();
  repository = await makeRepository(join(work.path, 'demo.git'), {
    commits: [
      {
        message: 'feat: begin',
        files: { 'src/pay.ts': 'open();\n// FIXME: charge the card\n', 'README.md': '# Demo\n' },
      },
      { message: 'feat: more', files: { 'src/more.ts': 'export const more = 1;\n' } },
    ],
  });
});

afterAll(() => work[Symbol.asyncDispose]());

describe('elder audit', () => {
  test('gives the same result from a clone, a bare repository and kept facts, whatever the gate', async () => {
    const tree = join(work.path, 'clone');
    await runGit(['clone', '--quiet', '--', repository, tree], { protocols: ['file'] });
    const cache = join(work.path, 'cache');

    const runs = [
      await elder('audit', repository, '--format', 'json', '--fail-under', '0'),
      await elder('audit', join(tree, 'src'), '--format', 'json', '--fail-under', '1'),
      await elder('audit', repository, '--format', 'json', '--fail-under', '0', '--cache', cache),
      await elder('audit', repository, '--format', 'json', '--fail-under', '0', '--cache', cache),
    ];

    expect(runs.map(({ code, stderr }) => [code, stderr])).toEqual(runs.map(() => [0, '']));
    const reports = runs.map(({ stdout }) => JSON.parse(stdout));
    expect(new Set(reports.map(({ resultHash }) => resultHash)).size).toBe(1);
    expect(reports[0]).toMatchObject({ stats: { files: 3, commits: 2 } });
    expect(reports[0].findings.map(({ ruleId }: { ruleId: string }) => ruleId)).toContain(
      'integrity/no-unfinished-code',
    );
    expect(Object.keys(reports[0].magicResults)).toHaveLength(8);
  });

  test('fails the gate under the health asked for', async () => {
    const { code, stdout } = await elder('audit', repository, '--fail-under', '100');

    expect(code).toBe(1);
    expect(stdout).toContain('Gate failed');
  });

  test('writes a report to a file, of chosen magics only', async () => {
    const out = join(work.path, 'report.sarif');
    const { code, stdout } = await elder(
      ...['audit', repository, '--format', 'sarif', '--out', out, '--magics', 'integrity', '--fail-under', '0'],
    );

    const log = JSON.parse(await readFile(out, 'utf8'));

    expect([code, stdout]).toEqual([0, '']);
    expect(log.version).toBe('2.1.0');
    expect(log.runs[0].results.every(({ ruleId }: { ruleId: string }) => ruleId.startsWith('integrity/'))).toBe(true);
  });

  test.each([
    { args: ['audit', '/no/such/path'], says: '/no/such/path does not exist' },
    { args: ['audit', '/'], says: '/ is not in a Git repository' },
    { args: ['audit', '.', '--ref', '--output=x'], says: 'elder:' },
    { args: ['audit', '--format', 'xml'], says: '--format takes' },
    { args: ['conjure'], says: 'no command “conjure”' },
  ])('ends with 2 and one sentence for $args', async ({ args, says }) => {
    const { code, stdout, stderr } = await elder(...args);

    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(says);
    expect(stderr).not.toContain('    at ');
  });

  test('writes what others read: CSV, a report of GitLab and a page', async () => {
    const write = (format: string) => elder('audit', repository, '--format', format, '--fail-under', '0');

    const [csv, gitlab, html] = [await write('csv'), await write('gitlab'), await write('html')];

    expect([csv, gitlab, html].map(({ code, stderr }) => [code, stderr])).toEqual(Array(3).fill([0, '']));
    expect(csv?.stdout).toMatch(/^\uFEFF"severity","state","magic","rule"/);
    expect(csv?.stdout).toContain('"integrity/no-unfinished-code"');
    expect(JSON.parse(gitlab?.stdout ?? '')).toContainEqual(
      expect.objectContaining({
        check_name: 'integrity/no-unfinished-code',
        location: { path: 'src/pay.ts', lines: { begin: 2 } },
      }),
    );
    expect(html?.stdout).toMatch(/^<!doctype html>\n<html lang="en">/);
  });

  test('takes a reader that ends early, as head does, for no failure', async () => {
    const child = startElder(['audit', repository, '--format', 'json', '--fail-under', '0']);
    child.stdout?.destroy();

    const { code, stderr } = await endOf(child);

    expect([code, stderr]).toEqual([0, '']);
  });

  test.runIf(existsSync('/dev/full'))('ends with 2 where its output finds no room', async () => {
    const full = openSync('/dev/full', 'w');

    const { code, stderr } = await endOf(startElder(['audit', repository], full));

    closeSync(full);
    expect([code, stderr]).toEqual([2, 'elder: stdout cannot be written: ENOSPC\n']);
  });

  test('ends with 2 where facts cannot be kept', async () => {
    const cache = fileURLToPath(import.meta.url);

    const { code, stderr } = await elder('audit', repository, '--cache', cache);

    expect([code, stderr]).toEqual([2, `elder: facts cannot be kept in ${cache}: ENOTDIR\n`]);
  });

  test('ends with 2 for a ref and a file that do not exist', async () => {
    const ref = await elder('audit', repository, '--ref', 'nowhere');
    const out = await elder('audit', repository, '--out', join(work.path, 'no', 'such', 'file'));

    expect(ref).toMatchObject({ code: 2, stderr: expect.stringContaining('“nowhere”') });
    expect(out).toMatchObject({ code: 2, stderr: expect.stringContaining('cannot be written') });
  });
});

test('elder config check ends with 0 for a valid file, 1 for one with errors, 2 for none', async () => {
  await using folder = await temporaryDirectory();
  const file = join(folder.path, '.elder.yml');

  const none = await elder('config', 'check', folder.path);
  await writeFile(file, 'version: 1\n');
  const valid = await elder('config', 'check', folder.path);
  await writeFile(file, 'version: 1\nignorePath: []\n');
  const broken = await elder('config', 'check', file);

  expect([none, valid, broken].map(({ code }) => code)).toEqual([2, 0, 1]);
  expect(none.stderr).toContain('holds no .elder.yml');
  expect(broken.stdout).toContain(`${file}:2  “ignorePath” is not known.`);
});

describe('elder fix', () => {
  const PAY = 'export function pay(card: Card) {\n  debugger;\n  console.log(card);\n  return charge(card);\n}\n';
  const TEST = "test.only('pays', () => {\n  expect(pay(1)).toBe(1);\n});\n";
  let broken: string;

  beforeAll(async () => {
    const files = { 'src/pay.ts': PAY, 'src/pay.test.ts': TEST };
    broken = await makeRepository(join(work.path, 'broken.git'), { commits: [{ message: 'feat: begin', files }] });
  });

  test('prints one patch that git apply takes, and says what it left', async () => {
    const { code, stdout, stderr } = await elder('fix', broken);

    expect([code, stderr]).toEqual([0, expect.stringContaining('takes away 3 of 3')]);
    expect(await gitApply({ 'src/pay.ts': PAY, 'src/pay.test.ts': TEST }, stdout)).toEqual({
      'src/pay.ts': 'export function pay(card: Card) {\n  return charge(card);\n}\n',
      'src/pay.test.ts': TEST.replace('.only', ''),
    });
  });

  test('keeps to the rules that are named', async () => {
    const { stdout } = await elder('fix', broken, '--rules', 'tdd/no-focused-test');

    expect(await gitApply({ 'src/pay.ts': PAY, 'src/pay.test.ts': TEST }, stdout)).toMatchObject({ 'src/pay.ts': PAY });
  });

  test('gives an audit its fixes without changing the result', async () => {
    const patch = join(work.path, 'audit.patch');

    const plain = await elder('audit', broken, '--format', 'json');
    const fixed = await elder('audit', broken, '--format', 'json', '--patch', patch);
    const sarif = await elder('audit', broken, '--format', 'sarif', '--patch', patch);

    const [before, after] = [JSON.parse(plain.stdout), JSON.parse(fixed.stdout)];
    expect(after.resultHash).toBe(before.resultHash);
    const patched = after.findings.filter((finding: { patch?: string }) => finding.patch !== undefined);
    expect(patched).toHaveLength(3);
    expect(patched.every((finding: { isFixable: boolean }) => finding.isFixable)).toBe(true);
    expect(await readFile(patch, 'utf8')).toContain('--- a/src/pay.ts');
    const results: { fixes?: unknown[] }[] = JSON.parse(sarif.stdout).runs[0].results;
    expect(results.filter(({ fixes }) => fixes)).toHaveLength(3);
  });
});

describe('elder audit --coverage', () => {
  const audit = (...args: string[]) => elder('audit', repository, '--magics', 'tdd', '--format', 'json', ...args);
  const file = async (name: string, text: string) => {
    const path = join(work.path, name);
    await writeFile(path, text);
    return path;
  };

  test('judges by the report, which is part of the result', async () => {
    const none = await file('none.info', 'SF:/ci/src/pay.ts\nDA:1,0\nend_of_record\n');
    const all = await file('all.info', 'SF:/ci/src/pay.ts\nDA:1,1\nend_of_record\n');

    const [plain, low, high] = [await audit(), await audit('--coverage', none), await audit('--coverage', all)].map(
      ({ stdout }) => JSON.parse(stdout),
    );

    const ruleOf = (report: typeof plain) =>
      report.magicResults.tdd.rules.find(({ ruleId }: { ruleId: string }) => ruleId === 'tdd/has-new-code-coverage');
    expect(ruleOf(plain)).toMatchObject({ outcome: 'not-available', value: null });
    expect(ruleOf(low)).toMatchObject({ outcome: 'failed', value: 0 });
    expect(ruleOf(high)).toMatchObject({ outcome: 'passed', value: 1 });
    expect(new Set([plain, low, high].map(({ resultHash }) => resultHash)).size).toBe(3);
  });

  test.each([
    ['names the line of a damaged report', 'SF:a.ts\nDA:1\n', /bad\.info, line 2: DA takes/],
    ['refuses what is no report', 'hello\n', /line 1: this does not begin/],
  ])('%s', async (_, text, problem) => {
    const { code, stderr } = await audit('--coverage', await file('bad.info', text));

    expect([code, stderr]).toEqual([2, expect.stringMatching(problem)]);
  });

  test('says when the file is not there', async () => {
    const { code, stderr } = await audit('--coverage', join(work.path, 'gone.info'));

    expect([code, stderr]).toEqual([2, expect.stringMatching(/gone\.info cannot be read: ENOENT/)]);
  });
});
