// Gives something to the reader: as a file, or into the clipboard. A browser may refuse both, and for files it does not say so.

/** Long enough for any browser to have taken the file. */
const keepMs = 60_000;

export function saveFile(name: string, content: Blob | string, type = 'text/plain'): void {
  const blob = typeof content === 'string' ? new Blob([content], { type: `${type};charset=utf-8` }) : content;
  const address = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), keepMs);
}

/** A frame without an origin of its own: unless its page allows it, files that it saves go nowhere, and nobody is told. */
export function mayNotSave(): boolean {
  return window.origin === 'null';
}

export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
