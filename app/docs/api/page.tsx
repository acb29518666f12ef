import Box from '@mui/material/Box';
import type { Metadata } from 'next';
import { ApiRouteRow } from '@/components/docs/ApiRouteRow';
import { groupRoutes } from '@/components/docs/api-routes';
import { DocsHead } from '@/components/docs/DocsHead';
import { Mono } from '@/components/layout/Mono';
import { PageHeader } from '@/components/layout/PageHeader';
import { Panel } from '@/components/layout/Panel';
import { AppLink } from '@/components/theme/AppLink';
import { API_BASE, apiDocument, PROBLEM_CODES } from '@/lib/api/app';
import { getMessages } from '@/lib/i18n/server';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getMessages();
  return { title: t.common.title(t.apiDocs.title) };
}

/** The API as a page, made from the same document that programs read. */
export default async function ApiDocsPage() {
  const t = await getMessages();
  return (
    <>
      <DocsHead t={t} />
      <Box component="main" sx={{ maxWidth: 1040, mx: 'auto', px: { xs: 4, sm: 6 }, py: 6, display: 'grid', gap: 4 }}>
        <PageHeader
          title={t.apiDocs.title}
          lead={t.apiDocs.lead}
          action={
            <Box component={AppLink} href={`${API_BASE}/openapi.json`} prefetch={false} sx={{ color: 'info.main' }}>
              {t.apiDocs.document}
            </Box>
          }
        />
        {[t.apiDocs.authentication, t.apiDocs.lists].map(({ title, text }) => (
          <Panel key={title} title={title}>
            <p>{text}</p>
          </Panel>
        ))}
        {groupRoutes(apiDocument()).map(({ tag, routes }) => (
          <Panel key={tag} title={<span lang="en">{tag}</span>} isFlush>
            {routes.map((route) => (
              <ApiRouteRow key={route.id} route={route} t={t} />
            ))}
          </Panel>
        ))}
        <Panel title={t.apiDocs.errors.title}>
          {PROBLEM_CODES.map(([code, status]) => (
            <Box
              key={code}
              id={code}
              sx={{ py: '6px', display: 'grid', gridTemplateColumns: { sm: '280px 48px 1fr' } }}
            >
              <Mono>{code}</Mono>
              <span>{status}</span>
              <Box component="span" sx={{ color: 'text.secondary' }}>
                {t.errors.codes[code]}
              </Box>
            </Box>
          ))}
        </Panel>
      </Box>
    </>
  );
}
