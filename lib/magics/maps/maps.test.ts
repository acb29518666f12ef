import { expect, test } from 'vitest';
import { factsFrom } from '@/tests/support/sketch';
import type { Sketch } from '../define';
import { defaultPolicy } from '../policy';
import { historyOf, source } from '../predictive/sketches';
import { mapComponents } from './component-map';
import { mapHotspots } from './hotspot-map';

const ADA = 'Ada <ada@example.org>';
const BOB = 'Bob <bob@example.org>';

const WORKSPACES: Sketch = {
  commits: [
    {
      message: 'Begin',
      author: ADA,
      files: {
        'package.json': '{"name":"all","workspaces":["packages/*"]}',
        'packages/one/package.json': '{"name":"one"}',
        'packages/two/package.json': '{"name":"two"}',
        'packages/one/src/a.ts': 'export const a = () => 1;\n',
        'packages/one/src/a.test.ts': "import { a } from './a';\ntest('a', () => {\n  expect(a()).toBe(1);\n});\n",
        'packages/two/src/b.ts': source(600, 1),
      },
    },
    { message: 'Change one', author: BOB, files: { 'packages/one/src/a.ts': 'export const a = () => 2;\n' } },
    { message: 'Change two', author: ADA, files: { 'packages/two/src/b.ts': source(610, 2) } },
  ],
};

test('counts each component by itself, and who knows it without names', async () => {
  const components = mapComponents(await factsFrom(WORKSPACES), defaultPolicy);

  expect(components.map(({ id, kind, files }) => [id, kind, files])).toEqual([
    ['packages/two', 'workspace', 1],
    ['packages/one', 'workspace', 1],
  ]);
  expect(components[0]).toMatchObject({ testCodeLines: 0, authors: 1, mainShare: 1, truckFactor: 1 });
  expect(components[1]).toMatchObject({ testCodeLines: 4, authors: 2, mainShare: 0.5 });
  expect(JSON.stringify(components)).not.toMatch(/ada|bob/i);
});

test('judges a component by its own files alone, and not at all where there is too little', async () => {
  const components = mapComponents(await factsFrom(WORKSPACES), defaultPolicy);

  const [large, small] = components;
  expect(large?.scores.map(({ magic }) => magic)).toEqual(['integrity', 'strict']);
  expect(large?.scores.every(({ score }) => score !== null)).toBe(true);
  expect(small?.scores.map(({ score }) => score)).toEqual([null, null]);
});

test('maps every production file with what history says of it', async () => {
  const sketch = historyOf({ hot: ['src/hot.ts'], content: (step) => source(60, step) });

  const map = mapHotspots(await factsFrom(sketch));

  const hot = map?.files.find(({ path }) => path === 'src/hot.ts');
  expect(map?.untested).toBeNull();
  expect(hot?.revisions).toBeGreaterThan(5);
  expect(hot?.risk).toBeGreaterThan(0.8);
  expect(map?.remarks[0]).toMatchObject({ path: 'src/hot.ts', action: { id: 'add-tests-for' } });
});

test('says why risk is no forecast, and names no file then', async () => {
  const map = mapHotspots(await factsFrom({ files: { 'a.ts': source(20, 1), 'README.md': '# A\n' } }));

  expect(map).toMatchObject({ untested: { reason: expect.stringMatching(/too-few/) }, remarks: [], leftOut: 0 });
  expect(map?.files.map(({ path }) => path)).toEqual(['a.ts']);
});

test('draws sizes without history', async () => {
  const facts = await factsFrom({ files: { 'a.ts': source(20, 1) } });

  const map = mapHotspots({ ...facts, commits: null, missing: { commits: 'shallow' } });

  expect(map).toMatchObject({ since: null, untested: null, files: [{ path: 'a.ts', risk: null, revisions: null }] });
});
