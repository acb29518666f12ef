interface Lead {
  files: string;
  hot: string;
  heat: string;
  number: number;
}

interface Tile {
  path: string;
  lines: string;
  heat: string;
  value: string;
}

/** The map of a repository's files. */
export const hotspots = {
  title: 'Hotspots',
  map: 'Map',
  table: 'Table',
  show: 'Map or table',
  heat: 'Colour',
  heats: {
    risk: 'Risk',
    fixes: 'Fixes',
    complexity: 'Complexity',
    churn: 'Churn',
    revisions: 'Changes',
  },
  lead: ({ files, hot, heat, number }: Lead) =>
    `${hot} of ${files} production files are in the hottest fifth by ${heat.toLowerCase()}, as audit #${number} saw them.`,
  leftOut: (count: string) => `The ${count} smallest files are left out.`,
  none: 'No map yet. The next complete audit draws it.',
  noCode: 'No production code to draw.',
  noHistory: 'Without history there are no changes, fixes or risk; the map shows size and complexity.',
  untested: (reason: string) => `Risk ranks these files but foretells nothing here. ${reason}`,
  unknown: 'unknown',
  tile: ({ path, lines, heat, value }: Tile) => `${path}, ${lines} lines, ${heat.toLowerCase()} ${value}`,
  zoomInto: (name: string) => `Zoom into ${name}`,
  keys: 'Arrow keys move between files, Enter zooms into the folder of a file, Escape zooms out.',
  crumbs: 'Folder on the map',
  everything: 'Repository',
  legend: {
    area: 'Area is lines of code.',
    low: 'low',
    high: (heat: string) => `high: ${heat.toLowerCase()}, in fifths`,
    unknown: 'Hatched files have no history.',
  },
  columns: {
    path: 'File',
    lines: 'Lines',
    complexity: 'Complexity',
    revisions: 'Changes',
    fixes: 'Fixes',
    churn: 'Churn',
    authors: 'People',
    risk: 'Risk',
  },
  more: 'Show more',
};
