/** Wrong usage or input: one line for the user, exit status 2. */
export class InputError extends Error {}

/** What the command's exit status means; contract 3. */
export const EXIT = { ok: 0, findings: 1, input: 2, failed: 3 } as const;
