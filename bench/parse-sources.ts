import { loadLanguage } from '@/lib/facts/code/grammar';
import { MAX_PARSE_LENGTH, MAX_PARSE_PROGRESS } from '@/lib/facts/code/parse';
import { languageFor } from '@/lib/facts/languages/registry';
import { MAX_BLOB_BYTES } from '@/lib/facts/text/decode';
import { openLocal } from '@/lib/git/open-local';
import { readBlobs } from '@/lib/git/read-blobs';
import { listTree, resolveCommit } from '@/lib/git/read-tree';

/** Parses every source file of HEAD once and does nothing else: the part of the floor that `bench:audit` starts. */
const [, , clone = '.'] = process.argv;
const repository = await openLocal(clone);
const sources = (await listTree(repository, await resolveCommit(repository))).flatMap(({ path, mode, blobId }) => {
  const language = mode.startsWith('100') ? languageFor(path) : null;
  return language ? [{ blobId, language }] : [];
});
const ids = sources.map(({ blobId }) => blobId);
let place = 0;
let files = 0;
for await (const { bytes } of readBlobs(repository, ids, undefined, MAX_BLOB_BYTES)) {
  const language = sources[place++]?.language;
  if (!language || !bytes || bytes.length > MAX_PARSE_LENGTH) continue;
  const { parser } = await loadLanguage(language);
  let progress = 0;
  const tree = parser.parse(bytes.toString('utf8'), null, {
    progressCallback: () => progress++ > MAX_PARSE_PROGRESS,
  });
  if (!tree) parser.reset();
  tree?.delete();
  files++;
}
console.log(JSON.stringify({ files }));
