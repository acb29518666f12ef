import { describe, expect, test } from 'vitest';
import { CLI_TEXTS } from '@/lib/i18n/cli';
import { MAGIC_IDS } from '@/lib/magics/types';
import { FIXABLE_RULES, readArguments } from './arguments';
import { COMMAND_LINES, OPTION_NAMES } from './options';

const read = (...args: string[]) => readArguments(args, { LANG: 'en_US.UTF-8' });

describe('the command line', () => {
  test('audits the folder it stands in with all magics', () => {
    expect(read('audit')).toMatchObject({
      name: 'audit',
      language: 'en',
      arguments: { path: '.', magics: [...MAGIC_IDS], format: 'text' },
    });
  });

  test('takes every option', () => {
    const args =
      'audit ../x --ref v1 --magics git,tdd --format sarif --out o.json --fail-under 70.5 --cache c --advisories a --lang ja';

    expect(read(...args.split(' '), '--strictness', '0.9')).toMatchObject({
      language: 'ja',
      arguments: {
        path: '../x',
        ref: 'v1',
        magics: ['tdd', 'git'],
        format: 'sarif',
        out: 'o.json',
        failUnder: 70.5,
        cache: 'c',
        isExplained: false,
        advisories: 'a',
        strictness: 0.9,
      },
    });
  });

  test('fixes with all rules that know a fix, or with some', () => {
    expect(read('fix')).toMatchObject({ name: 'fix', arguments: { path: '.', rules: [...FIXABLE_RULES] } });
    expect(read('fix', 'x', '--rules', 'tdd/no-focused-test,strict/no-duplicate-key')).toMatchObject({
      arguments: { path: 'x', rules: ['tdd/no-focused-test', 'strict/no-duplicate-key'] },
    });
  });

  test.each([
    { args: ['config', 'check'], path: '.' },
    { args: ['config', 'check', 'a/.elder.yml'], path: 'a/.elder.yml' },
  ])('checks settings with $args', ({ args, path }) => {
    expect(read(...args)).toEqual({ name: 'config', language: 'en', path });
  });

  test.each([
    { args: ['fix', '--rules', 'tdd/has-coverage'] },
    { args: ['fix', '--rules', ''] },
    { args: ['fix', '--format', 'json'] },
    { args: ['fix', '--patch=p'] },
    { args: ['audit', '--rules', 'tdd/no-focused-test'] },
    { args: ['audit', '--patch', ''] },
    { args: ['frobnicate'] },
    { args: ['audit', 'a', 'b'] },
    { args: ['audit', '--format', 'xml'] },
    { args: ['audit', '--magics', 'git,alchemy'] },
    { args: ['audit', '--magics', ''] },
    { args: ['audit', '--fail-under', '101'] },
    { args: ['audit', '--fail-under', 'NaN'] },
    { args: ['audit', '--fail-under', ''] },
    { args: ['audit', '--strictness', '2'] },
    { args: ['audit', '--lang', 'fr'] },
    { args: ['audit', '--unknown'] },
    { args: ['audit', '--ref'] },
    { args: ['audit', '--ref', ''] },
    { args: ['audit', '--out', ''] },
    { args: ['audit', '--cache', ''] },
    { args: ['audit', '--explain', '--format', 'json'] },
    { args: ['audit', '--show-suppressed', '--format', 'json'] },
    { args: ['config'] },
    { args: ['config', 'mend'] },
    { args: ['config', 'check', ''] },
    { args: ['config', 'check', 'a', 'b'] },
    { args: ['audit', '--advisories', ''] },
    { args: ['audit', ''] },
    { args: ['audit', '--fail-under', '0x10'] },
    { args: ['audit', '--fail-under=-1'] },
  ])('refuses $args', ({ args }) => {
    expect(read(...args)).toMatchObject({ name: 'wrong', problem: expect.stringMatching(/./) });
  });

  test.each([
    { args: ['audit', '--bogus'], says: '「--bogus」というオプションはありません' },
    { args: ['audit', '-v'], says: '「-v」というオプションはありません' },
    { args: ['audit', '--format'], says: '--format には値が必要です' },
    { args: ['audit', '--fail-under', '-1'], says: '--fail-under=値' },
    { args: ['audit', '--help=yes'], says: '--help に値は指定できません' },
  ])('says in the language of the terminal what is wrong with $args', ({ args, says }) => {
    const command = readArguments(args, { LANG: 'ja_JP.UTF-8' });

    expect(command).toMatchObject({ name: 'wrong', problem: expect.stringContaining(says) });
  });

  test('shows help and version without a command', () => {
    expect(read().name).toBe('help');
    expect(read('--help').name).toBe('help');
    expect(read('audit', '-h').name).toBe('help');
    expect(read('--version').name).toBe('version');
  });

  test('speaks the language of the terminal', () => {
    expect(readArguments(['audit'], { LC_ALL: 'ja_JP.UTF-8' }).language).toBe('ja');
    expect(readArguments(['audit'], { LANG: 'C' }).language).toBe('en');
  });
});

test('what is not committed is audited in place of a ref, and compared with one', () => {
  const wrong = (problem: string) => ({ name: 'wrong', problem });

  expect(read('audit', '--staged', '--new-since', 'HEAD', '--fail-on-new', 'high')).toMatchObject({
    arguments: { uncommitted: 'staged', newSince: 'HEAD', failOnNew: 'high', ref: undefined },
  });
  expect(read('audit', '--working-tree')).toMatchObject({ arguments: { uncommitted: 'working-tree' } });
  expect(read('audit')).toMatchObject({ arguments: { uncommitted: undefined, newSince: undefined } });
  expect(read('audit', '--staged', '--ref', 'x')).toMatchObject(wrong('--ref and --staged exclude each other'));
  expect(read('audit', '--fail-on-new', 'high')).toMatchObject(wrong('--fail-on-new goes with --new-since'));
  expect(read('audit', '--new-since', 'x', '--fail-on-new', 'grave')).toMatchObject({ name: 'wrong' });
});

test('commands that ask a server take what they need and nothing else', () => {
  const which = { project: undefined, repository: undefined, path: '.' };
  const remote = (command: object) => ({ name: 'remote', language: 'en', command });
  const wrong = (problem: string) => ({ name: 'wrong', problem });

  expect(read('login', 'https://x', '--token-stdin')).toEqual(
    remote({ does: 'login', url: 'https://x', isTokenOnStdin: true }),
  );
  expect(read('project', 'add', '/srv/x', '--name', 'X')).toEqual(
    remote({ does: 'project add', repository: '/srv/x', projectName: 'X', branch: undefined, isJson: false }),
  );
  expect(read('project', 'import', 'projects.yaml', '--check')).toEqual(
    remote({ does: 'project import', file: 'projects.yaml', isCheck: true, isJson: false }),
  );
  expect(read('project', 'import')).toMatchObject({ name: 'wrong' });
  expect(read('project', 'import', 'a', 'b')).toMatchObject({ name: 'wrong' });
  expect(read('project', 'add', 'a', '--check')).toMatchObject(wrong('--check is no option of “project add”'));
  expect(read('audit', '--remote', '--wait', '--timeout', '5', '--project', 'X')).toEqual(
    remote({
      ...{ does: 'audit', ...which, project: 'X', branch: undefined, waits: true, timeoutMs: 300_000 },
      ...{ isJson: false, format: undefined, out: undefined },
    }),
  );
  expect(read('findings', '--severity', 'high,low', '--sarif')).toMatchObject(
    remote({ does: 'findings', severity: 'high,low', output: 'sarif', limit: 50 }),
  );
  expect(read('gate', '../x', '--json')).toEqual(remote({ does: 'gate', ...which, path: '../x', isJson: true }));
  expect(read('gate', '--project', 'a', '--repository', 'b')).toMatchObject(
    wrong('--project and --repository exclude each other'),
  );
  expect(read('audit', '--remote', '--ref', 'x')).toMatchObject(wrong('--ref is no option of “audit --remote”'));
  expect(read('audit', '--remote', '--format', 'sarif')).toMatchObject(wrong('--format goes with --out'));
  expect(read('audit', '--remote', '--timeout', '5')).toMatchObject(wrong('--timeout goes with --wait'));
  expect(read('audit', '--wait')).toMatchObject(wrong('--wait is no option of “audit”'));
  expect(read('findings', '--severity', 'grave')).toMatchObject({ name: 'wrong' });
  expect(read('findings', '--limit', '0')).toMatchObject({ name: 'wrong' });
  expect(read('project')).toMatchObject(wrong('“project” needs a command: try elder project list'));
  expect(read('logout', 'x')).toMatchObject(wrong('“logout” takes options only'));
  expect(read('login', '--token', 'secret')).toMatchObject(wrong('there is no option “--token”'));
});

test('mcp reads the folder it stands in, or those that are named', () => {
  expect(read('mcp')).toMatchObject({ name: 'mcp', arguments: { roots: ['.'] } });
  expect(read('mcp', '--root', 'a', '--root', 'b')).toMatchObject({ arguments: { roots: ['a', 'b'] } });
  expect(read('mcp', '--root=')).toMatchObject({ name: 'wrong' });
});

test('help names every command and option in both languages', () => {
  for (const { usage } of Object.values(CLI_TEXTS)) {
    for (const name of OPTION_NAMES) expect(usage).toContain(`--${name}`);
    for (const name of COMMAND_LINES) expect(usage).toContain(`elder ${name}`);
  }
});

test('verify takes files and a key, and nothing of the other commands', () => {
  const wrong = (problem: string) => ({ name: 'wrong', problem });

  expect(read('verify', 'a.json', 'b.jsonl', '--key', 'keys.pem')).toEqual({
    name: 'verify',
    language: 'en',
    arguments: { files: ['a.json', 'b.jsonl'], key: 'keys.pem' },
  });
  expect(read('verify', 'a.json')).toMatchObject({ arguments: { key: undefined } });
  expect(read('verify')).toMatchObject(wrong('“verify” needs a file of evidence'));
  expect(read('verify', '')).toMatchObject(wrong('the path is empty'));
  expect(read('verify', 'a', '--key=')).toMatchObject({ name: 'wrong' });
  expect(read('verify', 'a', '--ref', 'x')).toMatchObject(wrong('--ref is no option of “verify”'));
  expect(read('verify', 'a', '--format', 'json')).toMatchObject(wrong('--format is no option of “verify”'));
  expect(read('audit', '.', '--key', 'k')).toMatchObject(wrong('--key is no option of “audit”'));
  expect(read('fix', '.', '--key', 'k')).toMatchObject(wrong('--key is no option of “fix”'));
});

test('a command of config is asked for, not called by an empty name', () => {
  expect(read('config')).toMatchObject({ problem: '“config” needs a command: try elder config check' });
  expect(read('config', '--lang', 'ja')).toMatchObject({
    problem: '「config」にはコマンドが必要です。elder config check をお試しください',
  });
});
