'use client';

import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { Panel } from '@/components/layout/Panel';
import { Glyph } from '@/components/marks/Glyph';
import { StatusMark } from '@/components/marks/StatusMark';
import { StatusWord } from '@/components/marks/StatusWord';
import { Change } from '@/components/scores/Change';
import { gateWords } from '@/lib/i18n/gate-words';
import { shownChange } from '@/lib/i18n/shown-change';
import type { AuditComparison, ComparedAudit, ComparedMagic } from '@/lib/schemas/comparisons';

/** Health, gate and each magic of both audits, side by side. */
export function ComparedScores({ comparison }: { comparison: AuditComparison }) {
  const t = useMessages();
  const format = useFormat();
  const { from, to, magics, projectId } = comparison;
  const words = t.compare.scores;
  return (
    <Panel title={words.title} headingId="scores" isFlush>
      <Table sx={TABLE} aria-labelledby="scores">
        <TableHead>
          <TableRow>
            <TableCell>{words.what}</TableCell>
            {[from, to].map(({ auditId, number }) => (
              <TableCell key={auditId} align="right">
                <Link href={`/audits/${auditId}`} color="inherit">
                  #{number}
                </Link>
              </TableCell>
            ))}
            <TableCell align="right">{words.change}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          <TableRow>
            <TableCell component="th" scope="row">
              {words.health}
            </TableCell>
            {[from, to].map((audit) => (
              <TableCell key={audit.auditId} align="right">
                <b>{scoreOf(audit.healthScore)}</b>
              </TableCell>
            ))}
            <TableCell align="right">
              <ChangeOf before={from.healthScore} after={to.healthScore} />
            </TableCell>
          </TableRow>
          {magics.map((magic) => (
            <TableRow key={magic.magic}>
              <TableCell component="th" scope="row">
                <Link href={`/projects/${projectId}/magics/${magic.magic}`} color="inherit" sx={NAME}>
                  <Glyph magic={magic.magic} />
                  {t.common.magics[magic.magic]}
                </Link>
              </TableCell>
              <TableCell align="right">
                <Side side={magic.from} />
              </TableCell>
              <TableCell align="right">
                <Side side={magic.to} />
              </TableCell>
              <TableCell align="right">
                <ChangeOf before={magic.from?.score ?? null} after={magic.to?.score ?? null} />
              </TableCell>
            </TableRow>
          ))}
          <TableRow>
            <TableCell component="th" scope="row">
              {words.gate}
            </TableCell>
            {[from, to].map((audit) => (
              <TableCell key={audit.auditId} align="right">
                <Gate audit={audit} />
              </TableCell>
            ))}
            <TableCell />
          </TableRow>
        </TableBody>
      </Table>
    </Panel>
  );

  function scoreOf(score: number | null) {
    return score === null ? t.common.noScore : format.score(score);
  }
}

function Side({ side }: { side: ComparedMagic['from'] }) {
  const t = useMessages();
  const format = useFormat();
  if (!side) return <Quiet>{t.compare.scores.notAsked}</Quiet>;
  const { status, score, coverage } = side;
  return (
    <>
      <Box component="span" sx={{ display: 'inline-flex', alignItems: 'center', gap: '6px', whiteSpace: 'nowrap' }}>
        <StatusMark status={status} label={t.common.status[status]} />
        {score === null ? t.common.noScore : format.score(score)}
      </Box>
      {coverage !== null && coverage < 1 && (
        <Box sx={{ typography: 'caption', color: 'elder.text3' }}>
          {t.compare.scores.judged(format.percent(coverage))}
        </Box>
      )}
    </>
  );
}

function Gate({ audit }: { audit: ComparedAudit }) {
  const t = useMessages();
  if (!audit.gate) return <Quiet>–</Quiet>;
  return (
    <>
      <StatusWord status={audit.gate}>{t.common.status[audit.gate]}</StatusWord>
      <Box sx={{ typography: 'body2', color: 'elder.text3' }}>{gateWords(audit, t)}</Box>
    </>
  );
}

function ChangeOf({ before, after }: { before: number | null; after: number | null }) {
  const format = useFormat();
  if (before === null || after === null) return <Quiet>–</Quiet>;
  return <Change value={shownChange(before, after)} format={format} />;
}

function Quiet({ children }: { children: string }) {
  return (
    <Box component="span" sx={{ color: 'elder.text3' }}>
      {children}
    </Box>
  );
}

const NAME = { display: 'inline-flex', alignItems: 'center', gap: '8px' } as const;

const TABLE = {
  tableLayout: 'fixed',
  '& td, & th': { verticalAlign: 'top', px: { xs: 2, md: 4 }, py: '8px', overflowWrap: 'anywhere' },
  '& th:first-of-type': { width: { xs: '36%', md: '34%' } },
  '& th:last-of-type, & td:last-of-type': { width: { xs: '16%', md: '14%' } },
  '& tbody tr:last-of-type > *': { borderBottom: 0 },
} as const;
