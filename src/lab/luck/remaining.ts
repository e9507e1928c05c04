// The time that is left, in words that a reader can rely on: coarse steps that go down, and up only when far off.

import { translate } from '@docusaurus/Translate';

const steps = [5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 240, 300, 420, 600, 900, 1200, 1800, 2700, 3600];

/** The step to show, in seconds. `before`: the one on screen, null at first. */
export function remainingStep(seconds: number, before: number | null): number {
  const step = steps.find((one) => one >= seconds) ?? steps[steps.length - 1];
  return before !== null && step > before && seconds < 1.5 * before ? before : step;
}

/** null while too little is done to tell. */
export function secondsLeft(done: number, of: number, elapsedMs: number): number | null {
  if (done === 0 || (elapsedMs < 1000 && done < of / 10)) return null;
  return (elapsedMs / done / 1000) * (of - done);
}

export function remainingWords(step: number | null): string {
  if (step === null) return '';
  if (step <= 5) return translate({ id: 'lab.luck.left.moment', message: 'a few seconds left' });
  if (step < 60) return translate({ id: 'lab.luck.left.seconds', message: 'about {seconds} seconds left' }, { seconds: step });
  if (step === 60) return translate({ id: 'lab.luck.left.minute', message: 'about a minute left' });
  if (step === 90) return translate({ id: 'lab.luck.left.minuteAndHalf', message: 'about a minute and a half left' });
  if (step < 3600) return translate({ id: 'lab.luck.left.minutes', message: 'about {minutes} minutes left' }, { minutes: step / 60 });
  return translate({ id: 'lab.luck.left.hour', message: 'an hour or more left' });
}
