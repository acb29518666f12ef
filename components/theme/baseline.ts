import { cssToken, dark, light } from './tokens';

const shadow = (near: string, far: string) => `0 1px 2px ${near}, 0 8px 24px ${far}`;

/** Global styles. Everything a component can own is in its own `sx` instead. */
export const baseline = {
  ':root': {
    '--elder-line-h1': '1.75rem',
    '--elder-line-h2': '1.25rem',
    '--elder-line-body': '1.25rem',
    '--elder-line-prose': '1.375rem',
    '--elder-line-meta': '1.125rem',
    '--elder-line-small': '1rem',
    '--elder-small': '0.6875rem',
    '--elder-tracking-h1': '-0.014em',
    '--elder-tracking-h2': '-0.006em',
    '--elder-shadow': shadow(`${light.text}0f`, `${light.text}1a`),
    '--elder-backdrop': `${light.text}47`,
  },
  '[data-theme="dark"]': { '--elder-shadow': shadow('#00000066', '#00000080'), '--elder-backdrop': '#00000080' },
  'html:lang(ja)': {
    '--elder-line-h1': '1.875rem',
    '--elder-line-h2': '1.375rem',
    '--elder-line-body': '1.3125rem',
    '--elder-line-prose': '1.5rem',
    '--elder-line-meta': '1.1875rem',
    '--elder-line-small': '1.0625rem',
    '--elder-small': '0.71875rem',
    '--elder-tracking-h1': '0',
    '--elder-tracking-h2': '0',
    lineBreak: 'strict',
    wordBreak: 'auto-phrase',
  },
  html: { colorScheme: 'light', scrollPaddingTop: '64px', scrollPaddingBottom: '72px', textSizeAdjust: '100%' },
  'html[data-theme="dark"]': { colorScheme: 'dark' },
  body: {
    fontFeatureSettings: '"tnum", "cv05", "cv08"',
    WebkitFontSmoothing: 'antialiased',
    overflowWrap: 'break-word',
    // Nothing may push the page wider than the screen; wide tables and code scroll inside their own box.
    overflowX: 'clip',
  },
  ':lang(ja) :is(h1, h2, h3)': { fontFeatureSettings: '"palt", "tnum"', textWrap: 'pretty' },
  'h1, h2, h3, h4, p, ul, ol, dl, dd, figure': { margin: 0, padding: 0 },
  'ul, ol': { listStyle: 'none' },
  'em, i, address': { fontStyle: 'normal' },
  'p, li, dd': { textWrap: 'pretty' },
  a: { color: 'inherit', textDecoration: 'none' },
  'b, strong': { fontWeight: 600 },
  'code, kbd, samp, pre': {
    fontFamily:
      '"JetBrains Mono Variable", ui-monospace, SFMono-Regular, Menlo, Consolas, monospace, "Noto Sans JP Variable"',
    fontSize: '0.75rem',
    fontFeatureSettings: '"calt" 0, "zero" 0',
  },
  ':focus-visible': { outline: `2px solid ${cssToken('accentMark')}`, outlineOffset: '2px' },
  'main:focus-visible, [tabindex="-1"]:focus-visible': { outline: 'none' },
  '::selection': { backgroundColor: cssToken('selected') },
  '::placeholder': { color: `${cssToken('text3')} !important`, opacity: '1 !important' },
  '.elder-spin': { transformOrigin: '50% 50%' },
  '@keyframes elder-turn': { to: { transform: 'rotate(360deg)' } },
  '@media (prefers-reduced-motion: no-preference)': {
    '.elder-spin': { animation: 'elder-turn 1.1s linear infinite' },
  },
  '@media (prefers-reduced-motion: reduce)': {
    '*, *::before, *::after': { transitionDuration: '0.01ms !important', animationDuration: '0.01ms !important' },
    // Standing still, a quarter would look like an error of the drawing: the ring becomes a half one.
    '.elder-spin': { animation: 'none !important', strokeDasharray: '18 40' },
  },
  '@media (forced-colors: active)': { svg: { forcedColorAdjust: 'auto' } },
  '.elder-hidden': {
    position: 'absolute',
    width: '1px',
    height: '1px',
    overflow: 'hidden',
    clipPath: 'inset(50%)',
    whiteSpace: 'nowrap',
  },
} as const;

export const SCHEME_COLOURS = { light: light.canvas, dark: dark.canvas };
