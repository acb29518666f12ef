import type { paths } from '@/integrations/client/api-types';
import { CLI_TEXTS } from '@/lib/i18n/cli';
import type { Language } from '@/lib/magics/types';
import { padEnd, plain, widthOf } from '@/lib/reports/terminal';

export type Me = paths['/api/v1/me']['get']['responses'][200]['content']['application/json'];

const DAY_MS = 24 * 60 * 60_000;

/** Who asks, and what the token may do until when. */
export function describeMe(
  { name, email, teams, token }: Me,
  url: string,
  language: Language,
  now = Date.now(),
): string {
  const t = CLI_TEXTS[language].remote.who;
  const rows: [string, string][] = [
    [t.server, url],
    [t.name, `${name} <${email}>`],
    ...teams.map(({ teamName, role }): [string, string] => [t.team, `${teamName} (${t.roles[role]})`]),
  ];
  if (token) {
    const { scopes, expiresAt } = token;
    const days = expiresAt === null ? 0 : Math.max(0, Math.floor((Date.parse(expiresAt) - now) / DAY_MS));
    rows.push(
      [t.token, token.name],
      [t.scopes, scopes.join(', ')],
      [t.expires, expiresAt === null ? t.never : t.inDays(expiresAt.slice(0, 10), days)],
    );
  }
  const width = Math.max(...rows.map(([label]) => widthOf(label)));
  return rows.map(([label, value]) => `  ${padEnd(label, width)}  ${plain(value)}\n`).join('');
}
