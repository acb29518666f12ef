import { expect, test } from 'vitest';
import { factsFrom } from '@/tests/support/sketch';

const source = (decisions: number, notes: number) =>
  `export function decide(x: number) {\n${'  if (x > 1) return 1;\n'.repeat(decisions)}  return 0;\n}\n${'// TODO: more\n'.repeat(notes)}`;

test('reads what frequent files looked like, oldest first, the newest ten revisions only', async () => {
  const facts = await factsFrom({
    commits: Array.from({ length: 12 }, (_, step) => ({
      message: `Step ${step}`,
      files: {
        'src/税.ts': source(step, step % 3),
        'docs/notes.md': `# ${step}\n`,
        'tests/a.test.ts': source(step, 0),
        ...(step < 4 ? { 'src/rare.ts': source(step, 0) } : {}),
      },
    })),
  });

  const rows = facts.fileRevisions ?? [];

  expect(rows.map(({ path, cyclomatic, markers }) => [path, cyclomatic, markers])).toEqual(
    Array.from({ length: 10 }, (_, index) => ['src/税.ts', index + 3, (index + 2) % 3]),
  );
  expect(rows.at(-1)?.commitId).toBe(facts.commits?.[0]?.id);
});

test('a file that is gone, or was moved away, has no trend', async () => {
  const facts = await factsFrom({
    commits: [
      ...Array.from({ length: 6 }, (_, step) => ({ message: `Step ${step}`, files: { 'src/a.ts': source(step, 0) } })),
      { message: 'Move it', files: { 'src/a.ts': null, 'src/b.ts': source(6, 0) } },
    ],
  });

  expect(facts.fileRevisions).toEqual([]);
});
