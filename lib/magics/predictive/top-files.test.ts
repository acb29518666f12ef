import { expect, test } from 'vitest';
import { factsFrom } from '@/tests/support/sketch';
import { LANGUAGES } from '../types';
import { historyOf, source } from './sketches';
import { predictTopFiles, REMARKS } from './top-files';

test('each risk names what to do there: its function, its numbers', async () => {
  const sketch = historyOf({
    hot: ['src/hot.ts', 'src/warm.ts'],
    content: (step, path) => source(path.length * 4, step),
  });

  const top = predictTopFiles(await factsFrom(sketch), 2);

  expect(top.map(({ action }) => action)).toMatchObject([
    { id: 'add-tests-for', data: { name: 'decide', line: 2 } },
    { id: 'add-tests-for', data: { name: 'decide', line: 2 } },
  ]);
});

test('every place in the text of an action has its value', async () => {
  const contents = {
    untested: {},
    tested: {
      'src/hot.test.ts':
        "import { decide } from './hot';\ntest('decides', () => {\n  expect(decide(1)).toBe(1);\n});\n",
    },
  };

  for (const files of Object.values(contents)) {
    const sketch = historyOf({ hot: ['src/hot.ts'], content: (step) => source(60, step), files });
    for (const { action, reasons } of predictTopFiles(await factsFrom(sketch))) {
      for (const { id, data } of [action, ...reasons]) {
        for (const language of LANGUAGES) {
          const places = [...REMARKS[id][language].matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
          expect(Object.keys(data)).toEqual(expect.arrayContaining(places));
        }
      }
    }
  }
});
