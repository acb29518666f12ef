import type { BrowserContext, ConsoleMessage } from '@playwright/test';

export interface Complaints {
  watch(browser: BrowserContext): void;
  /** What this test provokes, such as the answer to a request that must be refused. */
  expect(pattern: RegExp): void;
  unexpected(): string[];
}

/** Gathers what a browser complains about: errors on its console, uncaught ones, violations of the content policy. */
export function gatherComplaints(): Complaints {
  const heard: string[] = [];
  const expected: RegExp[] = [];
  return {
    watch: (browser) => {
      browser.on('console', (message) => {
        if (message.type() === 'error') heard.push(textOf(message));
      });
      browser.on('weberror', (event) => {
        const { name, message, stack } = event.error();
        heard.push(`uncaught ${name}: ${message} (on ${event.page()?.url()})\n${stack}`);
      });
    },
    expect: (pattern) => void expected.push(pattern),
    unexpected: () => heard.filter((text) => !expected.some((pattern) => pattern.test(text))),
  };
}

function textOf(message: ConsoleMessage): string {
  return `${message.text()} (${message.location().url} on ${message.page()?.url()})`;
}
