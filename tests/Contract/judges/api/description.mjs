// A description of an API (OpenAPI 3.0), and whether an answer fits it.
import Ajv from 'ajv';
import formats from 'ajv-formats';

export const named = (schema) => schema?.$ref?.split('/').pop();

export class Description {
  operations = new Map();

  constructor(document) {
    this.document = document;
    for (const [route, item] of Object.entries(document.paths)) {
      for (const [method, operation] of Object.entries(item)) {
        if (operation.operationId) this.operations.set(operation.operationId, { ...operation, route, method });
      }
    }
    this.ajv = new Ajv({ strict: false, allErrors: true });
    formats(this.ajv);
    for (const format of ['binary', 'double', 'int64']) this.ajv.addFormat(format, true);
    this.ajv.addSchema({ $id: 'api', components: { schemas: strict(document.components.schemas) } });
  }

  schema(name) {
    return this.document.components.schemas[name];
  }

  bodyOf(operation) {
    return this.operations.get(operation).requestBody?.content['application/json']?.schema;
  }

  // What is wrong with an answer; empty when nothing is.
  problems({ operation, status, type, text }) {
    const described = this.operations.get(operation);
    const answer = described?.responses[status];
    // Refusals are said everywhere in the same few words, and described in few places.
    if (status >= 400) return [];
    if (!answer) return [`status ${status} is not described`];
    const { content } = answer;
    if (!content) return text === '' ? [] : ['an answer where none is described'];
    // A file is what it is, whatever the description calls it.
    if (!content['application/json'] || operation.endsWith('_export_retrieve')) return [];
    if (!type.startsWith('application/json')) return [`content type ${type}`];
    const key = `${operation} ${status}`;
    const check = this.ajv.getSchema(key) ?? this.ajv.addSchema(relative(strict(content['application/json'].schema)), key).getSchema(key);
    return check(JSON.parse(text)) ? [] : check.errors.map((error) => `${error.instancePath || '/'} ${error.message}`);
  }
}

// JSON Schema for OpenAPI 3.0: "nullable" becomes a type, and where an object says which of several it is, only that one counts.
function strict(schema) {
  if (Array.isArray(schema)) return schema.map(strict);
  if (schema === null || typeof schema !== 'object') return schema;
  const { nullable, discriminator, readOnly, writeOnly, ...rest } = schema;
  if (discriminator?.mapping) {
    const property = discriminator.propertyName;
    return {
      type: 'object',
      required: [property],
      properties: { [property]: { enum: Object.keys(discriminator.mapping) } },
      allOf: Object.entries(discriminator.mapping).map(([value, ref]) => ({ if: { properties: { [property]: { const: value } } }, then: { $ref: ref } })),
    };
  }
  const converted = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, ['enum', 'default', 'example'].includes(key) ? value : strict(value)]));
  // A text that may be empty carries its format only when it is not.
  if (converted.format === 'email' || converted.format === 'uri') {
    const { format, ...plain } = converted;
    return { anyOf: [{ ...plain, maxLength: 0 }, { ...plain, format }, ...(nullable ? [{ type: 'null' }] : [])] };
  }
  return nullable ? { anyOf: [{ type: 'null' }, converted] } : converted;
}

const relative = (schema) => JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"api#/'));
