import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import type { ReactNode } from 'react';
import type { Format } from '@/lib/i18n/format';
import type { Messages } from '@/lib/i18n/messages';
import type { RuleView } from '@/lib/schemas/magics';
import { languageNames } from './language-names';

interface RuleFactsProps {
  rule: RuleView;
  group: string;
  t: Messages;
  format: Format;
}

export function RuleFacts({ rule, group, t, format }: RuleFactsProps) {
  const lines: [string, ReactNode][] = [
    [t.rules.columns.severity, severityText(rule, t)],
    [t.rules.columns.group, group],
    [t.rules.columns.confidence, format.percent(rule.confidence)],
    [t.rules.weight, format.number(rule.weight, 2)],
    [t.rules.byEvidence, format.list(rule.evidenceKinds.map((kind) => t.rules.evidence[kind]))],
    [
      t.rules.languages,
      rule.languages.length === 0
        ? t.rules.allLanguages
        : t.rules.ofExamples(languageNames(rule.languages).join(t.common.comma)),
    ],
    [t.rules.needs, <code key="needs">{rule.evidence.join(', ')}</code>],
  ];
  if (rule.tags.length > 0) lines.push([t.rules.tags, rule.tags.join(' · ')]);
  if (rule.references.length > 0)
    lines.push([t.rules.references, <References key="references" of={rule.references} />]);
  return (
    <Box component="dl" sx={{ display: 'grid', gridTemplateColumns: '140px minmax(0, 1fr)', gap: '6px 12px' }}>
      {lines.map(([name, value]) => (
        <Box key={name} sx={{ display: 'contents' }}>
          <Box component="dt" sx={{ color: 'elder.text3' }}>
            {name}
          </Box>
          <Box component="dd" sx={{ minWidth: 0, overflowWrap: 'anywhere' }}>
            {value}
          </Box>
        </Box>
      ))}
    </Box>
  );
}

function severityText({ severity, upTo, cap }: RuleView, t: Messages): string {
  const names = t.common.severity;
  const own = upTo ? t.rules.upTo(names[severity], names[upTo]) : names[severity];
  return cap ? `${own}${t.common.semicolon}${t.rules.cap(cap.findings, names[cap.severity], cap.limit)}` : own;
}

function References({ of }: { of: readonly string[] }) {
  return of.map((reference) => (
    <Box key={reference}>
      {/^https?:/.test(reference) ? <Link href={reference}>{reference.replace(/^https?:\/\//, '')}</Link> : reference}
    </Box>
  ));
}
