// A TypeDoc plugin. The page of a folder has a section for each of its source files, and the section begins with the idea that
// the file opens with, in plain comment lines: it is the best first paragraph that there can be.

import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { Comment, CommentTag, Converter, ReflectionKind } from 'typedoc';

export function load(app) {
  // After comments have found their place at the signatures of functions, before sections are made of the categories.
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, (context) => {
    for (const page of context.project.getReflectionsByKind(ReflectionKind.Module)) describeSections(page);
  });
  // The entries stand in a folder of their own, and TypeDoc would give addresses as seen from there.
  const template = app.options.getValue('sourceLinkTemplate');
  app.converter.on(Converter.EVENT_RESOLVE_END, (context) => {
    for (const { sources } of Object.values(context.project.reflections)) {
      for (const source of sources ?? []) {
        source.url = template.replace('{path}', source.fileName).replace('{line}', source.line);
      }
    }
  });
}

function describeSections(page) {
  const files = new Map();
  for (const member of page.children ?? []) {
    const file = member.sources?.[0]?.fullFileName;
    if (!file) continue;
    const section = basename(file, '.ts');
    files.set(section, file);
    for (const place of member.signatures ?? [member]) {
      place.comment ??= new Comment();
      place.comment.blockTags.push(tag('@category', section));
    }
  }
  page.comment = new Comment(
    [],
    [...files].map(([section, file]) => tag('@categoryDescription', `${section}\n${ideaOf(file)}`)),
  );
}

const tag = (name, text) => new CommentTag(name, [{ kind: 'text', text }]);

function ideaOf(file) {
  const lines = [];
  for (const line of readFileSync(file, 'utf8').split(/\r?\n/)) {
    if (!line.startsWith('//')) break;
    lines.push(line.replace(/^\/\/ ?/, ''));
  }
  return lines.join('\n');
}
