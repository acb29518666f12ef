'use client';

import Box from '@mui/material/Box';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableFooter from '@mui/material/TableFooter';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import type { MagicDetail } from '@/lib/schemas/magics';
import { scoreSum } from './score-sum';

/** How the score is made, rule by rule, down to the number in the head of the page. */
export function ScoreSumTable({ detail }: { detail: MagicDetail }) {
  const t = useMessages();
  const format = useFormat();
  const words = t.magic.sum;
  const sum = scoreSum(detail);
  const exact = (value: number) => value.toFixed(1);
  const titleOf = (ruleId: string) =>
    detail.rules.find((one) => one.ruleId === ruleId)?.rule.title[format.language] ?? ruleId;
  return (
    <Box component="section" aria-labelledby="sum" sx={{ p: { xs: 4, md: 5 } }}>
      <Box component="h2" id="sum" sx={{ typography: 'h2' }}>
        {words.title}
      </Box>
      <Box component="p" sx={{ color: 'text.secondary', mb: 2 }}>
        {sum ? words.lead : words.noScore}
      </Box>
      {sum && (
        <Table sx={TABLE} aria-labelledby="sum">
          <TableHead>
            <TableRow>
              <TableCell>{words.columns.rule}</TableCell>
              <TableCell align="right">{words.columns.score}</TableCell>
              <TableCell align="right" className="share">
                {words.columns.share}
              </TableCell>
              <TableCell align="right">{words.columns.points}</TableCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {sum.rows.map(({ rule, points }) => (
              <TableRow key={rule.ruleId}>
                <TableCell component="th" scope="row">
                  {rule.rule.title[format.language]}
                </TableCell>
                <TableCell align="right">{format.score(rule.score ?? 0)}</TableCell>
                <TableCell align="right" className="share">
                  {format.percent(rule.share ?? 0, 1)}
                </TableCell>
                <TableCell align="right">{exact(points)}</TableCell>
              </TableRow>
            ))}
          </TableBody>
          <TableFooter>
            {sum.cap && (
              <>
                <TableRow>
                  <TableCell component="th" scope="row" colSpan={2}>
                    {words.total}
                  </TableCell>
                  <TableCell align="right" colSpan={2}>
                    {exact(sum.total)}
                  </TableCell>
                </TableRow>
                <TableRow>
                  <TableCell component="th" scope="row" colSpan={2}>
                    {words.cap(titleOf(sum.cap.ruleId))}
                  </TableCell>
                  <TableCell align="right" colSpan={2}>
                    {words.capText(format.number(sum.cap.limit))}
                  </TableCell>
                </TableRow>
              </>
            )}
            <TableRow>
              <TableCell component="th" scope="row" colSpan={2}>
                {words.shown}
              </TableCell>
              <TableCell align="right" colSpan={2}>
                {words.shownAs(exact(sum.score), format.score(sum.score))}
              </TableCell>
            </TableRow>
          </TableFooter>
        </Table>
      )}
    </Box>
  );
}

const TABLE = {
  maxWidth: 720,
  '& td, & th': { px: 1, height: 34, backgroundColor: 'transparent' },
  '& tbody th': { fontWeight: 400, py: '5px' },
  '& tfoot td, & tfoot th': { fontWeight: 600, color: 'text.primary', fontSize: '0.8125rem', py: '5px' },
  '& tfoot tr:last-of-type > *': { borderBottom: 0 },
  '@media (max-width: 599.95px)': { '& .share': { display: 'none' } },
} as const;
