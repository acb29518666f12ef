import { expect, test } from 'vitest';
import { factsFrom } from '@/tests/support/sketch';
import { evaluate } from './evaluate';
import { withoutIgnoredPaths } from './ignore-paths';
import { Policy } from './policy';
import { magicOf } from './registry';

const body = Array.from({ length: 30 }, (_, line) => `export const value${line} = ${line};`).join('\n');
const sketch = {
  files: {
    'src/kept.ts': `${body}\n`,
    LICENSE: 'MIT License',
    'legacy/old.ts': `// TODO: remove\n// FIXME: all of it\n${body}\n`,
  },
};

test('facts and totals are those of the tree without the ignored paths', async () => {
  const kept = withoutIgnoredPaths(await factsFrom(sketch), ['legacy/**']);
  const { 'legacy/old.ts': _, ...others } = sketch.files;
  const alone = await factsFrom({ files: others });

  expect(kept.totals).toEqual(alone.totals);
  expect(kept.files?.map(({ path }) => path)).toEqual(['LICENSE', 'src/kept.ts']);
  expect(kept.comments).toEqual([]);
});

test('no rule reports on, or measures, an ignored path', async () => {
  const facts = await factsFrom(sketch);
  const open = evaluate(magicOf('integrity'), facts, Policy.parse({}));
  const ignoring = evaluate(magicOf('integrity'), facts, Policy.parse({ ignorePaths: ['legacy/**'] }));

  expect(open.findings.map(({ path }) => path)).toContain('legacy/old.ts');
  expect(ignoring.findings).toEqual([]);
});

test('without globs the facts are the very same', async () => {
  const facts = await factsFrom(sketch);

  expect(withoutIgnoredPaths(facts, [])).toBe(facts);
});

test('what ignored files use does not look dead', async () => {
  const facts = await factsFrom({
    files: {
      'package.json': JSON.stringify({ name: 'shop', private: true, dependencies: { 'left-pad': '^1.0.0' } }),
      'src/orders/rate.ts': 'export function rate() {\n  return 1;\n}\n',
      'legacy/old.ts':
        "import pad from 'left-pad';\nimport { rate } from '../src/orders/rate';\n\nexport default pad(rate());\n",
    },
  });

  const { mentions } = withoutIgnoredPaths(facts, ['legacy/**']);

  expect(mentions).toEqual(
    expect.arrayContaining([
      { form: 'file', name: 'src/orders/rate.ts' },
      { form: 'package', name: 'left-pad' },
    ]),
  );
});
