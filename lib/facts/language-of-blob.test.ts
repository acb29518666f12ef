import { expect, test } from 'vitest';
import { languageOfBlob } from './language-of-blob';

test.each([
  ['src/a.ts', '', 'typescript'],
  ['bin/run', '#!/usr/bin/env python3\nprint(1)\n', 'python'],
  ['src/a.h', 'int pay(int amount);\n', 'c'],
  ['src/a.h', 'namespace pay {\nint fee();\n}\n', 'cpp'],
  ['src/a.c', 'namespace pay {\n}\n', 'c'],
  ['notes.txt', 'namespace pay {\n', null],
])('%s is told by its name, and by its text where that says more', (path, text, language) => {
  expect(languageOfBlob(path, text)).toBe(language);
});
