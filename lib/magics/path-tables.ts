const set = (names: string): ReadonlySet<string> => new Set(names.split(/\s+/).filter(Boolean));

export const LOCK_NAMES = set(`
  package-lock.json npm-shrinkwrap.json yarn.lock pnpm-lock.yaml bun.lock bun.lockb deno.lock cargo.lock poetry.lock
  uv.lock pipfile.lock pdm.lock pixi.lock conda-lock.yml composer.lock gemfile.lock gems.locked go.sum go.work.sum
  packages.lock.json project.assets.json paket.lock gradle.lockfile buildscript-gradle.lockfile mix.lock rebar.lock
  pubspec.lock podfile.lock package.resolved cartfile.resolved flake.lock .terraform.lock.hcl chart.lock conan.lock
  elm-stuff stack.yaml.lock cabal.project.freeze
`);

export const VENDORED_DIRECTORIES = set(`
  node_modules bower_components jspm_packages vendor vendors vendored _vendor third_party third-party thirdparty
  3rdparty 3rd-party pods carthage godeps site-packages _themes .venv venv .bundle
`);

/** Vendored only as the first directory: further down these are common words. */
export const VENDORED_ROOTS = set('external extern deps');

export const VENDORED_NAMES = set(`
  gradlew gradlew.bat mvnw mvnw.cmd config.guess config.sub install-sh ltmain.sh aclocal.m4 missing depcomp
`);

export const GENERATED_DIRECTORIES = set(
  '__generated__ generated .next .nuxt .svelte-kit dist single_include single_header',
);

export const FIXTURE_DIRECTORIES = set(`
  testdata test-data test_data testfixtures fixtures fixture __fixtures__ __snapshots__ snapshots cassettes vcr_cassettes
`);

/** Fixtures only below a test directory. */
export const FIXTURE_DIRECTORIES_IN_TESTS = set(`
  resources data samples sample corpus corpora golden goldens input inputs expected output outputs baselines baseline
  highlighted seeds seed assets artifacts files templates mock-data
`);

export const PACKAGE_ROOTS = set('java kotlin groovy scala');

export const TEST_DIRECTORIES = set(`
  test tests __tests__ __test__ spec specs e2e __mocks__ androidtest integrationtest integration-test integration-tests
  integration_tests functional-tests unit-tests unittests test-suite testsuite cypress testutil testutils testhelper testhelpers testsupport test-utils test_utils test-helpers test_helpers
  test-support bench benches benchmark benchmarks benchsuite __benchmarks__ jmh
`);

export const DOCUMENTATION_DIRECTORIES = set(`
  doc docs documentation website examples example samples sample demo demos tutorial tutorials doc_src docs_src
`);

/** Below these a directory called `docs` or `example` is a name of the product, not documentation. */
export const SOURCE_ROOTS = set('src lib app source sources pkg internal cmd main java kotlin');

export const DOCUMENTATION_EXTENSIONS = set('md mdx markdown rst adoc asciidoc rdoc pod textile org man 1 2 3 5 7 8');

export const DOCUMENTATION_NAMES =
  /^(?:readme|changelog|changes|history|news|contributing|code_of_conduct|security|support|licen[cs]e|copying|notice|authors|contributors|maintainers|governance|patents|credits|thanks|todo|install|upgrading|upgrade|migration|releasing|roadmap)(?:[.-]|$)/;

export const CONFIGURATION_EXTENSIONS = set(`
  toml ini cfg conf properties yml yaml editorconfig env config plist csproj vbproj fsproj sln props targets nuspec gradle
  cmake bazel bzl mk gemspec podspec code-workspace mod work sum sbt cabal nix npmrc
`);

/** JSON and XML in these are settings rather than data. */
export const CONFIGURATION_DIRECTORIES = set(
  'config configs conf configuration settings deploy deployment k8s kubernetes',
);

export const CONFIGURATION_NAMES = set(`
  package.json composer.json bower.json lerna.json nx.json project.json turbo.json rush.json angular.json vercel.json
  netlify.toml biome.json biome.jsonc deno.json deno.jsonc renovate.json renovate.json5 manifest.json jest.config.json
  api-extractor.json typedoc.json appsettings.json global.json nuget.config web.config pom.xml settings.gradle.kts
  build.gradle.kts makefile gnumakefile justfile rakefile gemfile guardfile podfile vagrantfile brewfile procfile
  dockerfile containerfile jenkinsfile cmakelists.txt meson.build build.bazel build workspace setup.py noxfile.py tasks.py
  gulpfile.js gruntfile.js codeowners requirements.txt constraints.txt pipfile manifest.in checkstyle.xml go.mod go.work
`);

export const CODE_EXTENSIONS = set(`
  ts tsx mts cts js jsx mjs cjs py pyi pyx go java rs c h cc cpp cxx hpp hh hxx inl cs rb rake php kt kts sh bash zsh fish
  ksh swift scala sc dart groovy m mm pl pm t lua r jl ex exs erl hrl hs elm ml mli fs fsi fsx clj cljs cljc el lisp scm rkt
  vb ps1 psm1 bat cmd sql proto thrift graphql gql vue svelte astro html htm xhtml css scss sass less styl jsp aspx cshtml
  razor hbs mustache ejs njk twig erb haml slim tf hcl bicep sol zig nim d v sv vhd vhdl asm s f f90 f95 pas cr tcl coffee
  vim awk prisma cue glsl hlsl wgsl metal cu purs gd l y
`);

export const BINARY_EXTENSIONS = set(`
  png jpg jpeg gif bmp ico icns webp avif tif tiff psd pdf zip gz tgz bz2 xz zst 7z rar tar jar war ear class so dylib dll
  exe o a lib pyc pyd whl egg deb rpm apk aab ipa dmg iso bin dat db sqlite sqlite3 woff woff2 ttf otf eot mp3 mp4 m4a wav
  ogg flac mov avi mkv webm wasm node pdb snk p12 pfx jks keystore doc docx xls xlsx ppt pptx odt parquet npy npz pkl onnx
`);
