'use client';

import { createTheme } from '@mui/material/styles';
import { baseline } from './baseline';
import { overrides } from './overrides';
import { dark, light, type Tokens } from './tokens';

export const SANS = '"Inter Variable", "Noto Sans JP Variable", system-ui, sans-serif';

function palette(t: Tokens) {
  const status = (name: 'moss' | 'ochre' | 'verm' | 'accent') => ({
    main: t[name],
    light: t[`${name}Soft`],
    dark: t[`${name}Mark`],
    contrastText: t.surface,
  });
  return {
    background: { default: t.canvas, paper: t.surface },
    text: { primary: t.text, secondary: t.text2, disabled: t.text3 },
    divider: t.line,
    primary: { main: t.ink, dark: t.inkHover, light: t.ink, contrastText: t.onInk },
    info: status('accent'),
    success: status('moss'),
    warning: status('ochre'),
    error: status('verm'),
    action: { hover: t.hover, selected: t.selected, active: t.text2, disabled: t.text3, disabledBackground: t.sunken },
    elder: t,
  };
}

const size = (px: number) => `${px / 16}rem`;
/** Line heights grow a little in Japanese; `baseline` sets the variables. */
const role = (px: number, line: string, fontWeight: number) => ({
  fontSize: size(px),
  lineHeight: `var(--elder-line-${line})`,
  fontWeight,
  letterSpacing: 0,
});

export const theme = createTheme({
  cssVariables: { colorSchemeSelector: 'data-theme' },
  colorSchemes: { light: { palette: palette(light) }, dark: { palette: palette(dark) } },
  shape: { borderRadius: 6 },
  spacing: 4,
  breakpoints: { values: { xs: 0, sm: 600, md: 900, lg: 1200, xl: 1536 } },
  typography: {
    fontFamily: SANS,
    fontSize: 13,
    htmlFontSize: 16,
    fontWeightBold: 600,
    h1: { ...role(20, 'h1', 600), letterSpacing: 'var(--elder-tracking-h1)' },
    h2: { ...role(14, 'h2', 600), letterSpacing: 'var(--elder-tracking-h2)' },
    h3: role(13, 'body', 600),
    h4: role(13, 'body', 600),
    h5: role(13, 'body', 600),
    h6: role(13, 'body', 600),
    subtitle1: role(13, 'body', 500),
    subtitle2: role(12, 'meta', 500),
    body1: role(13, 'body', 400),
    body2: role(12, 'meta', 400),
    caption: role(11, 'small', 400),
    overline: { ...role(11, 'small', 500), textTransform: 'none' },
    button: { ...role(13, 'body', 500), textTransform: 'none' },
  },
  transitions: { duration: { shortest: 120, shorter: 120, short: 180, standard: 180, complex: 180 } },
  components: { ...overrides, MuiCssBaseline: { styleOverrides: baseline } },
});
