import Box from '@mui/material/Box';
import { Icon } from '@/components/marks/Icon';
import { AppLink } from '@/components/theme/AppLink';

/** The way to the page above, by its name, where the crumbs have no room. */
export function PhoneBack({ href, children }: { href: string; children: string }) {
  return (
    <Box component={AppLink} href={href} sx={BACK}>
      <Icon name="left" size={14} />
      {children}
    </Box>
  );
}

const BACK = {
  display: { xs: 'flex', md: 'none' },
  alignItems: 'center',
  gap: 1,
  width: 'fit-content',
  maxWidth: '100%',
  minHeight: 44,
  mt: '-10px',
  color: 'info.main',
  fontWeight: 500,
  overflowWrap: 'anywhere',
} as const;
