// Prints what the fault tests tried and what was lost: node tests/Support/faults.mjs <folder with xunit's reports (*.xml) and the figures (told)>
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = process.argv[2];
const faults = new Map();
const of = fault => faults.get(fault) ?? faults.set(fault, { tests: new Map(), figures: [] }).get(fault);
for (const report of readdirSync(folder).filter(f => f.endsWith('.xml'))) {
  const text = readFileSync(join(folder, report), 'utf8');
  for (const [, head, body] of text.matchAll(/<test ([^>]*[^/])>(.*?)<\/test>/gs)) {
    const value = name => new RegExp(` ${name}="([^"]*)"`).exec(` ${head}`)?.[1] ?? '';
    const name = `${value('type').split('.').at(-1)}: ${value('method').replaceAll('_', ' ')}`;
    for (const [, fault] of body.matchAll(/<trait name="Fault" value="(F\d+)"/g)) {
      const counts = of(fault).tests.get(name) ?? [0, 0];
      of(fault).tests.set(name, [counts[0] + 1, counts[1] + (value('result') === 'Pass' ? 0 : 1)]);
    }
  }
}
const sums = [0, 0, 0, 0];
const told = join(folder, 'told');
for (const line of existsSync(told) ? readFileSync(told, 'utf8').trimEnd().split('\n') : []) {
  const [fault, ...rest] = line.split('\t');
  rest.slice(0, 4).forEach((n, i) => (sums[i] += Number(n)));
  of(fault).figures.push(rest[4]);
}
let failed = 0;
for (const [fault, { tests, figures }] of [...faults].sort(([a], [b]) => a.slice(1) - b.slice(1))) {
  const [all, bad] = [...tests.values()].reduce(([a, b], [c, d]) => [a + c, b + d], [0, 0]);
  failed += bad;
  console.log(`${fault}: ${all} tried, ${bad} failed`);
  for (const [name, [times, wrong]] of tests) console.log(`    ${wrong ? 'FAILED ' : ''}${name}${times > 1 ? ` (${times})` : ''}`);
  for (const figure of figures) console.log(`  = ${figure}`);
}
console.log(`acknowledged writes: ${sums[0]}, lost: ${sums[1]}; users made by halves: ${sums[2]}; links, codes and tokens used more often than they may be: ${sums[3]}`);
process.exitCode = failed + sums[1] + sums[2] + sums[3] > 0 || faults.size === 0 ? 1 : 0;
