import { buildRepository } from '@/tests/support/sketch-repository';

const FILES = 20;
const COMMITS = 12;

/** A small service with code, tests and a history, unlike its neighbours in names and numbers. */
export async function buildShop(gitDir: string, number: number): Promise<void> {
  const files: Record<string, string> = { 'package.json': `{ "name": "shop-${number}", "private": true }\n` };
  for (let at = 0; at < FILES; at += 1) files[`src/part-${at}.ts`] = part(number, at, 0);
  for (let at = 0; at < FILES; at += 4) {
    files[`src/part-${at}.test.ts`] =
      `import { expect, test } from 'vitest';\nimport { price${at} } from './part-${at}';\n\ntest('adds up', () => {\n  expect(price${at}([1, 2])).toBe(${3 + number});\n});\n`;
  }
  const commits = Array.from({ length: COMMITS }, (_, change) => ({
    message: `feat: price ${change} counts anew`,
    files: { [`src/part-${change % FILES}.ts`]: part(number, change % FILES, change + 1) },
  }));
  await buildRepository(gitDir, { commits: [{ message: 'feat: the first shop', files }, ...commits] });
}

function part(number: number, at: number, change: number): string {
  const lines = [
    `/** What the goods of shelf ${at} cost, without tax. */`,
    `export function price${at}(goods: number[]): number {`,
  ];
  lines.push(
    `  let sum = ${number + change};`,
    '  for (const good of goods) {',
    `    if (good > ${at}) sum += good;`,
    '    else sum += 1;',
    '  }',
  );
  lines.push('  return sum;', '}', '');
  for (let more = 0; more < 6; more += 1) {
    lines.push(
      `export const shelf${at}x${more} = (name: string): string => \`\${name}-${number}-${more}-${change}\`;`,
      '',
    );
  }
  return lines.join('\n');
}
