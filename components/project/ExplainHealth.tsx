'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Link from '@mui/material/Link';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableFooter from '@mui/material/TableFooter';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { useQuery } from '@tanstack/react-query';
import { callApi } from '@/components/api/client';
import { queryKeys } from '@/components/api/keys';
import { ErrorNote } from '@/components/feedback/ErrorNote';
import { RowSkeletons } from '@/components/feedback/Skeletons';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { Glyph } from '@/components/marks/Glyph';
import { MAGIC_IDS } from '@/lib/magics/types';
import type { AuditDetail, MagicCard } from '@/lib/schemas/audits';
import { type HealthSum, healthSum } from './health-sum';
import { reducedWeight } from './reduced-weight';

/** The sum behind the health of an audit; it ends in the number that is shown. */
export function ExplainHealth({ auditId, onClose }: { auditId: string; onClose: () => void }) {
  const t = useMessages();
  const format = useFormat();
  const query = useQuery({
    queryKey: queryKeys.audit(auditId),
    queryFn: ({ signal }) => callApi<AuditDetail>(`/audits/${auditId}`, { signal }),
  });
  const audit = query.data;
  const sum = audit ? healthSum(cardsOf(audit), audit.healthScore) : null;
  return (
    <Dialog open onClose={onClose} fullWidth aria-labelledby="explain-title">
      <DialogTitle id="explain-title">{t.project.explain.title(audit?.number ?? 0)}</DialogTitle>
      <DialogContent>
        <Box component="p" sx={{ color: 'text.secondary', mb: 2 }}>
          {t.project.explain.lead}
        </Box>
        {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
        {query.isPending && <RowSkeletons rows={8} height={36} />}
        {audit && sum && <Sum sum={sum} projectId={audit.projectId} />}
        {sum && sum.coverage < 1 && (
          <Box component="p" sx={{ typography: 'body2', color: 'text.secondary', mt: 2 }}>
            {t.project.explain.covered(format.percent(sum.coverage))}
          </Box>
        )}
      </DialogContent>
      <DialogActions>
        <Button variant="outlined" onClick={onClose}>
          {t.common.close}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

/** What counts in the health, in the fixed order of the magics. */
function cardsOf({ magics, keptMagics }: AuditDetail): MagicCard[] {
  const all = [...magics, ...keptMagics];
  return MAGIC_IDS.flatMap((magic) => all.find((card) => card.magic === magic) ?? []);
}

function Sum({ sum, projectId }: { sum: HealthSum; projectId: string }) {
  const t = useMessages();
  const format = useFormat();
  const { columns } = t.project.explain;
  const exact = (value: number) => value.toFixed(1);
  const weight = (value: number) => format.number(value, Number.isInteger(value) ? 0 : 1);
  const rows = sum.rows.map((row) => ({ ...row, reduced: reducedWeight(row.card) }));
  return (
    <Table sx={TABLE}>
      <TableHead>
        <TableRow>
          <TableCell>{columns.magic}</TableCell>
          <TableCell align="right">{columns.weight}</TableCell>
          <TableCell align="right">{columns.score}</TableCell>
          <TableCell align="right">{columns.points}</TableCell>
        </TableRow>
      </TableHead>
      <TableBody>
        {rows.map(({ card, points, reduced }) => (
          <TableRow key={card.magic}>
            <TableCell component="th" scope="row">
              <Link href={`/projects/${projectId}/magics/${card.magic}`} color="inherit" sx={NAME}>
                <Glyph magic={card.magic} />
                {t.common.magics[card.magic]}
              </Link>
              {card.keptFrom !== null && (
                <Box
                  component="span"
                  sx={{ typography: 'body2', color: 'elder.text3', ml: 2, verticalAlign: 'middle' }}
                >
                  {t.project.cards.keptFrom(card.keptFrom)}
                </Box>
              )}
              {reduced && (
                <Box sx={{ typography: 'body2', color: 'elder.text3', fontWeight: 400, pb: 1 }}>
                  {t.project.explain.reduced(format.percent(reduced.counted), format.percent(reduced.judged))}
                </Box>
              )}
            </TableCell>
            <TableCell align="right">
              {reduced
                ? t.project.explain.little(weight(card.weight), format.percent(reduced.counted))
                : weight(card.weight)}
            </TableCell>
            <TableCell align="right">{card.score === null ? '–' : exact(card.score)}</TableCell>
            <TableCell align="right">
              {points === null ? (
                <Box component="span" sx={{ color: 'elder.text3' }}>
                  {t.project.explain.leftOut}
                </Box>
              ) : (
                exact(points)
              )}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
      <TableFooter>
        <TableRow>
          <TableCell component="th" scope="row" colSpan={2}>
            {t.project.explain.total}
          </TableCell>
          <TableCell align="right" colSpan={2}>
            {t.project.explain.totalShown(exact(sum.total), format.score(sum.total))}
          </TableCell>
        </TableRow>
      </TableFooter>
    </Table>
  );
}

const NAME = {
  display: 'inline-flex',
  alignItems: 'center',
  gap: 2,
  fontWeight: 400,
  minHeight: 24,
  verticalAlign: 'middle',
} as const;

const TABLE = {
  '& td, & th': { px: 1, height: 34, backgroundColor: 'transparent' },
  '& tfoot td, & tfoot th': { fontWeight: 600, color: 'text.primary', fontSize: '0.8125rem', borderBottom: 0 },
} as const;
