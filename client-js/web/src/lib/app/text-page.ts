// The texts that a town completes, in files beside the pages: a line each, « ## » before a heading, « - » before a point.

export type Block = { kind: 'heading' | 'line'; text: string } | { kind: 'list'; points: string[] };

export function blocksOf(text: string): Block[] {
  const blocks: Block[] = [];
  for (const line of text.split('\n').map((raw) => raw.trim())) {
    const last = blocks.at(-1);
    if (line === '') continue;
    if (line.startsWith('## ')) blocks.push({ kind: 'heading', text: line.slice(3) });
    else if (!line.startsWith('- ')) blocks.push({ kind: 'line', text: line });
    else if (last?.kind === 'list') last.points.push(line.slice(2));
    else blocks.push({ kind: 'list', points: [line.slice(2)] });
  }
  return blocks;
}

export async function readText(name: string): Promise<Block[]> {
  const response = await fetch(`/textes/${name}.txt`);
  const isText = response.headers.get('content-type')?.startsWith('text/plain');
  if (!response.ok || !isText) throw new Error(`${response.status} for /textes/${name}.txt`);
  return blocksOf(await response.text());
}
