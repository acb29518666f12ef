const BROWSERS: readonly [string, RegExp][] = [
  ['Edge', /\bEdg(?:A|iOS)?\//],
  ['Opera', /\bOPR\//],
  ['Firefox', /\b(?:Firefox|FxiOS)\//],
  ['Chrome', /\b(?:Chrome|CriOS|HeadlessChrome)\//],
  ['Safari', /\bSafari\//],
];

const SYSTEMS: readonly [string, RegExp][] = [
  ['Android', /\bAndroid\b/],
  ['iOS', /\b(?:iPhone|iPad|iPod)\b/],
  ['Windows', /\bWindows\b/],
  ['macOS', /\bMac OS X\b/],
  ['ChromeOS', /\bCrOS\b/],
  ['Linux', /\bLinux\b/],
];

/** "Firefox, Linux" of what a browser says about itself; null for others. Nothing of the text itself is kept. */
export function browserName(userAgent: string | null): string | null {
  if (!userAgent) return null;
  const text = userAgent.slice(0, 400);
  const names = [BROWSERS, SYSTEMS].map((list) => list.find(([, pattern]) => pattern.test(text))?.[0]);
  return names.filter((name) => name !== undefined).join(', ') || null;
}
