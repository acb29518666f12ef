import { expect, test } from 'vitest';
import { cpuTimeMs } from '@/tests/support/cpu-time';
import { findPathMentions, LOADER_MARK, PACKAGE_PREFIX, PROGRAM_MARK } from './path-mentions';

const code = (text: string) => findPathMentions(`export {};\n${text}`, 'typescript', false);

test('paths are read from both sides of a slash, with what is wild in them', () => {
  const text = "glob('./words/*.ts'); // see src/a.ts\n";

  expect(code(`${text}const url = \`../lang/\${name}.json\`;`)).toEqual(['./words/*.ts', 'src/a.ts', '../lang/$']);
});

test('names of files count without a slash, and arguments that are put together to a path', () => {
  expect(code("new Worker('pool.js'); join(root, 'commands');")).toEqual(
    expect.arrayContaining(['pool.js', './commands']),
  );
});

test('a script without exports starts by itself, and a load by a name that is computed is a loader', () => {
  expect(findPathMentions("const fs = require('fs');", 'javascript', false)).toEqual([PROGRAM_MARK]);
  expect(code('require(name);')).toEqual([LOADER_MARK]);
  expect(findPathMentions("if __name__ == '__main__':\n    run()\n", 'python', false)).toEqual([PROGRAM_MARK]);
  expect(findPathMentions('importlib.import_module(name)', 'python', false)).toEqual([LOADER_MARK]);
});

test('modules of Python are named in quotes, those of Rust by declarations that a macro may hold', () => {
  expect(findPathMentions('APPS = ["shop.orders.Config"]', 'python', false)).toEqual(['shop.orders.Config']);
  expect(findPathMentions('cfg_rt! { mod pool; }', 'rust', false)).toEqual(['pool.rs']);
});

test('pages import packages, and settings name them as words', () => {
  expect(findPathMentions("<script>import { Chart } from 'chart';</script>", null, false)).toContain(
    `${PACKAGE_PREFIX}chart`,
  );
  expect(findPathMentions('web: ./node_modules/.bin/forever -m 5 server.js\n', null, false)).toContain(
    `${PACKAGE_PREFIX}forever`,
  );
  expect(findPathMentions("const PUPPETS = { 'acme-puppet-web': '>=1.11' };\n", 'typescript', false)).toContain(
    `${PACKAGE_PREFIX}acme-puppet-web`,
  );
  expect(findPathMentions("app.set('view engine', 'pug');\n", 'javascript', false)).toContain(`${PACKAGE_PREFIX}pug`);
  expect(findPathMentions('plugins:\n  - cool-words\n', null, true)).toContain(`${PACKAGE_PREFIX}cool-words`);
});

test('hostile text costs no more than its length', () => {
  const startedAt = cpuTimeMs();
  for (const part of ['a', 'a.', 'a/', '.js', 'join(', '"a.', 'mod ', '/*']) {
    findPathMentions(part.repeat(200_000 / part.length), null, true);
    findPathMentions(part.repeat(200_000 / part.length), 'python', true);
    findPathMentions(part.repeat(200_000 / part.length), 'typescript', false);
  }

  expect(cpuTimeMs() - startedAt).toBeLessThan(10_000);
});
