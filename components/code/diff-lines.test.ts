import { expect, test } from 'vitest';
import { diffLines } from './diff-lines';

const PATCH = `--- a/src/a.ts
+++ b/src/a.ts
@@ -1,3 +1,3 @@
 const a = 1;
-debugger;
+--a;
 done();
\\ No newline at end of file
`;

test('a patch shows its hunks without the heads of files', () => {
  expect(diffLines(PATCH)).toEqual([
    { kind: 'place', text: '@@ -1,3 +1,3 @@' },
    { kind: 'same', text: 'const a = 1;' },
    { kind: 'removed', text: 'debugger;' },
    { kind: 'added', text: '--a;' },
    { kind: 'same', text: 'done();' },
  ]);
});

test('a removed line of dashes is not taken for a file head', () => {
  const lines = diffLines('--- a/x\n+++ b/x\n@@ -1 +1 @@\n--- old\n+++ new\n');

  expect(lines.slice(1)).toEqual([
    { kind: 'removed', text: '-- old' },
    { kind: 'added', text: '++ new' },
  ]);
});
