// The tables of methods in docs/protocol.md, between `<!-- methods: NAME… -->` and `<!-- end of methods -->`: a name is
// that of a method, or of a family.
import { index, partsOf, read } from './schemas.mjs';

/** The schema itself behind a reference, alone or in an `allOf` that only adds a description. */
function resolved(schema) {
  if (schema.allOf?.length === 1) return resolved(schema.allOf[0]);
  if (!schema.$ref) return schema;
  const [file, definition] = partsOf(schema.$ref);
  return resolved(definition ? read(file).definitions[definition] : read(file));
}

// What is written out where it is used; what has a name of its own is described once, in the text.
function shape(schema) {
  if (schema.properties) return `{${members(schema)}}`;
  if (schema.items?.properties) return `[{${members(schema.items)}}]`;
  if (schema.const === undefined) return undefined;
  return JSON.stringify(schema.const);
}

function members({ properties, required = [] }) {
  return Object.entries(properties)
    .filter(([name]) => name !== 'replayed') // of every change: told once
    .map(([name, schema]) => {
      const value = shape(schema);
      return `${name}${required.includes(name) ? '' : '?'}${value ? `: ${value}` : ''}`;
    })
    .join(', ');
}

const message = (name) => `\`{${members(resolved(read(name)))}}\``;

const row = ({ name, does, for: whose }) =>
  `| \`${name}\` | ${whose} | ${message(`${name}.params`)} → ${message(`${name}.result`)} | ${does} |`;

export function documentText(present) {
  const missing = new Set(index.methods);
  const rows = (names) => {
    const methods = index.methods.filter(({ name }) => names.includes(name) || names.includes(name.split('.')[0]));
    methods.forEach((method) => missing.delete(method));
    return methods.map(row);
  };
  const text = present.replace(
    /(<!-- methods: ([\w. ]+) -->\n).*?(<!-- end of methods -->)/gs,
    (_, begin, names, end) =>
      [
        begin,
        '| method | for | params → result | does |',
        '|---|---|---|---|',
        ...rows(names.split(' ')),
        '',
        end,
      ].join('\n'),
  );
  if (missing.size > 0) throw new Error(`no table of docs/protocol.md has ${[...missing].map(({ name }) => name)}`);
  return text;
}
