import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

const HOOKS = [
  ...['fsmonitor-watchman', 'post-checkout', 'post-index-change', 'pre-auto-gc', 'reference-transaction'],
  ...['pre-receive', 'update', 'post-update', 'sendemail-validate', 'proc-receive'],
];

/**
 * Makes a Git directory name programs wherever Git runs one: any that is run creates the canary. Its blobs are told to have
 * textconv, filters and merge drivers, its missing objects to come from a remote helper.
 */
export async function plantPrograms(gitDir: string, canary: string): Promise<void> {
  const script = path.join(gitDir, 'evil.sh');
  await writeFile(script, `#!/bin/sh\ntouch '${canary}'\ncat\n`, { mode: 0o755 });
  const helper = `"ext::${script}"`;
  const settings = [
    `[include]\n\tpath = ${path.join(gitDir, 'config')}`,
    `[core]\n\trepositoryformatversion = 1\n\tfsmonitor = ${script}\n\tpager = ${script}\n\tsshCommand = ${script}`,
    `\taskPass = ${script}\n\teditor = ${script}\n\tgitProxy = ${script}\n\thooksPath = ${path.join(gitDir, 'hooks')}`,
    `\talternateRefsCommand = ${script}\n\tattributesFile = ${path.join(gitDir, 'info', 'attributes')}`,
    `\tworktree = ${path.join(gitDir, 'nowhere')}`,
    `[diff]\n\texternal = ${script}\n[diff "evil"]\n\ttextconv = ${script}\n\tcommand = ${script}`,
    `[filter "evil"]\n\tclean = ${script}\n\tsmudge = ${script}\n\tprocess = ${script}\n\trequired = true`,
    `[merge "evil"]\n\tdriver = ${script}\n[gpg]\n\tprogram = ${script}\n[log]\n\tshowSignature = true`,
    `[credential]\n\thelper = "!${script}"\n[uploadpack]\n\tpackObjectsHook = ${script}`,
    `[alias]\n\tlog = "!${script}"\n[pager]\n\tlog = ${script}\n\tblame = ${script}`,
    `[blame]\n\tignoreRevsFile = ${path.join(gitDir, 'no-such-file')}`,
    `[protocol]\n\tallow = always\n[protocol "ext"]\n\tallow = always`,
    `[remote "origin"]\n\turl = ${helper}\n\tpromisor = true\n\tpartialclonefilter = blob:none\n\tuploadpack = ${script}`,
    `[extensions]\n\tpartialClone = origin`,
    `[url ${helper}]\n\tinsteadOf = /\n\tinsteadOf = file://`,
  ];
  await appendFile(path.join(gitDir, 'config'), `${settings.join('\n')}\n`);
  await mkdir(path.join(gitDir, 'info'), { recursive: true });
  await writeFile(path.join(gitDir, 'info', 'attributes'), '* diff=evil filter=evil merge=evil\n');
  await mkdir(path.join(gitDir, 'hooks'), { recursive: true });
  for (const hook of HOOKS) {
    await writeFile(path.join(gitDir, 'hooks', hook), `#!/bin/sh\ntouch '${canary}'\n`, { mode: 0o755 });
  }
}
