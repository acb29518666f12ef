import { expect, test } from 'vitest';
import type { SecurityFlawFact } from '@/lib/magics/facts/code';
import { cpuTimeMs } from '@/tests/support/cpu-time';
import { collectBlob } from '../../collect-blob';

async function read(path: string, source: string): Promise<[number, SecurityFlawFact['form']][]> {
  const { securityFlaws } = await collectBlob(path, Buffer.from(source));
  return securityFlaws.map(({ line, form }) => [line, form]);
}

test('names of imports are written out before they are judged', async () => {
  const source =
    'import hashlib as h\nfrom pickle import loads as lp\nimport pandas as pd\nh.md5(a)\nlp(a)\npd.read_pickle(a)\nloads(a)\n';

  expect(await read('a.py', source)).toEqual([
    [4, 'weak-hash'],
    [5, 'deserialise'],
    [6, 'deserialise-file'],
  ]);
});

test('a line that a tool was told to leave alone is left alone', async () => {
  const source =
    'import hashlib\nhashlib.md5(a)  # nosec B324\nhashlib.md5(a)  # noqa: S324\nhashlib.md5(a)  # noqa: E501\n';

  expect(await read('a.py', source)).toEqual([[4, 'weak-hash']]);
});

test('what stands under a condition that asks for it was chosen', async () => {
  const source =
    'import ssl\n\n\ndef context(verify):\n    ctx = ssl.create_default_context()\n    if not verify:\n        ctx.verify_mode = ssl.CERT_NONE\n    return ctx\n\n\ndef other(ctx):\n    ctx.verify_mode = ssl.CERT_NONE\n';

  expect(await read('a.py', source)).toEqual([[12, 'tls-unverified']]);
});

test.each<[string, string, SecurityFlawFact['form'][]]>([
  ['format', 'q = "SELECT * FROM t WHERE a = \'{}\'".format(a)\n', ['sql-value']],
  ['replace', 'q = "SELECT * FROM t WHERE a = \'[V]\'".replace("[V]", a)\n', ['sql-value']],
  ['implicit concatenation', 'run("SELECT "\n    f"{column} "\n    "FROM t")\n', ['sql-name']],
  ['several lines', 'q = """DELETE FROM t\nWHERE a = \'%s\'""" % a\n', ['sql-value']],
  ['parameters', 'run("SELECT * FROM t WHERE a = %s", a)\n', []],
  ['a constant', 'q = f"SELECT * FROM {TABLE} WHERE a = 1"\n', []],
  ['prose', 'q = f"Select one from the list and update it: {a}"\n', ['sql-name']],
  ['a message', 'print(f"SELECT * FROM t WHERE a = {a}")\n', []],
])('python statements: %s', async (_name, source, forms) => {
  expect((await read('a.py', source)).map(([, form]) => form)).toEqual(forms);
});

test.each<[string, string, SecurityFlawFact['form'][]]>([
  ['a tag', `sql\`SELECT * FROM t WHERE a = \${a}\`;\n`, []],
  ['a tag with types', `const r = await query<Row>\`SELECT * FROM t WHERE a = \${a}\`;\n`, []],
  ['a tag with wider types', `const r = await db.query<Row & { b: B }>\`SELECT * FROM t WHERE a = \${a}\`;\n`, []],
  ['a text', `run(\`SELECT * FROM t WHERE a = \${a}\`);\n`, [`sql-value`]],
])('typescript statements: %s', async (_name, source, forms) => {
  expect((await read('a.ts', source)).map(([, form]) => form)).toEqual(forms);
});

test('a shell asks for unchecked connections by flags', async () => {
  const source =
    'curl -sSk https://a.example\ncurl -fsSL https://a.example -o k\ncurl -k https://localhost:8443\nwget --no-check-certificate https://a.example\nssh -o StrictHostKeyChecking=no host\nexport GIT_SSL_NO_VERIFY=1\n';

  expect(await read('a.sh', source)).toEqual([
    [1, 'tls-unverified'],
    [4, 'tls-unverified'],
    [5, 'host-key-unverified'],
    [6, 'tls-unverified'],
  ]);
});

test.each([
  ['names', `${'a.innerHTML ='.repeat(20_000)}`],
  ['statements', `q = ${'"SELECT a FROM b WHERE c = " + '.repeat(5000)}d;`],
  ['an echo', `<?php ${'echo $a . '.repeat(20_000)}`],
])('hostile text takes little time: %s', async (name, source) => {
  const startedAt = cpuTimeMs();

  await read(name === 'an echo' ? 'a.php' : 'a.js', source);

  expect(cpuTimeMs() - startedAt).toBeLessThan(10_000);
});
