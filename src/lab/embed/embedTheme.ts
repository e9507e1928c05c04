// The theme of a frame in somebody else's page: as its address says, else as the reader's system has it. Nothing is stored.

/** Runs while the page is read, before anything is painted. Its rule stands in `themeOf` once more: a script cannot import. */
export const themeScript = `(function(){try{var t=new URLSearchParams(location.search).get('theme');if(t!=='light'&&t!=='dark')t=matchMedia('(prefers-color-scheme: dark)').matches?'dark':'light';document.documentElement.setAttribute('data-theme',t)}catch(e){}})()`;

/** `query`: as in the address. Anything that is not light or dark is auto. */
export function themeOf(query: string, isDarkSystem: boolean): 'light' | 'dark' {
  const asked = new URLSearchParams(query).get('theme');
  if (asked === 'light' || asked === 'dark') return asked;
  return isDarkSystem ? 'dark' : 'light';
}

export function followSystemTheme(): () => void {
  const system = matchMedia('(prefers-color-scheme: dark)');
  const apply = (): void => document.documentElement.setAttribute('data-theme', themeOf(window.location.search, system.matches));
  apply();
  system.addEventListener('change', apply);
  return () => system.removeEventListener('change', apply);
}
