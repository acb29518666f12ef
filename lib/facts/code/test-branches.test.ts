import { expect, test } from 'vitest';
import type { LanguageId } from '@/lib/magics/facts/code';
import { collectCode } from './collect-code';

async function read(source: string, language: LanguageId) {
  const facts = await collectCode(source, language);
  if ('skipped' in facts) throw new Error('the source was not read');
  return facts.testBranches;
}

test.each<[LanguageId, string]>([
  ['typescript', "if (process.env.NODE_ENV === 'test') a();\n"],
  ['javascript', "if ('test' !== process.env['NODE_ENV']) a();\n"],
  ['python', "if 'pytest' in sys.modules:\n    a()\n"],
  ['python', 'x = os.environ.get("PYTEST_CURRENT_TEST")\n'],
  ['go', 'package a\n\nfunc f() { if testing.Testing() { g() } }\n'],
  ['ruby', "a if ENV['RACK_ENV'] == 'test'\n"],
  ['php', '<?php\nif (app()->runningUnitTests()) { a(); }\n'],
  ['rust', 'fn f() { if cfg!(test) { g() } }\n'],
])('finds a condition in %s: %j', async (language, source) => {
  expect(await read(source, language)).toHaveLength(1);
});

test.each<[LanguageId, string]>([
  ['typescript', "// process.env.NODE_ENV === 'test'\nconst a = \"process.env.NODE_ENV === 'test'\";\n"],
  ['typescript', "if (process.env.NODE_ENV === 'production') a();\n"],
  ['rust', '#[cfg(test)]\nmod tests {}\n'],
  ['python', '# PYTEST_CURRENT_TEST is set\nx = environ\n'],
])('finds nothing in %s: %j', async (language, source) => {
  expect(await read(source, language)).toEqual([]);
});
