import type { Page } from '@playwright/test';
import type { RegisteredProject } from './repositories';

/** An address of each page a signed-in person can open. */
export function everyAddress({ projectId, auditId, teamId }: RegisteredProject): string[] {
  const project = `/projects/${projectId}`;
  return [
    '/projects',
    '/projects/new',
    project,
    `${project}?explain=health`,
    `${project}?panel=trend&lines=integrity,tdd,flow,strict`,
    `${project}?panel=trend&lines=integrity,tdd,flow,strict&trend=table`,
    `${project}/findings`,
    `${project}/imports`,
    `${project}/webhook`,
    `${project}/deliveries`,
    `${project}/findings?tab=history`,
    `${project}/findings?tab=comments&state=all`,
    '/inbox',
    '/inbox?view=new',
    `${project}/magics/integrity`,
    `${project}/magics/servant`,
    `${project}/magics/predictive`,
    `${project}/hotspots`,
    `${project}/hotspots?in=src&heat=complexity&show=table`,
    `${project}/components`,
    `${project}/dependencies`,
    `${project}/not-evaluated`,
    '/rules?evidence=code&language=python',
    `${project}/configuration`,
    `${project}/configuration/history`,
    `${project}/audits`,
    `${project}/compare?to=${auditId}`,
    `${project}/compare?from=${auditId}&to=${auditId}&change=same`,
    '/audits',
    `/audits/${auditId}`,
    '/rules',
    '/rules/integrity/no-unfinished-code',
    `/teams/${teamId}`,
    `/teams/${teamId}/audit-log`,
    `/teams/${teamId}/members`,
    `/teams/${teamId}/tokens`,
    `/teams/${teamId}/hosts`,
    `/teams/${teamId}/hosts/app`,
    `/teams/${teamId}/notifications`,
    `/teams/${teamId}/notifications/new/slack`,
    `/teams/${teamId}/notifications/new/email`,
    `/teams/${teamId}/policy`,
    `/teams/${teamId}/policy?section=judging`,
    `/teams/${teamId}/policy?section=rules`,
    `/teams/${teamId}/policy?section=paths`,
    `/teams/${teamId}/policy?section=repository`,
    `/teams/${teamId}/policy?section=schedule`,
    `/teams/${teamId}/policy?section=overrides`,
    `/teams/${teamId}/policy/history`,
    `/teams/${teamId}/policy/recommended?project=${projectId}`,
    `/teams/${teamId}/gate`,
    '/operations',
    '/operations/scaling',
    '/operations/scaling/judge',
    '/operations/cluster',
    '/operations/cluster?view=yaml',
    '/account',
    '/docs/api',
    '/nowhere',
  ];
}

export const PUBLIC_ADDRESSES = [
  '/sign-in',
  '/forgot',
  '/setup',
  '/setup?token=0123456789abcdef',
  '/invite/not-the-link',
  '/reset/not-the-link',
  '/shared/not-the-link',
  '/mail-channel/not-the-link',
];

/** Opens an address and waits until its content, with its one title, has taken the place of the skeleton. */
export async function openPage(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.waitForFunction(
    () => document.querySelectorAll('h1').length === 1 && !document.querySelector('[aria-busy="true"]'),
  );
}
