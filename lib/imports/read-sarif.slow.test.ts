import { expect, test } from 'vitest';
import { MAX_IMPORTED_FINDINGS, readSarif } from './read-sarif';

async function read(run: object) {
  const log = { version: '2.1.0', runs: [{ tool: { driver: { name: 'ESLint' } }, ...run }] };
  const [report] = await readSarif({ bytes: new TextEncoder().encode(JSON.stringify(log)), files: null });
  if (!report) throw new Error('no report');
  return report;
}

test('a long template that very many results share is read once, and filled for some of them', async () => {
  const filler = 'token password secret '.repeat(90);
  const rules = [{ id: 'r', messageStrings: { m: { text: `{0} ${filler}` } } }];
  const messagesWith = async (wordsOf: (at: number) => string[]) => {
    const results = Array.from({ length: 60_000 }, (_, at) => ({
      ruleIndex: 0,
      message: { id: 'm', arguments: wordsOf(at) },
      partialFingerprints: { a: `${at}` },
    }));
    const { findings, leftOut } = await read({ tool: { driver: { name: 'T', rules } }, results });
    expect(leftOut).toEqual({ 'beyond-limit': 50_000 });
    return findings.map(({ message }) => message);
  };
  const isRead = (message: string) => message.includes('token password');

  const same = await messagesWith(() => ['1']);
  const different = await messagesWith((at) => [String(at)]);

  expect(same.filter(isRead)).toHaveLength(10_000);
  // As many characters as the report has, and four million more; 60,000 × 2,000 took most of a minute.
  expect(different.filter(isRead).length).toBeGreaterThan(2_000);
  expect(different.filter(isRead).length).toBeLessThan(6_000);
  expect(new Set(different.filter((message) => !isRead(message)))).toEqual(new Set(['t/r']));
});

test('of very many the gravest are kept, and the rest are counted', async () => {
  const results = Array.from({ length: 100_000 }, (_, index) => ({
    ruleId: 'no-eval',
    level: index % 10 === 0 ? 'error' : 'note',
    message: { text: 'eval can be harmful.' },
    locations: [{ physicalLocation: { artifactLocation: { uri: `src/${index}.ts` }, region: { startLine: 3 } } }],
  }));

  const { findings, leftOut } = await read({ results });

  expect(findings).toHaveLength(MAX_IMPORTED_FINDINGS);
  expect(findings.every(({ severity }) => severity === 'high')).toBe(true);
  expect(leftOut).toEqual({ 'beyond-limit': 90_000 });
});
