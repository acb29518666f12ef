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
import { valueText } from '@/components/magic/value-text';
import { Glyph } from '@/components/marks/Glyph';
import type { Messages } from '@/lib/i18n/messages';
import { textOf } from '@/lib/i18n/text-of';
import type { AuditComparison, ComparedRule } from '@/lib/schemas/comparisons';

type Side = ComparedRule['from'];

/** Each rule whose value, score or outcome differs. */
export function ComparedRules({ magics }: Pick<AuditComparison, 'magics'>) {
  const t = useMessages();
  const format = useFormat();
  const words = t.compare.rules;
  const measuredOf = (side: Side, { limits }: ComparedRule) =>
    side && side.value !== null ? valueText(side.value, { rule: { limits } }, format) : '–';
  const scoreOf = (side: Side) => {
    if (!side) return words.notAsked;
    if (side.score !== null) return format.score(side.score);
    return outcomeWord(side.outcome, t);
  };
  const pair = (from: string, to: string) => (from === to ? to : words.arrow(from, to));
  const all = magics.flatMap(({ magic, rules }) =>
    rules
      .filter(({ isChanged }) => isChanged)
      .map((rule) => ({
        magic,
        rule,
        value: pair(measuredOf(rule.from, rule), measuredOf(rule.to, rule)),
        score: pair(scoreOf(rule.from), scoreOf(rule.to)),
      })),
  );
  const changed = all.filter(
    ({ rule, value, score }) => value !== measuredOf(rule.to, rule) || score !== scoreOf(rule.to),
  );
  const unseen = all.length - changed.length;
  return (
    <Panel
      title={words.title}
      meta={changed.length > 0 ? format.number(changed.length) : null}
      headingId="rules"
      isFlush
    >
      {changed.length === 0 ? (
        <Box component="p" sx={{ p: 4, color: 'text.secondary' }}>
          {words.none}
        </Box>
      ) : (
        <Table sx={TABLE} aria-labelledby="rules">
          <TableHead>
            <TableRow>
              <TableCell>{words.rule}</TableCell>
              <TableCell align="right">{words.value}</TableCell>
              <TableCell align="right">{words.score}</TableCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {changed.map(({ magic, rule, value, score }) => (
              <TableRow key={rule.ruleId}>
                <TableCell component="th" scope="row">
                  <Box component="span" sx={{ display: 'inline-flex', gap: '8px' }}>
                    <Glyph magic={magic} />
                    {rule.title ? (
                      <Link href={`/rules/${rule.ruleId}`} color="inherit">
                        {rule.title[format.language]}
                      </Link>
                    ) : (
                      <code>{rule.ruleId}</code>
                    )}
                  </Box>
                </TableCell>
                <TableCell align="right">{value}</TableCell>
                <TableCell align="right">{score}</TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
      {unseen > 0 && (
        <Box component="p" sx={{ px: 4, py: 3, typography: 'body2', color: 'elder.text3' }}>
          {words.unseen(unseen)}
        </Box>
      )}
    </Panel>
  );
}

function outcomeWord(outcome: string, t: Messages): string {
  return textOf(t.magic.outcome, outcome) ?? t.common.noScore;
}

const TABLE = {
  tableLayout: 'fixed',
  '& td, & th': { verticalAlign: 'top', px: { xs: 2, md: 4 }, py: '8px', overflowWrap: 'anywhere' },
  '& th:first-of-type': { width: '50%' },
  '& tbody tr:last-of-type > *': { borderBottom: 0 },
} as const;
