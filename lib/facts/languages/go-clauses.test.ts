import { expect, test } from 'vitest';
import { collectBlob } from '../collect-blob';

const CHARGE =
  'func charge() (err error) { return ask() }\nfunc flush() error { return nil }\nfunc count() int { return 1 }\n';

async function swallowed(body: string) {
  const { swallowedErrors } = await collectBlob(
    'pay.go',
    Buffer.from(`package pay\n\nfunc Pay() {\n${body}\n}\n${CHARGE}`),
  );
  return swallowedErrors.map(({ line, form, hasReason }) => ({ line, form, hasReason }));
}

test('an empty check of an error and a discarded result are reported', async () => {
  expect(await swallowed('\tif err := charge(); err != nil {\n\t}\n\t_ = charge()')).toEqual([
    { line: 4, form: 'pass', hasReason: false },
    { line: 6, form: 'ignored-result', hasReason: false },
  ]);
});

test('handled errors, plain values and interface checks are not', async () => {
  expect(
    await swallowed('\tif err != nil {\n\t\treturn\n\t}\n\t_ = value\n\tvar _ I = (*T)(nil)\n\t_, ok := m[k]'),
  ).toEqual([]);
});

test('a dropped result counts only where it is known to be an error', async () => {
  expect(await swallowed('\t_ = count()\n\t_ = elsewhere()\n\t_ = p.name()')).toEqual([]);
  expect(
    await swallowed('\t_ = os.Remove(name)\n\t_ = json.Unmarshal(text, &value)\n\t_ = tx.Rollback()'),
  ).toHaveLength(3);
});

test('a comment beside the discard is its reason', async () => {
  expect(await swallowed('\t_ = flush() // the pipe may be closed')).toEqual([
    { line: 4, form: 'ignored-result', hasReason: true },
  ]);
});
