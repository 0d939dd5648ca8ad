// Every text that the sources hold, as they hold it: what is between tags, in attributes, in strings.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'svelte/compiler';

const web = fileURLToPath(new URL('../../', import.meta.url));

export interface Prose {
  file: string;
  text: string;
  start: number;
}

export function sources(): string[] {
  const src = readdirSync(join(web, 'src'), { recursive: true, encoding: 'utf8' });
  const texts = readdirSync(join(web, 'public/textes')).map((name) => join('public/textes', name));
  return [
    ...texts,
    'index.html',
    ...src.filter((name) => /\.(ts|svelte)$/.test(name)).map((name) => join('src', name)),
  ];
}

const script = '<script lang="ts">';

export function proseOf(file: string, code = readFileSync(join(web, file), 'utf8')): Prose[] {
  if (file.endsWith('.txt')) return code.split('\n').map((text) => ({ file, text, start: 0 }));
  // A module is read as the script of a component.
  const before = file.endsWith('.ts') ? script : '';
  const tree = parse(before ? `${before}${code}</script>` : code, { modern: true });
  const found: Prose[] = [];
  visit(tree, (node) => {
    const [text, start] = [textOf(node), Number(node.start) - before.length];
    if (text !== null && start >= 0) found.push({ file, text, start });
  });
  return found;
}

type Node = Record<string, unknown> & { type?: string };

/** Of what an import names nothing is read by a person, nor of styles. */
const skipped = new Set(['ImportDeclaration', 'ExportNamedDeclaration.source', 'StyleSheet', 'TSLiteralType']);

function visit(value: unknown, see: (node: Node) => void): void {
  if (Array.isArray(value)) return value.forEach((item) => visit(item, see));
  if (!value || typeof value !== 'object') return;
  const node = value as Node;
  if (node.type && skipped.has(node.type)) return;
  if (node.type) see(node);
  for (const [key, child] of Object.entries(node)) if (key !== 'parent') visit(child, see);
}

function textOf({ type, value, data }: Node): string | null {
  if (type === 'Literal' && typeof value === 'string') return value;
  if (type === 'TemplateElement') return (value as { cooked: string }).cooked;
  return type === 'Text' ? String(data) : null;
}
