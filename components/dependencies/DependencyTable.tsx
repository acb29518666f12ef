'use client';

import Box from '@mui/material/Box';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { Mono } from '@/components/layout/Mono';
import { SeenText } from '@/components/layout/SeenText';
import { shortPath } from '@/components/project/short-path';
import { showHidden } from '@/lib/magics/hidden-text';
import type { DependencyView } from '@/lib/schemas/dependencies';
import { Advisories } from './Advisories';
import { ECOSYSTEM_NAMES } from './ecosystem-names';

/** One row a package and file; a phone shows what the other columns say under the name. */
export function DependencyTable({ items }: { items: readonly DependencyView[] }) {
  const t = useMessages();
  const words = t.dependencies.columns;
  return (
    <Table sx={EDGES}>
      <TableHead>
        <TableRow>
          <TableCell>{words.name}</TableCell>
          <TableCell sx={WIDE}>{words.version}</TableCell>
          <TableCell sx={WIDE}>{words.kind}</TableCell>
          <TableCell sx={WIDE}>{words.licence}</TableCell>
          <TableCell sx={WIDEST}>{words.file}</TableCell>
          <TableCell sx={WIDE}>{words.vulnerabilities}</TableCell>
        </TableRow>
      </TableHead>
      <TableBody>
        {items.map((item) => (
          <Row key={`${item.path} ${item.ecosystem} ${item.name} ${item.version}`} item={item} />
        ))}
      </TableBody>
    </Table>
  );
}

function Row({ item }: { item: DependencyView }) {
  const t = useMessages();
  const { ecosystem, name, version, isDirect, isDevelopment, path, line, manifest, licence } = item;
  const kind = isDirect ? t.dependencies.kinds.direct : t.dependencies.kinds.transitive;
  const place = `${path}:${line}`;
  return (
    <TableRow hover sx={{ verticalAlign: 'top', '& > td': { py: '9px' } }}>
      <TableCell sx={{ width: { md: '24%' } }}>
        <Box sx={{ fontWeight: 500, overflowWrap: 'anywhere' }}>
          <SeenText>{name}</SeenText>{' '}
          <Box component="span" sx={{ ...NARROW, fontWeight: 400 }}>
            <SeenText>{version}</SeenText>
          </Box>
        </Box>
        <Box sx={QUIET}>
          {ECOSYSTEM_NAMES[ecosystem]}
          <Box component="span" sx={NARROW}>
            {' · '}
            {kind}
            {isDevelopment && ` · ${t.dependencies.development}`}
            {licence !== null && ` · ${showHidden(licence)}`}
          </Box>
        </Box>
        <Box sx={{ ...QUIET, display: { lg: 'none' }, overflowWrap: 'anywhere' }}>
          <Mono title={place}>{shortPath(place)}</Mono>
        </Box>
        <Box sx={{ display: { md: 'none' }, pt: 1 }}>
          <Advisories {...item} />
        </Box>
      </TableCell>
      <TableCell sx={WIDE}>
        <Whole>{showHidden(version)}</Whole>
      </TableCell>
      <TableCell sx={WIDE}>
        {kind}
        {isDevelopment && <Box sx={QUIET}>{t.dependencies.development}</Box>}
      </TableCell>
      <TableCell sx={WIDE}>
        {licence !== null ? (
          <Whole>{showHidden(licence)}</Whole>
        ) : (
          <Box component="span" sx={{ typography: 'body2', color: 'elder.text3', whiteSpace: 'nowrap' }}>
            {t.dependencies.unknownLicence}
          </Box>
        )}
      </TableCell>
      <TableCell sx={{ ...WIDEST, width: '20%' }}>
        <Mono title={place}>{shortPath(place)}</Mono>
        {manifest !== null && manifest !== path && isDirect && (
          <Box sx={{ ...QUIET, overflowWrap: 'anywhere' }}>{t.dependencies.askedBy(shortPath(manifest))}</Box>
        )}
      </TableCell>
      <TableCell sx={{ ...WIDE, width: '24%' }}>
        <Advisories {...item} />
      </TableCell>
    </TableRow>
  );
}

const LONGEST_LINE = 20;

/** A version or a licence on one line; only what is too long for that breaks, and not into a narrow column. */
function Whole({ children }: { children: string }) {
  return (
    <Box component="span" sx={children.length <= LONGEST_LINE ? { whiteSpace: 'nowrap' } : LONG}>
      {children}
    </Box>
  );
}

const LONG = { display: 'inline-block', minWidth: '16ch', overflowWrap: 'anywhere' } as const;

/** The text of the first and last column stands under the head of the panel. */
const EDGES = { '& tr > :first-of-type': { pl: 4 }, '& tr > :last-of-type': { pr: 4 } } as const;

const NARROW = { display: { md: 'none' } } as const;
const WIDE = { display: { xs: 'none', md: 'table-cell' } } as const;
const WIDEST = { display: { xs: 'none', lg: 'table-cell' } } as const;
const QUIET = { typography: 'body2', color: 'text.secondary' } as const;
