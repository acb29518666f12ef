'use client';

import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import Link from '@mui/material/Link';
import Tab from '@mui/material/Tab';
import Tabs from '@mui/material/Tabs';
import type { ReactNode } from 'react';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { CopyButton } from '@/components/layout/CopyButton';
import { Mono } from '@/components/layout/Mono';
import { SeenText } from '@/components/layout/SeenText';
import { Glyph } from '@/components/marks/Glyph';
import { Icon } from '@/components/marks/Icon';
import { SeverityWord } from '@/components/marks/SeverityWord';
import { useAddress } from '@/components/project/use-address';
import type { Format } from '@/lib/i18n/format';
import type { Messages } from '@/lib/i18n/messages';
import { showHidden } from '@/lib/magics/hidden-text';
import type { FindingView } from '@/lib/schemas/findings';
import type { VerdictView } from '@/lib/schemas/triage';
import { AlsoReportedBy } from './AlsoReportedBy';
import { FindingCode } from './FindingCode';
import { FindingComments } from './FindingComments';
import { FindingFix } from './FindingFix';
import { FindingHistory } from './FindingHistory';
import { FindingMessage } from './FindingMessage';
import { ImportedWhy } from './ImportedWhy';
import type { RuleCost } from './rule-cost';
import type { RuleTexts } from './rule-texts';
import { StateChip } from './StateChip';
import { useOrigin } from './use-origin';
import { useRuleCost } from './use-rule-cost';

interface FindingDetailProps {
  finding: FindingView;
  rule: RuleTexts | undefined;
  repositoryUrl: string;
  /** "4 of 63" in the list, when it is in it. */
  position: string | null;
  canTriage: boolean;
  /** How often somebody asked to write a comment. */
  writing: number;
  onStopWriting: () => void;
  onClose: () => void;
}

const TABS = ['code', 'why', 'history', 'comments'] as const;

/** One finding: what, since when, how sure; then its code, or why it matters and what to do. */
export function FindingDetail({
  finding,
  rule,
  repositoryUrl,
  position,
  canTriage,
  writing,
  onStopWriting,
  onClose,
}: FindingDetailProps) {
  const t = useMessages();
  const { parameters, change } = useAddress();
  const tab = writing > 0 ? 'comments' : (TABS.find((one) => one === parameters.get('tab')) ?? 'code');
  const { findingId, severity, state, magic, ruleId } = finding;
  return (
    <Box component="article" aria-labelledby="finding-title" sx={{ minWidth: 0 }}>
      <Box sx={{ px: { xs: 4, md: 5 }, pt: '14px' }}>
        <Box sx={HEAD}>
          <Box sx={{ display: 'flex', [WIDE]: { display: 'none' } }}>
            <IconButton aria-label={t.findings.back} onClick={onClose} sx={{ ml: '-14px', my: '-8px' }}>
              <Icon name="left" />
            </IconButton>
          </Box>
          <SeverityWord severity={severity} t={t} />
          <StateChip state={state} t={t} />
          {magic === 'imported' ? (
            <span>{t.imports.from(finding.source?.tool ?? '')}</span>
          ) : (
            <Box
              component="span"
              sx={{ display: 'inline-flex', alignItems: 'center', gap: '6px', color: 'text.secondary' }}
            >
              <Glyph magic={magic} />
              {t.common.magics[magic]}
            </Box>
          )}
          <Mono>{ruleId}</Mono>
          <Box component="span" sx={{ ml: 'auto', display: 'inline-flex', alignItems: 'center', gap: 1, my: '-8px' }}>
            <LinkCopy label={t.findings.copyLink} findingId={findingId} />
            {position}
          </Box>
        </Box>
        <Box component="h2" id="finding-title" sx={TITLE}>
          <FindingMessage finding={finding} />
        </Box>
        <Facts finding={finding} rule={rule} />
        <Tabs
          value={tab}
          onChange={(_, value: string) => {
            onStopWriting();
            change({ tab: value === 'code' ? null : value });
          }}
          aria-label={t.findings.tabs.label}
          sx={{ mt: 2 }}
        >
          {TABS.map((one) => (
            <Tab key={one} value={one} label={nameOf(one, t)} id={`tab-${one}`} aria-controls={`panel-${one}`} />
          ))}
        </Tabs>
      </Box>
      <Box
        role="tabpanel"
        id={`panel-${tab}`}
        aria-labelledby={`tab-${tab}`}
        sx={{ borderTop: 1, borderColor: 'divider' }}
      >
        {tab === 'code' && (
          <>
            <FindingCode finding={finding} repositoryUrl={repositoryUrl} />
            {!finding.source && <FindingFix finding={finding} rule={rule} />}
          </>
        )}
        {tab === 'history' && <FindingHistory findingId={findingId} />}
        {tab === 'comments' && <FindingComments findingId={findingId} canWrite={canTriage} writing={writing} />}
        {tab === 'why' && finding.source && <ImportedWhy source={finding.source} />}
        {tab === 'why' && !finding.source && (
          <Box sx={{ px: { xs: 4, md: 5 }, py: 4, display: 'grid', gap: 4 }}>
            <Prose title={t.findings.why}>{rule?.why}</Prose>
            <Prose title={t.findings.how}>{rule?.fix}</Prose>
            <Link href={`/rules/${ruleId}`}>{t.findings.rulePage}</Link>
          </Box>
        )}
      </Box>
    </Box>
  );
}

function nameOf(tab: (typeof TABS)[number], t: Messages): string {
  return tab === 'history' || tab === 'comments' ? t.triage.tabs[tab] : t.findings.tabs[tab];
}

/** The address is known in the browser alone; it is the page with nothing but this finding chosen. */
function LinkCopy({ label, findingId }: { label: string; findingId: string }) {
  const address =
    typeof window === 'undefined' ? '' : `${window.location.origin}${window.location.pathname}?finding=${findingId}`;
  return <CopyButton value={address} label={label} />;
}

function Facts({ finding, rule }: Pick<FindingDetailProps, 'finding' | 'rule'>) {
  const t = useMessages();
  const format = useFormat();
  const words = t.findings.facts;
  const { firstSeenAt, confidence, path, startLine, endLine, commits } = finding;
  const facts: [string, ReactNode][] = [];
  if (firstSeenAt) {
    facts.push([
      words.firstSeen,
      <span key="seen" title={format.dateTime(firstSeenAt)}>
        {format.ago(firstSeenAt)}
      </span>,
    ]);
  }
  const origin = useOrigin(finding);
  if (origin?.introducedCommit) {
    const { introducedCommit, introducedAt } = origin;
    facts.push([
      t.triage.facts.introduced,
      <span key="introduced" title={introducedAt ? format.dateTime(introducedAt) : undefined}>
        <Mono title={introducedCommit}>{introducedCommit.slice(0, 7)}</Mono> {introducedAt && format.ago(introducedAt)}
      </span>,
    ]);
  }
  if (origin?.ownerSource) {
    facts.push([
      t.triage.facts.owner,
      <span key="owner">
        <SeenText>{origin.owners.join(' ')}</SeenText>{' '}
        <Box component="span" sx={{ fontWeight: 400, color: 'text.secondary' }}>
          {t.triage.facts.sources[origin.ownerSource]}
        </Box>
      </span>,
    ]);
  }
  if (finding.assignee) facts.push([t.triage.facts.assignee, showHidden(finding.assignee.name)]);
  const cost = useRuleCost(finding);
  if (cost && finding.magic !== 'imported') {
    facts.push([words.costs, costText(cost, t.common.magics[finding.magic], t, format)]);
  }
  facts.push([words.confidence, format.percent(confidence)]);
  if (path && startLine) facts.push([words.place, t.findings.lines(startLine, endLine ?? startLine)]);
  if (finding.verdict) facts.push([t.triage.facts.verdict, <VerdictNote key="verdict" verdict={finding.verdict} />]);
  if (finding.suppression) {
    facts.push([words.suppressed, <SuppressionNote key="suppressed" suppression={finding.suppression} />]);
  }
  if (commits.length > 0) facts.push([words.commits, <Commits key="commits" ids={commits} />]);
  if (finding.alsoReportedBy.length > 0) {
    facts.push([
      t.imports.alsoReportedBy,
      <AlsoReportedBy key="also" findings={finding.alsoReportedBy} projectId={finding.projectId} />,
    ]);
  }
  if (rule && rule.tags.length > 0) facts.push([words.tags, rule.tags.join(' · ')]);
  return (
    <Box component="dl" sx={FACTS}>
      {facts.map(([name, value]) => (
        <Box key={name} sx={{ minWidth: 0 }}>
          <Box component="dt" sx={{ color: 'elder.text3' }}>
            {name}
          </Box>
          <Box component="dd" sx={{ fontWeight: 500, overflowWrap: 'anywhere' }}>
            {value}
          </Box>
        </Box>
      ))}
    </Box>
  );
}

/** A score is of a rule, never of one finding: what one alone costs is told only where it is the only one. */
function costText({ points, findings, cap }: RuleCost, magic: string, t: Messages, format: Format): string {
  const words = t.findings.costs;
  const lost = points === 0 ? words.nothing : words.points(format.number(points, 1), magic);
  const shared = points > 0 && findings > 1 ? words.together(format.number(findings)) : null;
  return [lost, shared, cap !== null && words.cap(format.number(cap))].filter(Boolean).join(t.common.comma);
}

function VerdictNote({ verdict: { verdict, reason, until, isInForce, givenBy } }: { verdict: VerdictView }) {
  const t = useMessages();
  const words = t.triage.facts;
  const rest = [givenBy && words.by(givenBy.name), until && (isInForce ? words.until(until) : words.ended(until))];
  return (
    <>
      {t.findings.states[verdict]}: <SeenText>{reason}</SeenText>{' '}
      <Box component="span" sx={{ fontWeight: 400, color: 'text.secondary' }}>
        {rest.filter(Boolean).join(' · ')}
      </Box>
    </>
  );
}

function SuppressionNote({ suppression }: { suppression: NonNullable<FindingView['suppression']> }) {
  const t = useMessages();
  const words = t.findings.suppression;
  const { reason, path, line, expires } = suppression;
  const place = showHidden(`${path}:${line}`);
  return (
    <>
      <SeenText>{reason}</SeenText>{' '}
      <Box component="span" sx={{ fontWeight: 400, color: 'text.secondary' }}>
        {expires === null ? words.comment(place) : words.settings(place, expires)}
      </Box>
    </>
  );
}

const COMMITS_SHOWN = 3;

function Commits({ ids }: { ids: readonly string[] }) {
  const t = useMessages();
  return (
    <>
      <Mono title={ids.join('\n')}>
        {ids
          .slice(0, COMMITS_SHOWN)
          .map((id) => id.slice(0, 7))
          .join(' ')}
      </Mono>
      {ids.length > COMMITS_SHOWN && ` ${t.findings.alsoMore(ids.length - COMMITS_SHOWN)}`}
    </>
  );
}

function Prose({ title, children }: { title: string; children: string | undefined }) {
  return (
    <div>
      <Box component="h3" sx={{ typography: 'h3', mb: 1 }}>
        {title}
      </Box>
      <Box component="p" sx={{ fontSize: '0.875rem', lineHeight: 'var(--elder-line-prose)', maxWidth: '76ch' }}>
        {children}
      </Box>
    </div>
  );
}

const WIDE = '@media (min-width: 1100px)';

const HEAD = {
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  gap: '4px 10px',
  typography: 'body2',
  color: 'text.secondary',
} as const;

const TITLE = {
  fontSize: '1.0625rem',
  lineHeight: '1.5rem',
  fontWeight: 600,
  mt: 2,
  overflowWrap: 'anywhere',
} as const;

const FACTS = { display: 'flex', flexWrap: 'wrap', gap: '6px 32px', mt: '10px', typography: 'body2' } as const;
