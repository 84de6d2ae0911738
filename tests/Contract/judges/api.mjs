// The published client against this server: every collection is created, read, listed, changed, replaced and deleted, every other reading
// is done once, and each answer is held against the published description and against our own.
import fs from 'node:fs';
import path from 'node:path';
import { apart } from './api/apart.mjs';
import { Client } from './api/client.mjs';
import { Description, named } from './api/description.mjs';
import { published } from './api/published.mjs';

const settings = JSON.parse(process.env.SETTINGS);
const client = new Client(settings.origin, settings.token);
const ours = new Description(await (await fetch(`${settings.origin}/api/v3/schema/`)).json());
const { operations } = published;
const offered = ours.operations;
const failures = [];
const called = new Set();
let number = 0;

async function attempt(operation, input) {
  called.add(operation);
  try {
    return await client.call(operation, input);
  } catch (error) {
    failures.push(`${operation}: ${error.message}`);
    return undefined;
  }
}

// The last answer of an operation; nothing where it was refused or is no JSON.
function last(operation) {
  const exchange = client.exchanges.findLast((candidate) => candidate.operation === operation);
  return exchange?.status < 300 && exchange.type.startsWith('application/json') && exchange.text ? JSON.parse(exchange.text) : undefined;
}

// Bodies follow our own document: what it calls required, filled with what fits.
const objects = {};
async function first(list) {
  objects[list] ??= (await client.call(list, {})).results[0];
  return objects[list];
}

const lookups = { flow: 'flows_instances_list', stage: 'stages_all_list', role: 'rbac_roles_list', group: 'core_groups_list', user: 'core_users_list', app: 'core_applications_list' };

async function value(name, schema) {
  if (schema.$ref) schema = ours.schema(named(schema));
  if (schema.enum) return schema.enum[0];
  switch (schema.type) {
    case 'boolean': return true;
    case 'integer': case 'number': return schema.minimum ?? 1;
    case 'array': return schema.items?.enum ? [schema.items.enum[0]] : [];
    case 'object': return {};
    default:
  }
  if (schema.format === 'uuid') return (await first(lookups[Object.keys(lookups).find((key) => name.includes(key))] ?? 'flows_instances_list')).pk;
  return schema.format === 'email' ? `client-${++number}@example.org` : `client-${++number}`;
}

const special = {
  flows_bindings_create: { order: 777 },
  policies_bindings_create: { order: 777, group: async () => (await first('core_groups_list')).pk },
  stages_redirect_create: { mode: 'static', target_static: 'https://example.org/' },
  events_transports_create: { mode: 'local' },
  events_events_create: { action: 'custom_', app: 'client' },
  managed_blueprints_create: { content: 'version: 1\nentries: []\n', enabled: false },
  providers_oauth2_create: { redirect_uris: [{ matching_mode: 'strict', url: 'https://example.org/cb' }] },
  stages_prompt_prompts_preview_create: { type: 'text' },
  sources_oauth_create: { provider_type: 'openidconnect', oidc_well_known_url: 'https://id.example.org/.well-known/openid-configuration' },
};

async function bodyOf(operation) {
  const schema = ours.schema(named(ours.bodyOf(operation)));
  const body = {};
  for (const name of schema.required ?? []) body[name] = await value(name, schema.properties[name]);
  for (const [name, given] of Object.entries(special[operation] ?? {})) body[name] = typeof given === 'function' ? await given() : given;
  return body;
}

const bodySchema = (operation) => named(published.bodyOf(operation));
const parameter = (operation) => operations.get(operation).parameters?.find((p) => p.in === 'path')?.name;
const has = (operation) => operations.has(operation) && offered.has(operation);

// Objects that a body alone does not make, with the reason.
const unmade = {
  enterprise_license_create: 'needs a signed key', crypto_certificatekeypairs_create: 'needs a certificate', core_application_entitlements_create: 'needs an application',
  sources_user_connections_oauth_create: 'needs a source',
};

for (const create of [...operations.keys()].filter((id) => id.endsWith('_create') && has(id) && has(id.replace(/_create$/, '_destroy')) && !parameter(id) && !unmade[id]).sort()) {
  const stem = create.slice(0, -'_create'.length);
  const body = await bodyOf(create);
  if (!(await attempt(create, { body, schema: bodySchema(create) }))) continue;
  const made = JSON.parse(client.exchanges.at(-1).text);
  const key = parameter(`${stem}_destroy`);
  const at = { [key]: made[key] ?? made.pk ?? made.uuid };
  for (const [suffix, input] of [['_retrieve', {}], ['_list', { path: {} }], ['_used_by_list', {}], ['_partial_update', { body: {} }], ['_update', { body }], ['_destroy', {}]]) {
    const operation = stem + suffix;
    if (has(operation)) await attempt(operation, { path: at, schema: bodySchema(operation), ...input });
  }
}

const queries = { rbac_permissions_assigned_by_roles_list: { model: 'authentik_core.user' }, events_events_stats_retrieve: { countSteps: ['days=1'] } };
for (const [id, operation] of operations) {
  if (operation.method !== 'get' || parameter(id) || !has(id) || called.has(id) || id === 'core_users_impersonate_end_retrieve') continue;
  await attempt(id, { query: queries[id] });
  const listed = called.has(id) && id.endsWith('_list') ? (() => { try { return JSON.parse(client.exchanges.at(-1).text); } catch { return {}; } })() : {};
  const one = (listed.results ?? listed)[0];
  const retrieve = id.replace(/_list$/, '_retrieve');
  if (one && retrieve !== id && has(retrieve) && !called.has(retrieve)) {
    const key = parameter(retrieve);
    if (key) await attempt(retrieve, { path: { [key]: one[key] ?? one.pk ?? one.uuid } });
  }
}

await apart({ attempt, settings, has, last });

for (const exchange of client.exchanges) {
  for (const [whose, description] of [['published', published], ['own', ours]]) {
    for (const problem of description.problems(exchange)) failures.push(`${exchange.operation} answered ${exchange.status} against its ${whose} description: ${problem}`);
  }
}
const report = { operations: called.size, exchanges: client.exchanges.length, failures: [...new Set(failures)], called: [...called].sort() };
fs.mkdirSync(path.dirname(settings.report), { recursive: true });
fs.writeFileSync(settings.report, JSON.stringify(report, null, 1));
// One exchange a line, for other judges.
fs.writeFileSync(settings.report.replace(/json$/, 'jsonl'), client.exchanges.map((e, seq) => JSON.stringify({ seq, method: e.method, url: e.url.slice(settings.origin.length), status: e.status, responseHeaders: { 'content-type': e.type }, responseBody: e.text })).join('\n'));
console.log(`${called.size} operations, ${client.exchanges.length} exchanges, ${report.failures.length} failures`);
for (const failure of report.failures) console.log(failure);
process.exit(report.failures.length > 0 || called.size < settings.least ? 1 : 0);
