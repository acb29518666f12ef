import { showHidden } from '@/lib/magics/hidden-text';

/** A name, subject or path that a repository chose: all of it is seen, and it does not turn the sentence around it. */
export function RepositoryText({ children }: { children: string }) {
  return <bdi>{showHidden(children)}</bdi>;
}
