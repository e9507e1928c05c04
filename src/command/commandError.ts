// A mistake in how the command was called: told in one sentence, without a stack.

export class CommandError extends Error {}
