import { describe, expect, test } from 'vitest';
import { findMarker } from '@/lib/magics/markers';
import { collectShape, NO_SHAPE } from './code-shape';
import { collectBlob } from './collect-blob';

const TS = `// TODO: fewer arms
export class Tax {
  /** Of a year. */
  due(income: number, rates: number[]): number {
    if (income < 0 || rates.length === 0) return 0;
    return rates.filter((rate) => rate > 0).reduce((sum, rate) => (rate > 1 ? sum : sum + income * rate), 0);
  }
}
`;
const PYTHON = '# FIXME(#12): slow\ndef due(income):\n    return [rate for rate in income if rate and rate > 1]\n';
const GO = 'package tax\n\nfunc Due(a int) int {\n\tif a > 1 && a < 9 {\n\t\treturn 1\n\t}\n\treturn 0\n}\n';

describe('collectShape', () => {
  test.each([
    ['src/tax.ts', TS],
    ['src/tax.py', PYTHON],
    ['tax/tax.go', GO],
    ['src/broken.ts', 'export function f( {\n  if (\n'],
    ['bin/run', `#!/usr/bin/env python3\n${PYTHON}`],
    ['include/tax.h', 'class Tax {\n public:\n  int due(int a) { return a > 1 ? a : 0; }\n};\n'],
  ])('says of %s what its facts say', async (path, text) => {
    const { codeHash, codeLines, functions, comments } = await collectBlob(path, Buffer.from(text));

    expect(await collectShape(path, Buffer.from(text))).toEqual({
      codeHash,
      codeLines,
      cyclomatic: functions.reduce((sum, { cyclomatic }) => sum + cyclomatic, 0),
      markers: comments.filter((comment) => findMarker(comment.text) !== null).length,
    });
    expect(codeHash).not.toBeNull();
  });

  test.each([
    ['binary', 'src/a.ts', Buffer.from([0, 1, 2, 0])],
    ['generated', 'src/a.ts', Buffer.from(`// @generated\n${TS}`)],
    ['in no known language', 'notes.xyz', Buffer.from('some words\n')],
    ['one endless line', 'src/a.ts', Buffer.from(`const a = '${'x'.repeat(200_000)}';\n`)],
  ])('has nothing to say of what is %s', async (_, path, bytes) => {
    expect(await collectShape(path, bytes)).toEqual(NO_SHAPE);
  });
});
