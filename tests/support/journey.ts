import { type BrowserContext, test as base, expect, type Page } from '@playwright/test';
import { type Messages, messagesIn } from '@/lib/i18n/messages';
import type { Language } from '@/lib/magics/types';
import { type Account, createAccount, signIn } from './accounts';
import { type Complaints, gatherComplaints } from './complaints';
import { type ElderApi, elderApi } from './elder-api';
import { auditedProject, japaneseApplication, type RegisteredProject } from './repositories';

export { expect };

interface Options {
  language: Language;
}

interface Journey {
  /** The texts on screen. */
  t: Messages;
  complaints: Complaints;
  /** Who sits at `page`, signed in; an owner of a team of their own. */
  member: Account;
  /** The member's way in for machines. */
  api: ElderApi;
  /** A browser of its own, for somebody else or for nobody. */
  openBrowser: (account?: Account) => Promise<{ browser: BrowserContext; page: Page }>;
}

interface Shared {
  /** A project audited once for all who only look at it, and who may. People wrote in Japanese in it: any English on screen is ours. */
  exhibit: { reader: Account; project: RegisteredProject };
}

/** A journey fails when the browser complains about anything it did not expect. */
export const test = base.extend<Options & Journey, Shared>({
  language: ['en', { option: true }],
  locale: ({ language }, use) => use(language === 'ja' ? 'ja-JP' : 'en-GB'),
  timezoneId: 'Asia/Tokyo',
  t: ({ language }, use) => use(messagesIn(language)),

  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from this pattern
  complaints: async ({}, use) => {
    const complaints = gatherComplaints();
    await use(complaints);
    expect(complaints.unexpected(), 'complaints of the browser').toEqual([]);
  },
  context: async ({ context, complaints }, use) => {
    complaints.watch(context);
    await use(context);
  },
  member: async ({ context }, use) => {
    const account = await createAccount();
    await signIn(context, account);
    await use(account);
  },
  api: ({ member }, use) => use(elderApi(member.apiToken)),
  exhibit: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from this pattern
    async ({}, use) => {
      const reader = await createAccount();
      await using project = await auditedProject(elderApi(reader.apiToken), japaneseApplication());
      await use({ reader, project });
    },
    { scope: 'worker' },
  ],
  openBrowser: async ({ browser, complaints, locale, timezoneId, baseURL }, use) => {
    const opened: BrowserContext[] = [];
    await use(async (account) => {
      const context = await browser.newContext({ locale, timezoneId, ...(baseURL && { baseURL }) } as object);
      opened.push(context);
      complaints.watch(context);
      if (account) await signIn(context, account);
      return { browser: context, page: await context.newPage() };
    });
    for (const context of opened) await context.close();
  },
});
