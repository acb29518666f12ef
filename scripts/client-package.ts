import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import ts from 'typescript';
import packageJson from '@/package.json' with { type: 'json' };

const SOURCE = 'integrations/client';

/** Sources name each other as a bundler reads it; Node wants the name of the file. */
const OWN_MODULE = /(?<=\bfrom ['"])\.\/[\w-]+(?=['"])/g;

/** The client as a package that Node imports without a compiler: each module as JavaScript with its types. */
export async function buildClient(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const files = emit();
  await Promise.all([...files].map(([name, text]) => writeFile(join(folder, name), text)));
  // Only what is built may be published: the sources are no package of their own.
  const { private: _, ...manifest } = JSON.parse(await readFile(join(SOURCE, 'package.json'), 'utf8'));
  const { version } = packageJson;
  await writeFile(join(folder, 'package.json'), `${JSON.stringify({ ...manifest, version }, null, 2)}\n`);
  await copyFile(join(SOURCE, 'README.md'), join(folder, 'README.md'));
  await copyFile('LICENSE', join(folder, 'LICENSE'));
}

function emit(): Map<string, string> {
  const sources = ['elder-client.ts', 'problem.ts'].map((name) => join(SOURCE, name));
  const program = ts.createProgram(sources, {
    target: ts.ScriptTarget.ES2023,
    lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    strict: true,
    verbatimModuleSyntax: true,
    skipLibCheck: true,
    types: [],
    declaration: true,
    rootDir: SOURCE,
    outDir: '.',
  });
  const files = new Map<string, string>();
  const { diagnostics } = program.emit(undefined, (path, text) => {
    files.set(path.replace(/^\.\//, ''), text.replaceAll(OWN_MODULE, '$&.js'));
  });
  const [problem] = [...ts.getPreEmitDiagnostics(program), ...diagnostics];
  if (problem) throw new Error(ts.flattenDiagnosticMessageText(problem.messageText, '\n'));
  return files;
}
