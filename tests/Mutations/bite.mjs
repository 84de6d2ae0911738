// Proves that tests bite. Each file of this folder takes a defence away; without it, the test of the same name must fail. Works on a copy of the tree below artifacts/, which is built before.
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const root = join(import.meta.dirname, '../..');
const copy = join(root, 'artifacts/bite');
const program = join(copy, 'artifacts/bin/Integration/debug/Postern.Tests.Integration');

/** The first line tells what is taken away; then files (@), the text to replace (-) and what replaces it (+). */
function read(name) {
  const [sentence, ...lines] = readFileSync(join(root, 'tests/Mutations', `${name}.txt`), 'utf8').trimEnd().split('\n');
  const edits = [];
  for (const line of lines) {
    const [mark, text] = [line[0], line.slice(2)];
    if (mark === '@') edits.push({ file: text, old: [], new: [] });
    else edits.at(-1)[mark === '-' ? 'old' : 'new'].push(text);
  }
  return { name, sentence, edits: edits.map((e) => ({ file: e.file, old: e.old.join('\n'), new: e.new.join('\n') })) };
}

function dotnet(...args) {
  const run = spawnSync('dotnet', [...args, '-v', 'q', '--nologo', '-p:RunAnalyzers=false', '-p:TreatWarningsAsErrors=false'], { cwd: copy, encoding: 'utf8', env: { ...process.env, UseSharedCompilation: 'true' } });
  if (run.status !== 0) throw new Error(run.stdout.split('\n').filter((l) => l.includes('error')).slice(0, 5).join('\n') || run.stderr);
}

/** Files git knows or would; those of an earlier copy that are gone since are removed with it. */
function copyTree() {
  const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { cwd: root, encoding: 'utf8', maxBuffer: 1 << 26 }).split('\n').filter((f) => f && existsSync(join(root, f)));
  for (const folder of ['src', 'tests', 'blueprints', 'docs']) {
    if (!existsSync(join(copy, folder))) continue;
    const known = new Set(files);
    for (const entry of readdirSync(join(copy, folder), { recursive: true, withFileTypes: true }))
      if (entry.isFile() && !known.has(relative(copy, join(entry.parentPath, entry.name)))) rmSync(join(entry.parentPath, entry.name));
  }
  for (const file of files) {
    const [from, to] = [join(root, file), join(copy, file)];
    // Left as it is where nothing changed, so that it need not be built again.
    if (existsSync(to) && readFileSync(from).equals(readFileSync(to))) continue;
    mkdirSync(dirname(to), { recursive: true });
    copyFileSync(from, to);
  }
  if (!existsSync(join(copy, 'node_modules'))) symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  // What was built of the tree goes along: of the copy, only what is changed need be built.
  for (const folder of ['bin/Integration', ...readdirSync(join(root, 'artifacts/obj')).map((p) => `obj/${p}`)])
    cpSync(join(root, 'artifacts', folder), join(copy, 'artifacts', folder), { recursive: true, preserveTimestamps: true });
}

function test(names) {
  const run = spawnSync(program, ['-noColor', '-noLogo', ...names.flatMap((n) => ['-class', `*.${n}`])], { encoding: 'utf8', timeout: 300_000, maxBuffer: 1 << 28, input: '' });
  const total = Number(/Total: (\d+)/.exec(run.stdout)?.[1] ?? 0);
  const failed = Number(/Failed: (\d+)/.exec(run.stdout)?.[1] ?? 0);
  // It fails on a line of its own; a server that does not start proves nothing.
  const isOwn = names.some((n) => run.stdout.includes(`${n}.cs(`)) && !run.stdout.includes('RunningApp.cs');
  return { good: run.status === 0 && total > 0, total, failed, denied: failed > 0 && isOwn, output: run.stdout + run.stderr };
}

/** The project that a source file is built into. */
function projectOf(file) {
  if (file.startsWith('blueprints/')) return join(copy, 'src/2-domain/Blueprints/Blueprints.csproj');
  for (let folder = dirname(join(copy, file)); folder.startsWith(copy); folder = dirname(folder)) {
    const project = readdirSync(folder).find((f) => f.endsWith('.csproj'));
    if (project) return join(folder, project);
  }
  throw new Error(`${file} is of no project`);
}

/** Changes the sources, builds their projects alone and puts them beside the tests; answers what puts everything back. */
function mutate({ edits }) {
  const before = new Map();
  const keep = (path) => before.has(path) || before.set(path, readFileSync(path));
  const undo = () => before.forEach((bytes, path) => writeFileSync(path, bytes));
  try {
    for (const edit of edits) {
      const path = join(copy, edit.file);
      keep(path);
      const parts = readFileSync(path, 'utf8').split(edit.old);
      if (parts.length !== 2) throw new Error(`${edit.file} holds this ${parts.length - 1} times: ${edit.old}`);
      writeFileSync(path, parts.join(edit.new));
    }
    for (const project of new Set(edits.map((e) => projectOf(e.file)))) {
      const name = project.split('/').at(-1).replace('.csproj', '');
      const beside = join(dirname(program), `Postern.${name}.dll`);
      keep(beside);
      dotnet('build', project, '--no-dependencies', '--no-restore', '-t:PrepareResources;Compile');
      copyFileSync(join(copy, `artifacts/obj/${name}/debug/Postern.${name}.dll`), beside);
    }
  } catch (error) {
    undo();
    throw error;
  }
  return undo;
}

const all = readdirSync(join(root, 'tests/Mutations')).filter((f) => f.endsWith('.txt')).map((f) => f.slice(0, -4)).sort();
const chosen = process.argv.length > 2 ? all.filter((n) => process.argv.slice(2).some((a) => n.toLowerCase().includes(a.toLowerCase()))) : all;
if (chosen.length === 0) throw new Error(`no such test; there are: ${all.join(' ')}`);
console.error('==> Copying the tree and what was built of it');
copyTree();
console.error('==> Tests with every defence in place');
const untouched = test(chosen);
if (!untouched.good) {
  console.log(untouched.output);
  throw new Error('tests fail before anything is taken away');
}
console.error(`==> Taking ${chosen.length} defences away, one after the other`);
let blunt = 0;
for (const name of chosen) {
  const mutation = read(name);
  let verdict;
  try {
    const undo = mutate(mutation);
    const run = test([name]);
    undo();
    verdict = run.denied ? `bites (${run.failed} of ${run.total} fail)` : run.good ? 'DOES NOT BITE' : `FAILS FOR ANOTHER REASON\n${run.output.slice(-3000)}`;
  } catch (error) {
    verdict = `CANNOT BE TRIED: ${error.message}`;
  }
  if (!verdict.startsWith('bites')) blunt++;
  console.log(`${name}: ${mutation.sentence}: ${verdict}`);
}
console.log(`${chosen.length - blunt} of ${chosen.length} bite`);
process.exitCode = blunt === 0 ? 0 : 1;
