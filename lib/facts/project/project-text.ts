/** Content of one well-known file at the audited commit. */
export interface ProjectText {
  path: string;
  text: string;
}

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Directory of a path, empty for the root: what is joined to it is a path again. Components call the root `.`. */
export function parentPath(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

export function joinPath(directory: string, name: string): string {
  return directory === '' ? name : `${directory}/${name}`;
}
