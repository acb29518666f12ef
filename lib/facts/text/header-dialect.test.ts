import { expect, test } from 'vitest';
import { isCppHeader } from './header-dialect';

test.each([
  'namespace shop {\nint pay();\n}\n',
  '#pragma once\ntemplate <typename T>\nT pay(T card);\n',
  'struct Card {\n private:\n  int number;\n};\n',
  'class Card : public Paper {\n};\n',
  'using money = long;\n',
])('knows C++ by %j', (text) => {
  expect(isCppHeader(text)).toBe(true);
});

test.each([
  '#ifdef __cplusplus\nextern "C" {\n#endif\nint pay(struct card *c);\n',
  '/* The class of a card\n * template for others. */\nint class_of(int card);\n',
  'struct card {\n  int class;\n  char *namespace;\n};\n',
])('takes %j for C', (text) => {
  expect(isCppHeader(text)).toBe(false);
});
