import { expect, test } from 'vitest';
import { factsFrom } from '@/tests/support/sketch';
import type { Rule, Sketch, SketchCommit } from '../define';
import { defaultPolicy } from '../policy';
import { runRule } from '../run-rule';
import { hasApiDocs } from './has-api-docs';
import { noRetiredRuntime } from './no-retired-runtime';
import { noSingleReviewer } from './no-single-reviewer';

async function reasonOf(rule: Rule, sketch: Sketch) {
  const { outcome, reason } = (await runRule(rule, await factsFrom(sketch), defaultPolicy)).result;
  return [outcome, reason?.id];
}

test('a floor for the run-time is not taken for none at all', async () => {
  const files = { 'package.json': '{ "name": "a", "engines": { "node": ">= 18" } }\n' };

  expect(await reasonOf(noRetiredRuntime, { files })).toEqual(['not-applicable', 'unpinned']);
});

test('a library whose exports are not read is not said to offer nothing', async () => {
  const library = '{ "name": "web", "version": "1.0.0", "main": "index.js" }\n';
  const code = 'module.exports = create;\nfunction create(name) {\n  log(name);\n  return open(name);\n}\n';
  const ofLibrary = (text: string) => ({ files: { 'package.json': library, 'index.js': text } });

  expect(await reasonOf(hasApiDocs, ofLibrary(code))).toEqual(['not-applicable', 'unread']);
  expect(await reasonOf(hasApiDocs, ofLibrary('module.exports = { limit: 3 };\n'))).toEqual(['not-applicable', 'none']);
});

test('approvals that only the host knows are not said to be missing', async () => {
  const changesBy = (people: number, mark: string) =>
    Array.from({ length: 14 }, (_, at): SketchCommit => {
      const number = at % people;
      return {
        message: `Change ${at}${mark && ` (${mark}${at})`}`,
        author: `Person ${number} <p${number}@example.org>`,
        files: { 'a.ts': `export const a = ${at};\n` },
      };
    });

  const reasons = [changesBy(4, '#'), changesBy(4, ''), changesBy(2, '#')].map((commits) =>
    reasonOf(noSingleReviewer, { commits }),
  );

  expect(await Promise.all(reasons)).toEqual([
    ['not-available', 'no-provider'],
    ['not-applicable', 'few-reviews'],
    ['not-applicable', 'few-people'],
  ]);
});
