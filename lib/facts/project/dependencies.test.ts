import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cpuTimeMs } from '@/tests/support/cpu-time';
import { isDependencyFile, readDependencies } from './dependencies';

function read(files: Record<string, string>, others: string[] = []) {
  const texts = Object.entries(files).map(([path, text]) => ({ path, text }));
  return readDependencies(texts, new Set([...Object.keys(files), ...others]));
}

/** `name version`, with what a row says beyond a package that came with others and ships. */
function rows(files: Record<string, string>) {
  return read(files).dependencies.map(({ name, version, isDirect, isDevelopment, licence, line }) =>
    [name, version, isDirect && 'direct', isDevelopment && 'dev', licence, `:${line}`].filter(Boolean).join(' '),
  );
}

const json = (value: unknown) => JSON.stringify(value, null, 2);

describe('npm', () => {
  const manifest = json({ name: 'app', dependencies: { a: '^1', d: 'npm:real@2' }, devDependencies: { c: '^3' } });

  test('package-lock.json of version 3, with workspaces and aliases', () => {
    const lock = json({
      lockfileVersion: 3,
      packages: {
        '': { dependencies: { a: '^1', d: 'npm:real@2' }, devDependencies: { c: '^3' } },
        'packages/w': { version: '1.0.0', dependencies: { b: '^9' } },
        'node_modules/w': { resolved: 'packages/w', link: true },
        'node_modules/a': { version: '1.0.1', license: 'MIT' },
        'node_modules/b': { version: '2.0.0' },
        'packages/w/node_modules/b': { version: '9.0.0' },
        'node_modules/c': { version: '3.0.0', dev: true },
        'node_modules/d': { name: 'real', version: '2.0.0' },
        'node_modules/@s/g': { version: '1.0.0', resolved: 'git+ssh://git@github.com/s/g.git#abc' },
      },
    });
    const files = { 'package.json': manifest, 'package-lock.json': lock, 'packages/w/package.json': '{"name":"w"}' };

    expect(rows(files)).toEqual([
      'a 1.0.1 direct MIT :23',
      'b 2.0.0 :27',
      'b 9.0.0 direct :30',
      'c 3.0.0 direct dev :33',
      'real 2.0.0 direct :37',
    ]);
    expect(read(files).dependencies[2]?.manifest).toBe('packages/w/package.json');
  });

  test('package-lock.json of version 1', () => {
    const lock = json({
      lockfileVersion: 1,
      dependencies: {
        a: { version: '1.0.1', requires: { b: '^2' }, dependencies: { b: { version: '2.0.0' } } },
        c: { version: '3.0.0', dev: true },
        d: { version: 'npm:real@2.0.0' },
        e: { version: 'git+https://example.org/e.git#abc' },
      },
    });

    expect(rows({ 'package.json': manifest, 'package-lock.json': lock })).toEqual([
      'a 1.0.1 direct :4',
      'b 2.0.0 :10',
      'c 3.0.0 direct dev :15',
      'real 2.0.0 direct :19',
    ]);
  });

  test.each([
    [
      'version 9',
      "lockfileVersion: '9.0'\nimporters:\n  .:\n    dependencies:\n      a:\n        specifier: ^1\n        version: 1.0.1(p@5.0.0)\n    devDependencies:\n      c:\n        specifier: ^3\n        version: 3.0.0\npackages:\n  a@1.0.1:\n    resolution: {integrity: x}\n  b@2.0.0:\n    resolution: {integrity: x}\n  c@3.0.0:\n    resolution: {integrity: x}\n  '@s/e@4.0.0':\n    resolution: {integrity: x}\nsnapshots:\n  a@1.0.1(p@5.0.0):\n    dependencies:\n      b: 2.0.0\n  c@3.0.0:\n    dependencies:\n      '@s/e': 4.0.0\n",
    ],
    [
      'version 6',
      "lockfileVersion: '6.0'\ndependencies:\n  a:\n    specifier: ^1\n    version: 1.0.1(p@5.0.0)\ndevDependencies:\n  c:\n    specifier: ^3\n    version: 3.0.0\npackages:\n  /a@1.0.1(p@5.0.0):\n    dependencies:\n      b: 2.0.0\n  /b@2.0.0:\n    dev: false\n  /c@3.0.0:\n    dependencies:\n      '@s/e': 4.0.0\n    dev: true\n  /@s/e@4.0.0:\n    dev: true\n",
    ],
    [
      'version 5',
      'lockfileVersion: 5.4\ndependencies:\n  a: 1.0.1_p@5.0.0\ndevDependencies:\n  c: 3.0.0\npackages:\n  /a/1.0.1_p@5.0.0:\n    dependencies:\n      b: 2.0.0\n  /b/2.0.0:\n    dev: false\n  /c/3.0.0:\n    dependencies:\n      "@s/e": 4.0.0\n  /@s/e/4.0.0:\n    dev: true\n',
    ],
  ])('pnpm-lock.yaml of %s', (_name, lock) => {
    const found = rows({ 'package.json': manifest, 'pnpm-lock.yaml': lock }).map((row) => row.replace(/ :\d+$/, ''));

    expect(found).toEqual(['@s/e 4.0.0 dev', 'a 1.0.1 direct', 'b 2.0.0', 'c 3.0.0 direct dev']);
  });

  test.each([
    [
      'classic',
      '# yarn lockfile v1\n\n\na@^1:\n  version "1.0.1"\n  resolved "https://r/a.tgz"\n  dependencies:\n    b "^2.0.0"\n\n"b@^2.0.0", "b@^2.1.0":\n  version "2.1.0"\n\nc@^3:\n  version "3.0.0"\n  dependencies:\n    "@s/e" "^4"\n\n"@s/e@^4":\n  version "4.0.0"\n\n"d@npm:real@2":\n  version "2.0.0"\n',
    ],
    [
      'later',
      '__metadata:\n  version: 8\n\n"a@npm:^1":\n  version: 1.0.1\n  resolution: "a@npm:1.0.1"\n  dependencies:\n    b: "npm:^2.0.0"\n\n"b@npm:^2.0.0, b@npm:^2.1.0":\n  version: 2.1.0\n  resolution: "b@npm:2.1.0"\n\n"c@npm:^3":\n  version: 3.0.0\n  resolution: "c@npm:3.0.0"\n  dependencies:\n    "@s/e": ^4\n\n"@s/e@npm:^4":\n  version: 4.0.0\n  resolution: "@s/e@npm:4.0.0"\n\n"d@npm:real@2":\n  version: 2.0.0\n  resolution: "real@npm:2.0.0"\n\n"app@workspace:.":\n  version: 0.0.0-use.local\n  resolution: "app@workspace:."\n',
    ],
  ])('yarn.lock, the %s form', (_name, lock) => {
    const found = rows({ 'package.json': manifest, 'yarn.lock': lock }).map((row) => row.replace(/ :\d+$/, ''));

    expect(found).toEqual(['@s/e 4.0.0 dev', 'a 1.0.1 direct', 'b 2.1.0', 'c 3.0.0 direct dev', 'real 2.0.0 direct']);
  });
});

describe('Python', () => {
  const manifest =
    '[project]\nname = "app"\ndependencies = ["Flask_Login>=1"]\n[dependency-groups]\ndev = ["pytest"]\n[build-system]\nrequires = []\n';

  test('poetry.lock by what leads to a package, and by the groups it names', () => {
    const lock =
      '[[package]]\nname = "flask-login"\nversion = "1.0"\n[package.dependencies]\nFlask = ">=2"\n\n[[package]]\nname = "Flask"\nversion = "2.0.0"\n\n[[package]]\nname = "pytest"\nversion = "8.0.0"\n\n[[package]]\nname = "mine"\nversion = "1"\n[package.source]\ntype = "git"\nurl = "x"\n';
    const grouped = '[[package]]\nname = "black"\nversion = "24.0.0"\ngroups = ["dev"]\n';

    expect(rows({ 'pyproject.toml': manifest, 'poetry.lock': lock })).toEqual([
      'flask 2.0.0 :7',
      'flask-login 1.0 direct :1',
      'pytest 8.0.0 direct dev :11',
    ]);
    expect(rows({ 'poetry.lock': grouped })).toEqual(['black 24.0.0 dev :1']);
  });

  test('uv.lock', () => {
    const lock =
      'version = 1\n\n[[package]]\nname = "app"\nversion = "0"\nsource = { editable = "." }\ndependencies = [{ name = "flask" }]\n[package.dev-dependencies]\ndev = [{ name = "pytest" }]\n\n[[package]]\nname = "flask"\nversion = "3.0.0"\nsource = { registry = "https://pypi.org/simple" }\ndependencies = [{ name = "jinja2" }]\n\n[[package]]\nname = "jinja2"\nversion = "3.1.0"\nsource = { registry = "https://pypi.org/simple" }\n\n[[package]]\nname = "pytest"\nversion = "8.0.0"\nsource = { registry = "https://pypi.org/simple" }\n';

    expect(rows({ 'pyproject.toml': manifest, 'uv.lock': lock })).toEqual([
      'flask 3.0.0 direct :11',
      'jinja2 3.1.0 :17',
      'pytest 8.0.0 direct dev :22',
    ]);
  });

  test('Pipfile.lock and pylock.toml', () => {
    const pipfile = '[packages]\nflask = "*"\n[dev-packages]\npytest = "*"\n';
    const lock = json({
      _meta: {},
      default: { flask: { version: '==3.0.0' }, jinja2: { version: '==3.1.0' } },
      develop: { pytest: { version: '==8.0.0' } },
    });

    expect(rows({ Pipfile: pipfile, 'Pipfile.lock': lock })).toEqual([
      'flask 3.0.0 direct :4',
      'jinja2 3.1.0 :7',
      'pytest 8.0.0 direct dev :12',
    ]);
    expect(
      rows({
        'pyproject.toml': manifest,
        'pylock.toml': 'lock-version = "1.0"\n[[packages]]\nname = "pytest"\nversion = "8.0.0"\n',
      }),
    ).toEqual(['pytest 8.0.0 direct dev :2']);
  });

  test('pins of requirements files; compiled ones tell what was asked for', () => {
    const compiled =
      '# compiled\nflask==3.0.0 \\\n    --hash=sha256:aa\n    # via -r requirements.in\njinja2==3.1.0\n    # via flask\nloose>=1\nwith[extra]==2.0 ; python_version > "3"\n-e .\n';

    expect(rows({ 'requirements.txt': compiled })).toEqual([
      'flask 3.0.0 direct :2',
      'jinja2 3.1.0 :5',
      'with 2.0 direct :8',
    ]);
    expect(rows({ 'requirements/dev.txt': 'Black===24.0\n' })).toEqual(['black 24.0 direct dev :1']);
    expect(read({ 'requirements.txt': 'loose>=1\n' }).lockFiles).toEqual([]);
  });
});

describe('other ecosystems', () => {
  test('go.mod since Go 1.17 names all modules; before, go.sum adds the highest that was needed', () => {
    const mod = (version: string) =>
      `module example.org/a\n\ngo ${version}\n\nrequire (\n\tgithub.com/x/y v1.2.0\n\tgithub.com/x/z v1.0.0 // indirect\n\tgithub.com/x/old v1.0.0\n)\n\nreplace github.com/x/old => github.com/fork/old v1.0.1\nreplace github.com/x/z v1.0.0 => ../z\n`;
    const sum =
      'github.com/x/y v1.2.0 h1:a=\ngithub.com/q/r v1.9.0 h1:a=\ngithub.com/q/r v1.10.0 h1:a=\ngithub.com/q/r v1.11.0/go.mod h1:a=\n';

    expect(rows({ 'go.mod': mod('1.22'), 'go.sum': sum })).toEqual([
      'github.com/fork/old v1.0.1 direct :8',
      'github.com/x/y v1.2.0 direct :6',
    ]);
    expect(rows({ 'go.mod': mod('1.16'), 'go.sum': sum })).toContain('github.com/q/r v1.10.0 :3');
  });

  test('Cargo.lock', () => {
    const manifest =
      '[package]\nname = "a"\nversion = "0.1.0"\n[dependencies]\nserde = "1"\n[dev-dependencies]\nquick = "1"\n';
    const registry = 'source = "registry+https://github.com/rust-lang/crates.io-index"\n';
    const lock = [
      '[[package]]\nname = "a"\nversion = "0.1.0"\ndependencies = ["quick", "serde"]\n',
      `[[package]]\nname = "quick"\nversion = "1.0.0"\n${registry}dependencies = ["rand 0.8.0"]\n`,
      `[[package]]\nname = "rand"\nversion = "0.7.0"\n${registry}`,
      `[[package]]\nname = "rand"\nversion = "0.8.0"\n${registry}`,
      `[[package]]\nname = "serde"\nversion = "1.0.0"\n${registry}dependencies = ["rand 0.7.0"]\n`,
    ].join('\n');

    expect(rows({ 'Cargo.toml': manifest, 'Cargo.lock': lock })).toEqual([
      'quick 1.0.0 direct dev :6',
      'rand 0.7.0 :12',
      'rand 0.8.0 dev :17',
      'serde 1.0.0 direct :22',
    ]);
  });

  test('composer.lock says the licence', () => {
    const lock = json({
      packages: [
        { name: 'Monolog/Monolog', version: 'v3.0.0', license: ['MIT', 'ISC'] },
        { name: 'a/b', version: 'dev-main' },
      ],
      'packages-dev': [{ name: 'phpunit/phpunit', version: '11.0.0' }],
    });

    expect(rows({ 'composer.json': json({ require: { 'monolog/monolog': '^3' } }), 'composer.lock': lock })).toEqual([
      'monolog/monolog 3.0.0 direct MIT OR ISC :4',
      'phpunit/phpunit 11.0.0 dev :18',
    ]);
  });

  test('Gemfile.lock', () => {
    const gemfile = 'gem "rails"\ngroup :development, :test do\n  gem "rspec"\nend\ngem "pry", group: :development\n';
    const lock =
      'PATH\n  remote: .\n  specs:\n    mine (0.1.0)\n\nGEM\n  remote: https://rubygems.org/\n  specs:\n    nokogiri (1.15.0-x86_64-linux)\n    pry (0.14.0)\n    rails (7.1.0)\n      nokogiri (>= 1.6)\n    rspec (3.12.0)\n      rspec-core (~> 3.12)\n    rspec-core (3.12.0)\n\nDEPENDENCIES\n  mine!\n  pry\n  rails\n  rspec\n';

    expect(rows({ Gemfile: gemfile, 'Gemfile.lock': lock })).toEqual([
      'nokogiri 1.15.0 :9',
      'pry 0.14.0 direct dev :10',
      'rails 7.1.0 direct :11',
      'rspec 3.12.0 direct dev :13',
      'rspec-core 3.12.0 dev :15',
    ]);
  });

  test('gradle.lockfile and packages.lock.json', () => {
    expect(
      rows({
        'build.gradle': "implementation 'com.acme:core:1.0'\n",
        'gradle.lockfile':
          '# comment\ncom.acme:core:1.0.1=compileClasspath,runtimeClasspath\norg.junit:junit:5.0=testCompileClasspath\nempty=x\n',
      }),
    ).toEqual(['com.acme:core 1.0.1 direct :2', 'org.junit:junit 5.0 dev :3']);
    expect(
      rows({
        'packages.lock.json': json({
          version: 1,
          dependencies: { 'net8.0': { Serilog: { type: 'Direct', resolved: '3.0.0' }, own: { type: 'Project' } } },
        }),
      }),
    ).toEqual(['Serilog 3.0.0 direct :5']);
  });

  test('pom.xml with properties, managed versions and a parent in the repository', () => {
    const parent =
      '<project><groupId>g</groupId><artifactId>p</artifactId><version>1</version><properties><jackson>2.15.0</jackson></properties><dependencyManagement><dependencies><dependency><groupId>org.slf4j</groupId><artifactId>slf4j-api</artifactId><version>2.0.0</version></dependency></dependencies></dependencyManagement></project>';
    const child = `<project>
  <parent><groupId>g</groupId><artifactId>p</artifactId><version>1</version></parent>
  <artifactId>c</artifactId>
  <dependencies>
    <dependency><groupId>com.fasterxml</groupId><artifactId>jackson</artifactId><version>\${jackson}</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-api</artifactId></dependency>
    <dependency><groupId>junit</groupId><artifactId>junit</artifactId><version>4.13</version><scope>test</scope></dependency>
    <dependency><groupId>x</groupId><artifactId>unknown</artifactId><version>\${nowhere}</version></dependency>
    <dependency><groupId>x</groupId><artifactId>range</artifactId><version>[1,2)</version></dependency>
  </dependencies>
</project>`;

    expect(rows({ 'pom.xml': parent, 'c/pom.xml': child })).toEqual([
      'com.fasterxml:jackson 2.15.0 direct :5',
      'junit:junit 4.13 direct dev :7',
      'org.slf4j:slf4j-api 2.0.0 direct :6',
    ]);
  });
});

describe('bounds', () => {
  test('tells what was not read and what was cut', () => {
    const packages = Object.fromEntries(
      Array.from({ length: 20_010 }, (_, index) => [`node_modules/p${index}`, { version: '1.0.0' }]),
    );
    const { dependencies, lockFiles } = read({ 'package-lock.json': json({ packages }), 'a/yarn.lock': 'broken' }, [
      'bun.lock',
    ]);

    expect(dependencies).toHaveLength(20_000);
    expect(lockFiles).toEqual([
      { path: 'a/yarn.lock', ecosystem: 'npm', packages: 0, state: 'unread' },
      { path: 'bun.lock', ecosystem: 'npm', packages: 0, state: 'unread' },
      { path: 'package-lock.json', ecosystem: 'npm', packages: 20_000, state: 'cut' },
    ]);
  });

  test('leaves out lock files of examples and tests', () => {
    expect(read({ 'examples/a/requirements.txt': 'a==1\n', 'tests/requirements.txt': 'a==1\n' }).lockFiles).toEqual([]);
  });

  test('names like prototypes are names', () => {
    const lock =
      '{"packages":{"":{},"node_modules/__proto__":{"version":"1.0.0"},"node_modules/constructor":{"version":"1.0.0"}}}';

    expect(read({ 'package-lock.json': lock }).dependencies.map(({ name }) => name)).toEqual([
      '__proto__',
      'constructor',
    ]);
  });

  test('reads hostile texts in time', () => {
    const depth = 100_000;
    const texts: Record<string, string> = {
      'a/package-lock.json': `{"dependencies":${'{"a":{"version":"1.0.0","dependencies":'.repeat(depth)}{}${'}}'.repeat(depth)}}`,
      'b/package-lock.json': `{"packages": {${'"": {'.repeat(50_000)}`,
      'c/yarn.lock': `${'a@1, '.repeat(100_000)}a@2:\n  version "1"\n`,
      'd/pnpm-lock.yaml': `lockfileVersion: '9.0'\na: &a [x]\nb: [${'*a, '.repeat(30_000)}*a]\n`,
      'e/requirements.txt': `${'a'.repeat(200_000)}==1\n${' '.repeat(200_000)}\n`,
      'f/go.mod': `module x\n${'require '.repeat(50_000)}\n`,
      'g/Gemfile.lock': `GEM\n${' '.repeat(300_000)}(\n`,
      'h/pom.xml': `<project>${'<dependency>'.repeat(20_000)}`,
      'i/gradle.lockfile': `${'a.'.repeat(100_000)}:b:1=c\n`,
      'j/Cargo.lock': `[[package]]\nname = ${'['.repeat(50_000)}\n`,
    };

    const before = cpuTimeMs();
    read(texts);

    expect(cpuTimeMs() - before).toBeLessThan(8_000);
  });
});

describe.each([
  [
    'package-lock.json',
    ['{', '}', '"packages":', '"dependencies":', '"node_modules/a"', '"version":', '"1.0.0"', ',', ':', '[', ']', '{}'],
  ],
  [
    'pnpm-lock.yaml',
    [
      "lockfileVersion: '9.0'\n",
      'packages:\n',
      '  a@1.0.0:\n',
      '    dependencies:\n',
      '      b: 1',
      '&a ',
      '*a',
      '\n',
      '- ',
      '{',
      '}',
    ],
  ],
  [
    'yarn.lock',
    ['a@^1:\n', '  version "1.0.0"\n', '__metadata:\n', '  dependencies:\n', '    b "^1"\n', '"', '@', ':', '\n'],
  ],
  [
    'poetry.lock',
    ['[[package]]\n', 'name = "a"\n', 'version = "1"\n', '[package.dependencies]\n', '=', '"', '[', '\n'],
  ],
  [
    'uv.lock',
    [
      '[[package]]\n',
      'name = "a"\n',
      'version = "1"\n',
      'source = { editable = "." }\n',
      'dependencies = [{ name = "b" }]\n',
      '{',
      '\n',
    ],
  ],
  ['pylock.toml', ['[[packages]]\n', 'name = "a"\n', 'version = "1"\n', 'dependencies = [1]\n', '\n']],
  ['Pipfile.lock', ['{"default":', '{"a":', '{"version":"==1"}', '}', ',', '"develop":', '[]']],
  ['requirements.txt', ['a==1', '[x]', ';', '#', ' via ', '\n', '==', '\\']],
  [
    'go.mod',
    ['module x\n', 'go 1.16\n', 'require (\n', ')\n', 'a.b/c v1.0.0\n', 'replace ', ' => ', '// indirect', '\n'],
  ],
  ['go.sum', ['a.b/c v1.0.0 h1:x=\n', '/go.mod', ' v', '\n']],
  [
    'Cargo.lock',
    ['[[package]]\n', 'name = "a"\n', 'version = "1"\n', 'source = "registry+x"\n', 'dependencies = ["a 1"]\n', '\n'],
  ],
  ['composer.lock', ['{"packages":', '[', ']', '{"name":"a/b","version":"1"}', ',', '}', '"packages-dev":']],
  ['Gemfile.lock', ['GEM\n', '  specs:\n', '    a (1.0)\n', '      b\n', 'DEPENDENCIES\n', '  a\n', '\n']],
  ['gradle.lockfile', ['a:b:1=c\n', ':', '=', ',', '\n']],
  ['packages.lock.json', ['{"dependencies":', '{"net8.0":', '{"a":', '{"resolved":"1"}', '}', ',']],
  [
    'pom.xml',
    [
      '<project>',
      '</project>',
      '<dependencies>',
      '</dependencies>',
      '<dependency>',
      '</dependency>',
      `<version>\${v}</version>`,
      `<properties><v>\${v}</v></properties>`,
      '<artifactId>a</artifactId>',
      '<groupId>g</groupId>',
      '<!DOCTYPE x [<!ENTITY a "b">]>',
      '&a;',
    ],
  ],
])('%s', (path, parts) => {
  test('is read without an error whatever it holds, always alike', () => {
    const text = fc.array(fc.oneof(fc.constantFrom(...parts), fc.string({ maxLength: 8 })), { maxLength: 40 });
    fc.assert(
      fc.property(text, (pieces) => {
        const files = {
          [path]: pieces.join(''),
          'package.json': '{"dependencies":{"a":"^1"}}',
          'go.mod': 'module x\n',
        };
        const found = read({ ...files, [path]: pieces.join('') });
        expect(isDependencyFile(path)).toBe(true);
        for (const row of found.dependencies) expect(row.name).not.toBe('');
        expect(read({ ...files, [path]: pieces.join('') })).toEqual(found);
      }),
      { numRuns: 150 },
    );
  });
});
