import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import type { AxeResults, RunOptions } from 'axe-core';

/** Rules about colours, whose answer may differ from theme to theme and not from language to language. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

type Rules = 'all' | 'colours' | 'all but colours';

const RUN_OPTIONS: Record<Rules, RunOptions> = {
  all: {},
  colours: { runOnly: COLOUR_RULES },
  'all but colours': { rules: Object.fromEntries(COLOUR_RULES.map((rule) => [rule, { enabled: false }])) },
};

/**
 * What axe finds on the page, a line for each element. It runs in the page itself, once loaded: the page has one frame, and
 * `@axe-core/playwright` loads axe twice and opens a page of its own for each reading.
 */
export async function violationsOf(page: Page, rules: Rules = 'all'): Promise<string[]> {
  // Colours are read as they will stay.
  await page.waitForFunction(() =>
    document
      .getAnimations()
      .every(({ playState, effect }) => playState !== 'running' || effect?.getComputedTiming().endTime === Infinity),
  );
  expectOneFrame(page);
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(AXE);
  const { violations } = await page.evaluate(runAxe, { ...RUN_OPTIONS[rules], resultTypes: ['violations' as const] });
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, html }) => `${id}: ${help}: ${target.join(' ')}: ${html.slice(0, 160)}`),
  );
}

/** Runs in the browser. */
function runAxe(options: RunOptions): Promise<Pick<AxeResults, 'violations'>> {
  const { axe } = globalThis as unknown as {
    axe: { run(root: Document, options: RunOptions): Promise<AxeResults> };
  };
  return axe.run(document, options).then(({ violations }) => ({ violations }));
}

function expectOneFrame(page: Page): void {
  const frames = page.frames().map((frame) => frame.url());
  if (frames.length > 1) throw new Error(`axe reads one frame, the page has ${frames.join(', ')}`);
}
