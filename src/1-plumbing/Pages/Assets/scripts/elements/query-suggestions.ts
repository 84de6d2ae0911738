/** A field of a query, as lists of the API describe it. */
export interface Field { type: string; nullable: boolean; options: string[] | null; relation?: string }

export interface Schema { current_model: string; models: Record<string, Record<string, Field>> }

/** What may stand next: `from` is where the word begins that a suggestion replaces. */
export interface Suggestions { from: number; texts: string[] }

const texts = ['=', '!=', '~', '!~', 'startswith', 'not startswith', 'endswith', 'not endswith', 'in (', 'not in ('];
const numbers = ['=', '!=', '>', '>=', '<', '<=', 'in ('];
const operators: Record<string, string[]> = { str: texts, relation: [...texts, '>', '<'], bool: ['=', '!='], int: numbers, datetime: ['>', '>=', '<', '<=', '=', '!='] };
const token = /"(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?|[!<>]=?|!~|=|~|[(),]|[^\s"'()=!<>~,]+/gy;

/** Words of a query up to the cursor, the last one possibly unfinished. */
function read(text: string): { words: string[]; from: number } {
  const words: string[] = [];
  let from = text.length;
  for (let at = 0; at < text.length;) {
    token.lastIndex = at;
    const match = token.exec(text);
    if (!match) {
      at++;
      continue;
    }
    words.push(match[0]);
    from = at;
    at = token.lastIndex;
  }
  if (words.length === 0 || /\s$/.test(text) && !/^["'][^"']*$/.test(words[words.length - 1] ?? '')) {
    words.push('');
    from = text.length;
  }
  return { words, from };
}

/** What fits behind a text, best first. */
export function suggest(text: string, schema: Schema): Suggestions {
  const fields = schema.models[schema.current_model] ?? {};
  const { words, from } = read(text);
  const word = words.pop() ?? '';
  return { from, texts: pick(candidates(words, fields, schema), word) };
}

function candidates(words: string[], fields: Record<string, Field>, schema: Schema): string[] {
  let field: Field | undefined;
  let state: 'field' | 'operator' | 'value' | 'list' | 'join' = 'field';
  for (const word of words) {
    if (state === 'field') {
      if (word === '(' || word === 'not')
        continue;
      field = find(word, fields);
      state = 'operator';
    } else if (state === 'operator') {
      if (word === 'not' || word === 'in')
        continue;
      state = word === '(' ? 'list' : 'value';
    } else if (state === 'value')
      state = 'join';
    else if (state === 'list')
      state = word === ')' ? 'join' : 'list';
    else if (word === 'and' || word === 'or')
      state = 'field';
  }
  if (state === 'field')
    return names(fields, schema);
  if (state === 'operator')
    return words[words.length - 1] === 'not' ? ['startswith', 'endswith', 'in ('] : operators[field?.type ?? 'str'] ?? texts;
  return state === 'join' ? ['and', 'or'] : values(field);
}

function names(fields: Record<string, Field>, schema: Schema, before = ''): string[] {
  return Object.entries(fields).flatMap(([name, field]) => field.type === 'relation'
    ? [`${before}${name}.`, ...names(schema.models[field.relation ?? ''] ?? {}, schema, `${before}${name}.`)]
    : [before + name]);
}

function find(word: string, fields: Record<string, Field>): Field | undefined {
  return fields[word] ?? fields[word.split('.')[0] === 'attribute' ? 'attributes' : word.split('.')[0] ?? ''];
}

function values(field: Field | undefined): string[] {
  const known = field?.options?.map(option => `"${option}"`) ?? [];
  if (field?.type === 'bool')
    return ['True', 'False'];
  if (field?.type === 'datetime')
    known.push('now-1d', 'now-7d', 'now-30d', 'now-90d');
  return field?.nullable ? [...known, 'None'] : known;
}

function pick(all: string[], word: string): string[] {
  const small = word.replace(/^["']/, '').toLowerCase();
  const bare = (text: string) => text.replace(/^"/, '').toLowerCase();
  const begins = all.filter(text => bare(text).startsWith(small) && text !== word);
  const holds = small.length > 1 ? all.filter(text => !begins.includes(text) && bare(text).includes(small) && text !== word) : [];
  return [...begins, ...holds].slice(0, 12);
}
