export const DENSITY_COOKIE = 'elder-density';
export const DENSITIES = ['comfortable', 'compact'] as const;
export type Density = (typeof DENSITIES)[number];

export function parseDensity(value: string | undefined): Density {
  return DENSITIES.find((density) => density === value) ?? 'comfortable';
}

/** Styles of rows where the reader chose the compact ones and there is room for them; the server paints it. */
export function whenCompact<Styles extends object>(styles: Styles) {
  return { '@media (min-width: 900px)': { 'html[data-density="compact"] &': styles } };
}
