// Code that was asked for did not arrive: there is no network, or the site has been built anew since the page was opened.

export class NotLoaded extends Error {
  constructor(
    cause: unknown,
    /** Lets the next attempt ask the network again, where a failure is remembered. */
    readonly forget: () => void = () => {},
  ) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.name = 'NotLoaded';
  }
}
