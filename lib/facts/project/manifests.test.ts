import { describe, expect, test } from 'vitest';
import { readManifests } from './manifests';

function read(files: Record<string, string>, others: string[] = []) {
  const paths = new Set([...Object.keys(files), ...others]);
  const texts = Object.entries(files).map(([path, text]) => ({ path, text }));
  return readManifests(texts, (path) => paths.has(path));
}

const json = JSON.stringify;

describe('npm', () => {
  const manifest = json({
    name: 'shop',
    version: '1.2.3',
    private: true,
    engines: { node: '>=20' },
    scripts: { test: 'vitest', bad: 1 },
    dependencies: { react: '^19.0.0', '@acme/core': 'workspace:*' },
    devDependencies: { vitest: '4' },
  });

  test('reads a manifest and compares it with package-lock.json', () => {
    const lock = json(
      { packages: { '': { dependencies: { vitest: '4' } }, 'node_modules/react': { version: '19.0.0' } } },
      null,
      2,
    );

    expect(read({ 'package.json': manifest, 'package-lock.json': lock })).toEqual([
      {
        path: 'package.json',
        ecosystem: 'npm',
        name: 'shop',
        version: '1.2.3',
        dependencies: ['@acme/core', 'react', 'vitest'],
        scripts: { test: 'vitest' },
        license: null,
        isLibrary: false,
        hasDeepImports: false,
        shipped: ['@acme/core', 'react'],
        peers: [],
        lockFile: 'package-lock.json',
        missingFromLock: ['vitest'],
        isRuntimePinned: true,
      },
    ]);
  });

  test.each([
    [
      'pnpm-lock.yaml',
      "lockfileVersion: '9.0'\n\npackages:\n\n  react@19.0.0:\n    resolution: {}\n\n  'vitest@4.0.0':\n    resolution: {}\n",
    ],
    ['yarn.lock', '# yarn\n\n"react@npm:^19.0.0, react@npm:^19":\n  version: 19\n\nvitest@4:\n  version "4"\n'],
    ['bun.lock', '{\n  "packages": {\n    "react": ["react@19.0.0", ""],\n    "vitest": ["vitest@4.0.0"],\n  }\n}'],
  ])('finds the names in %s', (name, lock) => {
    expect(read({ 'package.json': manifest, [name]: lock })[0]).toMatchObject({ lockFile: name, missingFromLock: [] });
  });

  test('a workspace shares the lock file and the run-time version of the root', () => {
    const [, child] = read({
      'package.json': json({ name: 'root', private: true, engines: { node: '20' } }),
      'packages/a/package.json': json({ name: '@acme/a', main: 'index.js', dependencies: { root: '1', left: '1' } }),
      'yarn.lock': 'left@1:\n  version "1"\n',
    });

    expect(child).toMatchObject({ lockFile: 'yarn.lock', missingFromLock: [], isRuntimePinned: true, isLibrary: true });
  });

  test('a lock file that was not read is known but not compared', () => {
    expect(read({ 'package.json': manifest }, ['pnpm-lock.yaml'])[0]).toMatchObject({
      lockFile: 'pnpm-lock.yaml',
      missingFromLock: null,
    });
  });

  test('keys named like prototypes stay out of scripts', () => {
    const [fact] = read({ 'package.json': '{"name":"x","scripts":{"__proto__":"evil","test":"t"}}' });

    expect(fact?.scripts).toEqual({ test: 't' });
    expect(Object.getPrototypeOf(fact?.scripts ?? null)).toBe(Object.prototype);
  });

  test('a broken manifest is left out', () => {
    expect(read({ 'package.json': '{"name": ', 'a/package.json': '[]', 'b/package.json': '"x"' })).toEqual([]);
  });
});

describe('other ecosystems', () => {
  test('pyproject with uv.lock; names compare as the index does', () => {
    const [fact] = read({
      'pyproject.toml':
        '[build-system]\nrequires = []\n[project]\nname = "app"\nversion = "1"\nrequires-python = ">=3.10"\ndependencies = ["Flask_Login>=1 ; python_version < \'3.12\'", "requests[socks]"]\n[dependency-groups]\ndev = ["pytest", {include-group = "x"}]\n',
      'uv.lock': '[[package]]\nname = "flask-login"\n\n[[package]]\nname = "pytest"\n',
    });

    expect(fact).toMatchObject({
      name: 'app',
      dependencies: ['flask-login', 'pytest', 'requests'],
      missingFromLock: ['requests'],
      isLibrary: true,
      isRuntimePinned: true,
    });
  });

  test('poetry groups count, its python constraint does not', () => {
    const text =
      '[tool.poetry]\nname = "a"\npackage-mode = false\n[tool.poetry.dependencies]\npython = "^3.12"\nHttpx = "1"\n[tool.poetry.group.dev.dependencies]\npytest = "8"\n';

    expect(read({ 'pyproject.toml': text })[0]).toMatchObject({
      dependencies: ['httpx', 'pytest'],
      isLibrary: false,
      isRuntimePinned: true,
      lockFile: null,
    });
  });

  test('exact requirements lock themselves, loose ones do not', () => {
    expect(read({ 'requirements.txt': '# pinned\nflask==3.0.0\n-r other.txt\nhttpx==1.0 # why\n' })[0]?.lockFile).toBe(
      'requirements.txt',
    );
    expect(read({ 'requirements.txt': 'flask>=3\nhttpx==1.0\n' })[0]).toMatchObject({
      lockFile: null,
      dependencies: ['flask', 'httpx'],
    });
  });

  test('pyproject.toml speaks for the setup.py beside it', () => {
    const setup = 'from setuptools import setup\nsetup(name="a", install_requires=["x>=1", "y"])\n';

    expect(read({ 'setup.py': setup })[0]).toMatchObject({ name: 'a', dependencies: ['x', 'y'] });
    expect(read({ 'setup.py': setup, 'pyproject.toml': '[project]\nname = "a"\n' })).toHaveLength(1);
  });

  test('go.mod with go.sum', () => {
    const mod =
      'module example.org/app\n\ngo 1.22\n\nrequire (\n\tgithub.com/a/b v1.0.0\n\tgolang.org/x/net v0.1.0 // indirect\n\tgithub.com/c/d v2.0.0\n)\n\nrequire gopkg.in/yaml.v3 v3.0.1\n\nreplace github.com/c/d => ./d\n';

    expect(read({ 'go.mod': mod, 'go.sum': 'github.com/a/b v1.0.0 h1:x=\n' }, ['main.go'])[0]).toMatchObject({
      name: 'example.org/app',
      dependencies: ['github.com/a/b', 'github.com/c/d', 'gopkg.in/yaml.v3'],
      missingFromLock: ['gopkg.in/yaml.v3'],
      isLibrary: false,
      isRuntimePinned: true,
    });
  });

  test('Cargo.toml with renamed and platform dependencies', () => {
    const text =
      '[package]\nname = "a"\nversion = "0.1.0"\n[dependencies]\nserde = "1"\nyaml = { package = "serde_yaml", version = "1" }\n[target."cfg(unix)".dependencies]\nnix = "1"\n';

    expect(
      read({ 'Cargo.toml': text, 'Cargo.lock': 'name = "serde"\nname = "nix"\n', 'rust-toolchain': 'stable' }, [
        'src/main.rs',
      ])[0],
    ).toMatchObject({
      dependencies: ['nix', 'serde', 'serde_yaml'],
      missingFromLock: ['serde_yaml'],
      isLibrary: false,
      isRuntimePinned: true,
    });
  });

  test('composer, bundler, gradle, maven and nuget', () => {
    const facts = read({
      Gemfile: 'ruby "3.3"\ngem "rails", "~> 7"\ngem \'local\', path: "x"\n',
      'Gemfile.lock': 'GEM\n  specs:\n    rails (7.1.0)\n',
      'app.csproj':
        '<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net8.0</TargetFramework></PropertyGroup><ItemGroup><PackageReference Include="Serilog" Version="1"/></ItemGroup></Project>',
      'build.gradle.kts':
        'dependencies {\n  implementation("com.acme:core:1.0")\n  testImplementation("org.junit:junit")\n}\n',
      'composer.json': json({ name: 'a/b', type: 'project', require: { php: '>=8', 'monolog/monolog': '3' } }),
      'composer.lock': json({ packages: [{ name: 'Monolog/Monolog' }] }, null, 1),
      'pom.xml':
        '<project><parent><artifactId>p</artifactId></parent><artifactId>app</artifactId><version>2</version><properties><java.version>21</java.version></properties><dependencies><dependency><groupId>g</groupId><artifactId>a</artifactId></dependency></dependencies></project>',
    });

    expect(
      facts.map(({ ecosystem, dependencies, isLibrary, missingFromLock, isRuntimePinned }) => ({
        ecosystem,
        dependencies,
        isLibrary,
        missingFromLock,
        isRuntimePinned,
      })),
    ).toEqual([
      {
        ecosystem: 'bundler',
        dependencies: ['local', 'rails'],
        isLibrary: false,
        missingFromLock: [],
        isRuntimePinned: true,
      },
      { ecosystem: 'nuget', dependencies: ['Serilog'], isLibrary: false, missingFromLock: null, isRuntimePinned: true },
      {
        ecosystem: 'gradle',
        dependencies: ['com.acme:core', 'org.junit:junit'],
        isLibrary: true,
        missingFromLock: null,
        isRuntimePinned: false,
      },
      {
        ecosystem: 'composer',
        dependencies: ['monolog/monolog'],
        isLibrary: false,
        missingFromLock: [],
        isRuntimePinned: true,
      },
      { ecosystem: 'maven', dependencies: ['g:a'], isLibrary: true, missingFromLock: null, isRuntimePinned: true },
    ]);
  });
});
