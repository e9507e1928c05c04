// The font of figures comes with a live frame or a block of code, or when the reader first scrolls, points or presses a key. In the
// style sheet it would be the largest file that a phone loads before its first line of text, and one more layout while the page starts.
// Every letter is as wide in the font that stands in for it (see src/css/fonts.css), so nothing moves when it comes.

import file from '@fontsource-variable/jetbrains-mono/files/jetbrains-mono-latin-wght-normal.woff2';

const latin = 'U+0000-00FF, U+0131, U+0152-0153, U+02BB-02BC, U+02C6, U+02DA, U+02DC, U+2000-206F, U+20AC, U+2122, U+2212';

const firstSigns = ['scroll', 'pointerdown', 'pointermove', 'keydown'] as const;

let isAskedFor = false;

/** Without the network the page keeps the font that it has. */
export function loadNumberFont(): void {
  if (isAskedFor || typeof FontFace === 'undefined') return;
  isAskedFor = true;
  const font = new FontFace('JetBrains Mono Variable', `url(${file})`, { weight: '100 800', display: 'swap', unicodeRange: latin });
  font.load().then(
    () => document.fonts.add(font),
    () => undefined,
  );
}

/** Returns how to stop waiting. */
export function loadNumberFontAtFirstSign(): () => void {
  const stop = new AbortController();
  const load = (): void => {
    stop.abort();
    loadNumberFont();
  };
  for (const sign of firstSigns) window.addEventListener(sign, load, { passive: true, signal: stop.signal });
  return () => stop.abort();
}
