// Hands something over and says what became of it. What the browser refuses is shown, to be copied by hand.

import { translate } from '@docusaurus/Translate';
import { copyText, mayNotSave, saveFile } from './deliver';
import type { Drawing } from './drawing';
import { pngFile, themeOfPage } from './pngFile';

/** What the reader is told. */
export interface Told {
  text: string;
  /** To be copied by hand. */
  byHand?: string;
}

export function saved(name: string, content: string, type: string): Told {
  saveFile(name, content, type);
  if (!mayNotSave()) return { text: translate({ id: 'lab.take.saved', message: '✓ Saved as {name}.' }, { name }) };
  return {
    text: translate({
      id: 'lab.take.mayNotSave',
      message:
        'The page around this experiment may not let it save files. If none has come, copy the text from here, or open it in the course.',
    }),
    byHand: content,
  };
}

export async function pngSaved(name: string, drawing: Drawing): Promise<Told> {
  try {
    saveFile(name, await pngFile(drawing, themeOfPage()));
  } catch {
    return {
      text: translate({
        id: 'lab.take.noPng',
        message: 'Your browser does not give the pixels of a picture to the page. Take the SVG instead.',
      }),
    };
  }
  return mayNotSave()
    ? {
        text: translate({
          id: 'lab.take.mayNotSavePng',
          message: 'The page around this experiment may not let it save files. If none has come, open it in the course.',
        }),
      }
    : { text: translate({ id: 'lab.take.saved', message: '✓ Saved as {name}.' }, { name }) };
}

export async function copied(text: string, extra = ''): Promise<Told> {
  const done = await copyText(text);
  const told = done
    ? translate({ id: 'lab.take.copied', message: '✓ Copied.' })
    : translate({ id: 'lab.take.notCopied', message: 'Your browser did not let the page copy it: copy it from here.' });
  return { text: extra === '' ? told : `${told} ${extra}`, byHand: text };
}
