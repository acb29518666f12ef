const LINE_STYLES: readonly {
  host: RegExp;
  build: (base: string, commit: string, path: string, line: number) => string;
}[] = [
  { host: /(^|\.)github\./, build: (base, commit, path, line) => `${base}/blob/${commit}/${path}#L${line}` },
  { host: /(^|\.)gitlab\./, build: (base, commit, path, line) => `${base}/-/blob/${commit}/${path}#L${line}` },
  { host: /^bitbucket\.org$/, build: (base, commit, path, line) => `${base}/src/${commit}/${path}#lines-${line}` },
  {
    host: /(^|\.)(gitea|codeberg|forgejo)\./,
    build: (base, commit, path, line) => `${base}/src/commit/${commit}/${path}#L${line}`,
  },
];

/** Where the repository's host shows a line; null for hosts whose addresses are not known. */
export function hostLink(repositoryUrl: string, commit: string, path: string, line: number): string | null {
  if (!/^https?:\/\//.test(repositoryUrl) || !URL.canParse(repositoryUrl)) return null;
  const { host, origin, pathname } = new URL(repositoryUrl);
  const style = LINE_STYLES.find(({ host: pattern }) => pattern.test(host));
  const encoded = path.split('/').map(encodeURIComponent).join('/');
  return style ? style.build(`${origin}${pathname.replace(/(\.git)?\/?$/, '')}`, commit, encoded, line) : null;
}
