export type DataFormat = 'json' | 'loose-json' | 'jsonc' | 'yaml' | 'toml' | 'xml';

/** Names whose readers accept neither comments nor trailing commas. */
const STRICT_JSON =
  /^(?:package|package-lock|npm-shrinkwrap|composer|manifest|bower|lerna|vercel|now|app|netlify|packages\.lock)\.json$/;

/** Names whose readers take comments and trailing commas. */
const COMMENTED_JSON =
  /(?:^|\/)(?:(?:tsconfig|jsconfig|appsettings|launchsettings|wrangler|api-extractor|typedoc|turbo|biome|rush|deno|devcontainer|\.[\w-]+rc)[^/]*\.json$|\.(?:vscode|devcontainer|zed|idea|fleet)\/)/;

const XML_EXTENSIONS =
  /\.(?:xml|xsd|xsl|xslt|plist|csproj|vbproj|fsproj|props|targets|resx|nuspec|wsdl|config|storyboard|xib)$/;

/**
 * Syntax a file must follow; null when its readers are unknown or it is a template of another file.
 * `json` is strict, `jsonc` allows comments and trailing commas, `loose-json` allows both once there is a comment.
 */
export function dataFormatFor(path: string): DataFormat | null {
  const lower = path.toLowerCase();
  const name = lower.slice(lower.lastIndexOf('/') + 1);
  if (/\{\{|\{%|<%|%7b/.test(lower)) return null;
  if (/(?:^|\/)(?:templates?|skeletons?|scaffolds?|blueprints?|cookiecutter[^/]*)\//.test(lower)) return null;
  if (/[._-](?:tmpl|tpl|template|j2|erb|in)\.[a-z]+$/.test(name)) return null;
  if (name.endsWith('.json')) {
    if (STRICT_JSON.test(name)) return 'json';
    return COMMENTED_JSON.test(lower) ? 'jsonc' : 'loose-json';
  }
  if (/\.(?:jsonc|code-workspace)$/.test(name)) return 'jsonc';
  if (/\.ya?ml$/.test(name)) return 'yaml';
  if (name.endsWith('.toml')) return 'toml';
  if (XML_EXTENSIONS.test(name)) return 'xml';
  return null;
}
