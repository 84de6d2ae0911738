// Writes what the published programs are made of, from the lock files, as CycloneDX 1.6 JSON: node src/sbom.mjs <version of the .NET runtime> > sbom.json
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = path => JSON.parse(readFileSync(root + path, 'utf8'));
const hex = base64 => Buffer.from(base64, 'base64').toString('hex');

// Used to build or to test, and in nothing that is published.
const tools = { nuget: ['Meziantou.Analyzer', 'Microsoft.CodeAnalysis.BannedApiAnalyzers'], npm: ['axe-core', 'esbuild', 'sass', 'typescript'] };

function nuget() {
  const found = new Map();
  for (const program of ['Server', 'Portal'])
    for (const packages of Object.values(read(`src/3-apps/${program}/packages.lock.json`).dependencies))
      for (const [name, entry] of Object.entries(packages))
        if (entry.type !== 'Project' && !tools.nuget.includes(name))
          found.set(`${name}@${entry.resolved}`, component('nuget', name, entry.resolved, entry.contentHash));
  return [...found.values()];
}

function npm() {
  const { packages } = read('package-lock.json');
  const { devDependencies, optionalDependencies } = packages[''];
  const used = new Set();
  const follow = name => {
    const entry = packages[`node_modules/${name}`];
    if (!entry || used.has(name)) return;
    used.add(name);
    Object.keys({ ...entry.dependencies, ...entry.peerDependencies }).forEach(follow);
  };
  Object.keys({ ...devDependencies, ...optionalDependencies }).filter(name => !tools.npm.includes(name)).forEach(follow);
  return [...used].map(name => {
    const { version, integrity, license } = packages[`node_modules/${name}`];
    return { ...component('npm', name, version, integrity.replace(/^sha512-/, '')), ...(license && { licenses: [{ expression: license }] }) };
  });
}

function component(type, name, version, hash) {
  const purl = `pkg:${type}/${name.replace('@', '%40')}@${version}`;
  return { type: 'library', 'bom-ref': purl, name, version, purl, hashes: [{ alg: 'SHA-512', content: hex(hash) }] };
}

const [runtime] = process.argv.slice(2);
const components = [...nuget(), ...npm()].sort((a, b) => (a.purl < b.purl ? -1 : 1));
if (runtime) components.unshift({ type: 'framework', 'bom-ref': 'dotnet', name: 'Microsoft.NETCore.App', version: runtime, purl: `pkg:generic/dotnet-runtime@${runtime}` });
const version = /<VersionPrefix>(.*)<\/VersionPrefix>/.exec(readFileSync(root + 'Directory.Build.props', 'utf8'))[1];
// The same parts have the same number.
const digest = createHash('sha256').update(JSON.stringify([version, components])).digest('hex');
const uuid = `${digest.slice(0, 8)}-${digest.slice(8, 12)}-5${digest.slice(13, 16)}-a${digest.slice(17, 20)}-${digest.slice(20, 32)}`;
const postern = { type: 'application', 'bom-ref': 'postern', name: 'postern', version };
const bom = {
  bomFormat: 'CycloneDX',
  specVersion: '1.6',
  serialNumber: `urn:uuid:${uuid}`,
  version: 1,
  metadata: { component: postern },
  components,
  dependencies: [{ ref: 'postern', dependsOn: components.map(c => c['bom-ref']) }],
};
process.stdout.write(JSON.stringify(bom, null, 2) + '\n');
