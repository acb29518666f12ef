import '@fontsource-variable/jetbrains-mono/wght.css';
import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import type { Metadata } from 'next';
import { ForeignText } from '@/components/i18n/ForeignText';
import { CopyButton } from '@/components/layout/CopyButton';
import { Mono } from '@/components/layout/Mono';
import { PageHeader } from '@/components/layout/PageHeader';
import { Panel } from '@/components/layout/Panel';
import { Glyph } from '@/components/marks/Glyph';
import { SeverityWord } from '@/components/marks/SeverityWord';
import { StatusWord } from '@/components/marks/StatusWord';
import { ExampleList } from '@/components/rules/ExampleList';
import { PrecisionPanel } from '@/components/rules/PrecisionPanel';
import { RaisedIn } from '@/components/rules/RaisedIn';
import { RuleFacts } from '@/components/rules/RuleFacts';
import { RuleOptions } from '@/components/rules/RuleOptions';
import { TeamLimits } from '@/components/rules/TeamLimits';
import { TeamPrecisionPanel } from '@/components/rules/TeamPrecisionPanel';
import { Page } from '@/components/shell/Page';
import { pageContext } from '@/lib/auth/page-context';
import { getFormat, getLocale, getMessages } from '@/lib/i18n/server';
import { OWN_GROUP } from '@/lib/magics/own-rules/to-rule';
import { magicOf } from '@/lib/magics/registry';
import { MIN_VERDICTS } from '@/lib/magics/team-precision';
import { getRuleStanding } from '@/lib/services/rule-standing';
import { toRuleView } from '@/lib/services/rule-view';
import { loadExamples, ruleOf } from './load';

interface RulePageProps {
  params: Promise<{ ruleId: string[] }>;
}

export async function generateMetadata({ params }: RulePageProps): Promise<Metadata> {
  const [{ ruleId }, { language }, t] = await Promise.all([params, getLocale(), getMessages()]);
  const rule = await ruleOf(ruleId.join('/'));
  return { title: t.common.title(rule.title[language], t.rules.title) };
}

export default async function RulePage({ params }: RulePageProps) {
  const [{ ruleId }, t, format, { ctx, team }] = await Promise.all([params, getMessages(), getFormat(), pageContext()]);
  const rule = await ruleOf(ruleId.join('/'));
  const view = toRuleView(rule);
  const [standing, bad, good] = await Promise.all([
    getRuleStanding(ctx, team.id, rule),
    loadExamples(rule.examples.bad),
    loadExamples(rule.examples.good),
  ]);
  const { language } = format;
  const groups = [...magicOf(rule.magic).groups, OWN_GROUP];
  const isOwn = rule.group === OWN_GROUP.id;
  const group = groups.find(({ id }) => id === rule.group)?.title[language] ?? rule.group;
  const examples = [
    { title: t.rules.badExample, status: 'failed', blocks: bad },
    { title: t.rules.goodExample, status: 'passed', blocks: good },
  ] as const;
  return (
    <Page crumbs={[{ label: t.rules.title, href: '/rules' }, { label: rule.title[language] }]}>
      <PageHeader
        title={<ForeignText language={view.onlyIn?.title}>{rule.title[language]}</ForeignText>}
        lead={
          <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '4px 16px' }}>
            <SeverityWord severity={standing.severity} t={t} />
            <Link href={`/rules?magic=${rule.magic}`} color="inherit" sx={MAGIC}>
              <Glyph magic={rule.magic} />
              {t.common.magics[rule.magic]}
            </Link>
            <span>{isOwn ? group : rule.catalogue}</span>
            <Box component="span" sx={{ display: 'inline-flex', alignItems: 'center', gap: 1, minWidth: 0 }}>
              <Mono>{rule.id}</Mono>
              <CopyButton value={rule.id} label={rule.id} />
            </Box>
          </Box>
        }
      />
      <Box sx={COLUMNS}>
        <Box sx={{ display: 'grid', gap: 4, minWidth: 0 }}>
          <Panel title={t.rules.why} headingId="why">
            <Box component="p" sx={PROSE}>
              <ForeignText language={view.onlyIn?.why}>{rule.why[language]}</ForeignText>
            </Box>
          </Panel>
          <Panel title={t.rules.fix} headingId="fix">
            <Box component="p" sx={PROSE}>
              <ForeignText language={view.onlyIn?.fix}>{rule.fix[language]}</ForeignText>
            </Box>
          </Panel>
          <Panel title={t.rules.facts} headingId="facts">
            <RuleFacts rule={view} group={group} t={t} format={format} />
          </Panel>
          {view.options.length > 0 && (
            <Panel title={t.rules.options.title} headingId="options">
              <RuleOptions options={view.options} t={t} format={format} />
            </Panel>
          )}
        </Box>
        <Box sx={{ display: 'grid', gap: 4, minWidth: 0 }}>
          <Panel title={t.rules.limits} headingId="limits">
            {rule.limits ? (
              <TeamLimits limits={rule.limits} standing={standing} team={team.name} t={t} format={format} />
            ) : (
              <Box component="p" sx={{ color: 'text.secondary' }}>
                {t.rules.metric}
              </Box>
            )}
          </Panel>
          <Panel title={t.rules.precision.title} headingId="precision">
            <PrecisionPanel precision={view.precision} t={t} format={format} />
          </Panel>
          <Panel title={t.triage.precision.team} meta={team.name} headingId="team-precision">
            <TeamPrecisionPanel standing={standing} needed={MIN_VERDICTS} t={t} format={format} />
          </Panel>
          <Panel title={t.rules.raised.title} meta={team.name} headingId="raised" isFlush>
            <RaisedIn standing={standing} ruleId={rule.id} t={t} format={format} />
          </Panel>
        </Box>
      </Box>
      {!isOwn && (
        <Box component="h2" sx={{ typography: 'h2', mt: 6, mb: 3 }}>
          {t.rules.examples}
        </Box>
      )}
      <Box sx={EXAMPLES} hidden={isOwn}>
        {examples.map(({ title, status, blocks }) => (
          <Panel key={status} headingId={status} title={<StatusWord status={status}>{title}</StatusWord>}>
            <ExampleList examples={blocks} t={t} format={format} />
          </Panel>
        ))}
      </Box>
    </Page>
  );
}

const MAGIC = { display: 'inline-flex', alignItems: 'center', gap: '6px', minHeight: 24 } as const;

const PROSE = { fontSize: '0.875rem', lineHeight: 'var(--elder-line-prose)', maxWidth: '76ch' } as const;

const COLUMNS = {
  display: 'grid',
  gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: 'minmax(0, 1fr) minmax(0, 1fr)' },
  alignItems: 'start',
  gap: 4,
} as const;

const EXAMPLES = COLUMNS;
