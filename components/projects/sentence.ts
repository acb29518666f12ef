import type { Format } from '@/lib/i18n/format';
import type { Messages } from '@/lib/i18n/messages';
import type { Portfolio } from '@/lib/schemas/projects';

/** "Portfolio health 81, up 2 in 30 days. Three gates fail; …": what needs somebody, in one line. */
export function portfolioSentence(portfolio: Portfolio, t: Messages, format: Format): string {
  const { health, healthChange30d, healthChangeSince, gatesFailed, newCritical } = portfolio;
  const shownHealth = health === null ? null : format.score(health);
  const change = changeWords(healthChange30d, t, format);
  const spanned = change && t.projects.within[healthChangeSince](change);
  return t.projects.summary(shownHealth, spanned, gatesFailed, newCritical);
}

function changeWords(change: number | null, t: Messages, format: Format): string | null {
  if (change === null) return null;
  const shown = Math.round(change);
  if (shown === 0) return t.projects.unchanged;
  const points = format.number(Math.abs(shown));
  return shown > 0 ? t.projects.up(points) : t.projects.down(points);
}
