'use client';

import Box from '@mui/material/Box';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { Panel } from '@/components/layout/Panel';
import { Glyph } from '@/components/marks/Glyph';
import { bandColour } from '@/components/scores/band';
import { ScoreBar } from '@/components/scores/ScoreBar';
import type { TeamMagic } from '@/lib/schemas/teams';

/** The mean of each magic over the team's projects; what nobody judged has no bar. */
export function TeamMagicsPanel({ magics }: { magics: readonly TeamMagic[] }) {
  const t = useMessages();
  const words = t.teamOverview;
  const isJudged = magics.some(({ score }) => score !== null);
  return (
    <Panel title={words.magics} meta={isJudged && words.magicsAbout} headingId="team-magics" isFlush>
      {isJudged ? (
        <Box component="ul" aria-label={words.magicsList} sx={{ py: 2 }}>
          {magics.map((magic) => (
            <MagicLine key={magic.magic} {...magic} />
          ))}
        </Box>
      ) : (
        <Box component="p" sx={{ px: 4, py: 4, color: 'text.secondary' }}>
          {words.noMagics}
        </Box>
      )}
    </Panel>
  );
}

function MagicLine({ magic, score, judged, failed, warning }: TeamMagic) {
  const t = useMessages();
  const format = useFormat();
  const words = t.teamOverview;
  const facts = [
    words.judged(format.number(judged)),
    ...(failed > 0 ? [words.failed(format.number(failed))] : []),
    ...(warning > 0 ? [words.warning(format.number(warning))] : []),
  ];
  return (
    <Box component="li" sx={LINE}>
      <Glyph magic={magic} />
      <Box sx={{ minWidth: 0 }}>
        <Box sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 3, alignItems: 'baseline' }}>
          <Box component="span" sx={{ fontWeight: 500 }}>
            {t.common.magics[magic]}
          </Box>
          <Box component="span" sx={{ typography: 'body2', color: 'elder.text3' }}>
            {facts.join(' · ')}
          </Box>
        </Box>
        {score !== null && (
          <Box sx={{ mt: '3px' }}>
            <ScoreBar value={score} colour={bandColour(score)} />
          </Box>
        )}
      </Box>
      <Box component="span" sx={{ fontWeight: 600, textAlign: 'right' }}>
        {score === null ? (
          <Box component="span" sx={{ typography: 'body2', color: 'elder.text3' }}>
            {t.common.noScore}
          </Box>
        ) : (
          format.score(score)
        )}
      </Box>
    </Box>
  );
}

const LINE = {
  display: 'grid',
  gridTemplateColumns: '20px minmax(0, 1fr) minmax(36px, auto)',
  gap: 3,
  alignItems: 'center',
  px: 4,
  py: '5px',
} as const;
