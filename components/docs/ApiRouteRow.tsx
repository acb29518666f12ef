import Box from '@mui/material/Box';
import { Mono } from '@/components/layout/Mono';
import type { Messages } from '@/lib/i18n/messages';
import type { ApiRoute } from './api-routes';

/** A route: one line, opened for its parameters and answers. */
export function ApiRouteRow({ route, t }: { route: ApiRoute; t: Messages }) {
  const { parameters, body, answers } = route;
  return (
    <Box component="details" id={route.id} sx={ROW}>
      <Box component="summary" sx={SUMMARY}>
        <Box component="span" sx={{ width: 52, flex: 'none', fontWeight: 600, fontSize: '0.75rem' }}>
          {route.method}
        </Box>
        <Box component="span" sx={{ flex: '1 1 280px', minWidth: 0 }}>
          <Mono>{route.path}</Mono>
        </Box>
        <Box component="span" lang="en" sx={{ flex: '1 1 240px', color: 'text.secondary' }}>
          {route.summary}
        </Box>
      </Box>
      <Box sx={{ pb: 4, pl: { xs: 0, sm: '60px' }, display: 'grid', gap: 3 }}>
        {route.description && <p lang="en">{route.description}</p>}
        {route.isOpen && <p>{t.apiDocs.open}</p>}
        <Fields title={t.apiDocs.parameters} required={t.apiDocs.required} fields={parameters} />
        <Fields title={t.apiDocs.body} required={t.apiDocs.required} fields={body} />
        <div>
          <Box component="h3" sx={{ typography: 'h3' }}>
            {t.apiDocs.answers}
          </Box>
          {answers.map(({ status, text }) => (
            <Box key={status} sx={LINE}>
              <Mono>{status}</Mono>
              <span lang="en">{text}</span>
            </Box>
          ))}
        </div>
      </Box>
    </Box>
  );
}

interface FieldsProps {
  title: string;
  required: string;
  fields: readonly { name: string; type: string; isRequired: boolean; place?: string }[];
}

function Fields({ title, required, fields }: FieldsProps) {
  if (fields.length === 0) return null;
  return (
    <div>
      <Box component="h3" sx={{ typography: 'h3' }}>
        {title}
      </Box>
      {fields.map(({ name, type, isRequired, place }) => (
        <Box key={`${place ?? ''}${name}`} sx={LINE}>
          <Mono>{name}</Mono>
          <Box component="span" sx={{ color: 'text.secondary', overflowWrap: 'anywhere' }}>
            {[place, type, isRequired && required].filter(Boolean).join(' · ')}
          </Box>
        </Box>
      ))}
    </div>
  );
}

const ROW = { borderTop: 1, borderColor: 'divider', '&:first-of-type': { borderTop: 0 }, px: 4 } as const;
const SUMMARY = {
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'baseline',
  columnGap: 2,
  py: '10px',
  cursor: 'pointer',
} as const;
const LINE = { display: 'grid', gridTemplateColumns: 'minmax(90px, 160px) 1fr', gap: 3, py: '2px' } as const;
