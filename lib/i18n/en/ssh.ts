/** Reading a repository over ssh: its key, and by which keys its host is known. */
export const ssh = {
  title: 'Access over SSH',
  /** While a repository is registered. */
  lead: 'A private repository is read with a key of its own. Make one, add it at the Git host, then check again.',
  make: 'Make a key',
  publicKey: 'Public key',
  copy: 'Copy the public key',
  fingerprint: 'Fingerprint',
  madeAt: (time: string) => `Made ${time}`,
  steps: [
    'Copy the public key.',
    'Add it at your Git host as a deploy key (access key) of this repository, with read access only.',
    'Check again.',
  ],
  privateHalf: 'The private half stays on this server, encrypted. Nobody is shown it.',
  none: 'This project has no key. Its repository can be read only if the host lets anybody in.',
  replace: 'Make a new key',
  replaceTitle: 'Make a new key?',
  replaceText: 'The key in use is forgotten at once. Audits fail until you add the new one at the Git host.',
  replaced: 'A new key was made. Add it at the Git host.',
  delete: 'Delete key',
  deleteTitle: 'Delete the key?',
  deleteText: 'Audits fail from then on, unless the host lets anybody in. Remove the key at the Git host as well.',
  deleted: 'The key was deleted.',
  host: {
    title: (host: string) => `Keys of ${host}`,
    published: 'The host is known by the keys that it publishes.',
    confirmed: (time: string) => `Confirmed ${time}.`,
    unseen: 'The host was not asked for its keys yet. The next check or audit does.',
    waiting:
      'Nobody has confirmed this host yet, so it is not read. Compare these fingerprints with what its administrator tells you.',
    changed:
      'The host shows other keys than those that were confirmed, so it is not read. It may have got new keys, or somebody may stand in between. Ask its administrator before you confirm.',
    known: 'Known until now',
    offered: 'Shown now',
    confirm: 'They match: confirm',
    confirmedNow: (host: string) => `The keys of ${host} are confirmed.`,
    askAdmin: 'An administrator of your team can confirm them.',
    conflict: 'The host shows other keys by now. Compare again.',
  },
};
