// A TypeDoc plugin: each source file of the package opens with its idea in plain comment lines, and that is the best first
// paragraph that its page can have.

import { readFileSync } from 'node:fs';
import { Comment, Converter, ReflectionKind } from 'typedoc';

export function load(app) {
  app.converter.on(Converter.EVENT_CREATE_DECLARATION, (_context, reflection) => {
    if (reflection.kind !== ReflectionKind.Module || reflection.hasComment()) return;
    const text = ideaOf(reflection.sources?.[0]?.fullFileName);
    if (text) reflection.comment = new Comment([{ kind: 'text', text }]);
  });
}

function ideaOf(file) {
  if (!file) return '';
  const lines = [];
  for (const line of readFileSync(file, 'utf8').split(/\r?\n/)) {
    if (!line.startsWith('//')) break;
    lines.push(line.replace(/^\/\/ ?/, ''));
  }
  return lines.join('\n');
}
