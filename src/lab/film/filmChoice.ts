// Whether the strip of stills is shown: as the reader chose; without a choice, to those who asked for less motion.

import { useStored } from '../keys/keySettings';
import { stored } from '../keys/stored';
import { useStill } from '../stage/useStill';

type FilmChoice = 'shown' | 'hidden' | null;

export function readFilmChoice(found: unknown): FilmChoice {
  return found === 'shown' || found === 'hidden' ? found : null;
}

export const filmChoice = stored('by-the-slice:film', readFilmChoice, () => window.localStorage);

export function useShowsFilm(): boolean {
  const choice = useStored(filmChoice);
  const wantsLessMotion = useStill();
  return choice === null ? wantsLessMotion : choice === 'shown';
}
