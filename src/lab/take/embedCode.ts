// The experiment as a frame in somebody else's page.

interface Embed {
  /** With scheme, host and a slash at the end: https://example.org/embed/one-server/ */
  address: string;
  /** Without `#`. */
  fragment: string;
  title: string;
  heightPx: number;
}

/**
 * The least that it needs: scripts. With its own origin besides, it may run in workers, copy links and remember answers; with downloads, files
 * can be taken along; with popups, the way into the course opens beside the page.
 */
const sandbox = 'allow-scripts allow-same-origin allow-downloads allow-popups allow-popups-to-escape-sandbox';

export function embedCode({ address, fragment, title, heightPx }: Embed): string {
  const source = `${address}?theme=auto#${fragment}`;
  return `<iframe src="${escaped(source)}" title="${escaped(title)}" width="100%" height="${Math.round(heightPx)}" style="border:0" loading="lazy" sandbox="${sandbox}" allow="clipboard-write"></iframe>`;
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
