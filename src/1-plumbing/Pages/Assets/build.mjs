// Builds styles, scripts, images and icons into ../wwwroot-generated: hashed names, brotli and gzip beside each other, one manifest.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { turboWithoutInlineStyle } from './turbo.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, '..', 'wwwroot-generated');
const modules = findModules(here);
const [esbuild, sass] = await Promise.all([import('esbuild'), import('sass')]);
const manifest = {};

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });

await buildStyles(['flow', 'console']);
await buildScripts(['flow', 'console']);
for (const image of readdirSync(join(here, 'images'))) {
  const content = readFileSync(join(here, 'images', image));
  emit(image, hashed(image, content), content);
}
writeFileSync(join(out, 'icons.json'), JSON.stringify(icons()));
// Last, because its presence says that everything before it succeeded.
writeFileSync(join(out, 'manifest.json'), JSON.stringify(manifest, null, 2));

async function buildStyles(names) {
  for (const name of names) {
    const { css } = sass.compile(join(here, 'styles', `${name}.scss`), { loadPaths: [modules], quietDeps: true });
    const { code } = await esbuild.transform(css, { loader: 'css', minify: true, target: ['chrome123', 'firefox120', 'safari17.5'] });
    emit(`${name}.css`, hashed(`${name}.css`, code), code);
  }
}

async function buildScripts(names) {
  const result = await esbuild.build({
    entryPoints: names.map(name => join(here, 'scripts', `${name}.ts`)),
    outdir: out, write: false, metafile: true,
    bundle: true, splitting: true, format: 'esm', minify: true, target: 'es2022', legalComments: 'none',
    entryNames: '[name]-[hash]', chunkNames: '[name]-[hash]',
    plugins: [turboWithoutInlineStyle],
  });
  for (const file of result.outputFiles) {
    const hashedName = basename(file.path);
    const entry = Object.entries(result.metafile.outputs).find(([path]) => basename(path) === hashedName)?.[1].entryPoint;
    const name = names.find(n => entry !== undefined && basename(entry) === `${n}.ts`);
    // Chunks are found by the scripts that load them, never by name.
    emit(name && `${name}.js`, hashedName, file.contents);
  }
}

/** The inner markup of each icon named in icons.txt, so that the page carries it inline. */
function icons() {
  const names = readFileSync(join(here, 'icons.txt'), 'utf8').split(/\s+/).filter(Boolean);
  return Object.fromEntries(names.map(name => {
    const svg = readFileSync(join(modules, '@tabler', 'icons', 'icons', 'outline', `${name}.svg`), 'utf8');
    return [name, svg.replace(/<!--[\s\S]*?-->|<path stroke="none"[^>]*>/g, '').replace(/^[\s\S]*?<svg[^>]*>|<\/svg>[\s\S]*$/g, '').replace(/\s*\n\s*/g, '')];
  }));
}

function hashed(name, content) {
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 10);
  return `${basename(name, extname(name))}-${hash}${extname(name)}`;
}

function emit(name, hashedName, content) {
  const bytes = Buffer.from(content);
  if (name)
    manifest[name] = hashedName;
  writeFileSync(join(out, `${hashedName}.gz`), gzipSync(bytes, { level: 9 }));
  writeFileSync(join(out, `${hashedName}.br`), brotliCompressSync(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
  }));
}

/** The nearest node_modules that holds the build tools, as node itself would look for them. */
function findModules(from) {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules');
    if (existsSync(join(candidate, '@tabler', 'core')) && existsSync(join(candidate, 'esbuild')))
      return candidate;
    if (folder === dirname(folder)) {
      console.error('build.mjs : error ASSETS: the tools for web assets are not installed: run "npm ci --ignore-scripts" in the root of the repository.');
      process.exit(1);
    }
  }
}
