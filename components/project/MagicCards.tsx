'use client';

import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { AppLink } from '@/components/theme/AppLink';
import type { AuditProgress, MagicCard } from '@/lib/schemas/audits';
import { MagicCardBody, MagicCardBox } from './MagicCardBox';
import { MagicRow } from './MagicRow';
import type { ProjectNames } from './names';

interface MagicCardsProps {
  projectId: string;
  cards: readonly MagicCard[];
  progress: AuditProgress | null;
  /** The audit has ended: what it did not judge, it never will. */
  isOver?: boolean;
  groups: ProjectNames['groups'];
  /** Runs one magic again; left out for those who may not. */
  onRerun?: ((card: MagicCard) => void) | undefined;
}

/** Eight cards in the fixed order, which fill in place; on phones rows that open. */
export function MagicCards({ projectId, cards, progress, isOver = false, groups, onRerun }: MagicCardsProps) {
  const t = useMessages();
  // While an audit runs, what its stages say: the two stand on one page.
  const judged = progress?.magicsDone ?? cards.filter(({ score }) => score !== null).length;
  const skipped = cards.reduce((sum, card) => sum + card.skipped.length, 0);
  const shared = { projectId, progress, isOver, groups, onRerun };
  return (
    <Box component="section" aria-labelledby="magics">
      <Box sx={HEAD}>
        <Box component="h2" id="magics" sx={{ typography: 'h2' }}>
          {t.project.cards.title}
        </Box>
        {skipped > 0 && !isOver && (
          <Link component={AppLink} href={`/projects/${projectId}/not-evaluated`} prefetch={false} sx={SKIPPED}>
            {t.notEvaluated.link(skipped)}
          </Link>
        )}
        <Box component="span" sx={{ typography: 'body2', color: 'elder.text3', ml: 'auto' }}>
          {t.project.cards.judged(judged, cards.length)}
          {progress && judged < cards.length && ` · ${t.project.cards.rest}`}
        </Box>
      </Box>
      <Box component="ul" sx={GRID}>
        {cards.map((card) => (
          <Box component="li" key={card.magic} sx={{ minWidth: 0, display: 'flex' }}>
            <MagicCardBox card={card} {...shared} />
          </Box>
        ))}
      </Box>
      <Box sx={ROWS}>
        {cards.map((card) => (
          <MagicRow key={card.magic} card={card} projectId={projectId} isOver={isOver}>
            <MagicCardBody card={card} {...shared} />
          </MagicRow>
        ))}
      </Box>
    </Box>
  );
}

const HEAD = { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 2, mb: '10px' } as const;

const SKIPPED = { typography: 'body2', minHeight: 24, display: 'inline-flex', alignItems: 'center' } as const;

const GRID = {
  display: { xs: 'none', sm: 'grid' },
  gridTemplateColumns: { sm: 'repeat(2, minmax(0, 1fr))', lg: 'repeat(4, minmax(0, 1fr))' },
  gap: 3,
} as const;

const ROWS = {
  display: { xs: 'block', sm: 'none' },
  mx: -4,
  bgcolor: 'background.paper',
  borderBlock: 1,
  borderColor: 'divider',
} as const;
