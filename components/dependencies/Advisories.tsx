import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { Mono } from '@/components/layout/Mono';
import { SeverityWord } from '@/components/marks/SeverityWord';
import type { DependencyView } from '@/lib/schemas/dependencies';

const SHOWN = 3;

/** The known vulnerabilities of a package, worst first; says so where nothing was compared or nothing is known. */
export function Advisories({ advisories, upgradeTo }: Pick<DependencyView, 'advisories' | 'upgradeTo'>) {
  const t = useMessages();
  const format = useFormat();
  if (advisories === null || advisories.length === 0) {
    return (
      <Box component="span" sx={{ typography: 'body2', color: 'elder.text3', whiteSpace: 'nowrap' }}>
        {advisories === null ? t.dependencies.notCompared : t.dependencies.noneKnown}
      </Box>
    );
  }
  return (
    <Box sx={{ display: 'grid', gap: 2 }}>
      {advisories.slice(0, SHOWN).map(({ id, summary, score, severity }) => (
        <Box key={id} sx={{ minWidth: 0 }}>
          <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: 2 }}>
            <SeverityWord severity={severity} t={t} />
            <Link href={`https://osv.dev/vulnerability/${encodeURIComponent(id)}`} title={t.common.opensHost}>
              <Mono>{id}</Mono>
            </Link>
            {score !== null && (
              <Box component="span" sx={QUIET}>
                {t.dependencies.score(format.number(score, 1))}
              </Box>
            )}
          </Box>
          <Box sx={{ ...QUIET, overflowWrap: 'anywhere' }} lang="en">
            {summary}
          </Box>
        </Box>
      ))}
      <Box sx={{ typography: 'body2' }}>
        {upgradeTo === null ? t.dependencies.noFix : t.dependencies.upgrade(upgradeTo)}
        {advisories.length > SHOWN && (
          <Box component="span" sx={{ color: 'elder.text3' }}>
            {t.common.comma}
            {t.dependencies.moreAdvisories(format.number(advisories.length - SHOWN))}
          </Box>
        )}
      </Box>
    </Box>
  );
}

const QUIET = { typography: 'body2', color: 'text.secondary' } as const;
