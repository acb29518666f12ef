import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/noto-sans-jp/wght.css';
import type { Metadata, Viewport } from 'next';
import { cookies, headers } from 'next/headers';
import type { ReactNode } from 'react';
import { QueryProvider } from '@/components/api/QueryProvider';
import { ToastProvider } from '@/components/feedback/ToastProvider';
import { LeaveDialog } from '@/components/forms/LeaveDialog';
import { LocaleProvider } from '@/components/i18n/LocaleProvider';
import { AppTheme } from '@/components/theme/AppTheme';
import { SCHEME_COLOURS } from '@/components/theme/baseline';
import { DENSITY_COOKIE, parseDensity } from '@/components/theme/density';
import { parseMode, THEME_COOKIE } from '@/components/theme/mode';
import { getLocale, getMessages } from '@/lib/i18n/server';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getMessages();
  return { title: t.common.product, description: t.common.tagline, robots: { index: false } };
}

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: SCHEME_COLOURS.light },
    { media: '(prefers-color-scheme: dark)', color: SCHEME_COLOURS.dark },
  ],
};

// Runs before the first paint, only for readers who follow their system.
const FOLLOW_SYSTEM =
  "document.documentElement.dataset.theme=matchMedia('(prefers-color-scheme: dark)').matches?'dark':'light'";

export default async function RootLayout({ children }: { children: ReactNode }) {
  const [locale, cookieList, headerList] = await Promise.all([getLocale(), cookies(), headers()]);
  const nonce = headerList.get('x-nonce') ?? undefined;
  const mode = parseMode(cookieList.get(THEME_COOKIE)?.value);
  const density = parseDensity(cookieList.get(DENSITY_COOKIE)?.value);
  return (
    <html
      lang={locale.language}
      data-theme={mode === 'system' ? undefined : mode}
      data-density={density}
      suppressHydrationWarning
    >
      <body>
        {mode === 'system' && (
          // biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of this file, allowed by the page's nonce
          <script nonce={nonce} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: FOLLOW_SYSTEM }} />
        )}
        <AppTheme mode={mode} nonce={nonce}>
          <LocaleProvider language={locale.language} timeZone={locale.timeZone} now={locale.now}>
            <QueryProvider>
              <ToastProvider>
                {children}
                <LeaveDialog />
              </ToastProvider>
            </QueryProvider>
          </LocaleProvider>
        </AppTheme>
      </body>
    </html>
  );
}
