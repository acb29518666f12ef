import { expect, test } from 'vitest';
import { collectBlob } from '../collect-blob';

test('the end of a long chain of calls is known', async () => {
  const links = '        .arg("a word of the command line")\n'.repeat(12);
  const code = `#[test]\nfn snips() {\n    bat()\n${links}        .assert()\n        .success();\n}\n`;

  const { tests } = await collectBlob('tests/cli.rs', Buffer.from(code));

  expect(tests).toMatchObject([{ name: 'snips', assertions: 2 }]);
});

test('an awaited pause is a sleep, a promise of the code under test is not', async () => {
  const code = [
    "test('waits', async () => {",
    '  const reply = new Promise((resolve) => setTimeout(resolve, 5));',
    '  await new Promise((resolve) => setTimeout(resolve, 20));',
    '  expect(await reply).toBeUndefined();',
    '});',
  ].join('\n');

  const { tests } = await collectBlob('src/wait.test.ts', Buffer.from(code));

  expect(tests).toMatchObject([{ name: 'waits', sleepLines: [3] }]);
});

test('documentation and prose in a string are no code, any other string is', async () => {
  const hash = async (text: string) => (await collectBlob('pay.py', Buffer.from(text))).codeHash;

  expect(await hash('def pay():\n    """Old."""\n    return "a"\n')).toBe(
    await hash('def pay():\n    """New.\n\n    Longer."""\n    return "a"\n'),
  );
  expect(await hash('HELP = "Pays what is owed to them."\n')).toBe(await hash('HELP = "Pays all that is owed."\n'));
  expect(await hash('def pay():\n    return "a"\n')).not.toBe(await hash('def pay():\n    return "b"\n'));
});
