/** What the launcher tells the probe. */

/** Set by the launcher, as JSON. */
const VARIABLE = "VITALS_PROBE";

export interface ProbeSettings {
  /** The script, absolute. */
  script: string;
  /** The run folder, absolute. */
  run: string;
  /** As `--backend` takes it; `auto` and `cpu` leave the script's own choice alone. */
  backend: string;
  /** Weight updates after which training is stopped; null: as many as the script makes. */
  maxSteps: number | null;
}

/**
 * Takes the settings out of the environment: the script shall not see them, and neither shall processes that it starts,
 * or they would write into the same run.
 * @returns null in a process that nobody asked to observe
 */
export function takeSettings(): ProbeSettings | null {
  const text = process.env[VARIABLE];
  if (text === undefined) return null;
  delete process.env[VARIABLE];
  return JSON.parse(text) as ProbeSettings;
}
