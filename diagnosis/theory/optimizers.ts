/** Learning rates and settings that are usual for an optimizer. */

export interface UsualRate {
  /** Where to start. */
  start: number;
  least: number;
  most: number;
}

/** Adam and its kin: 3e-4 to 1e-3 (lesson 002, S2-33), and ten times around; it takes steps of the rate's own size. */
const ADAPTIVE: UsualRate = { start: 1e-3, least: 3e-5, most: 1e-2 };
/** Lesson 003 (S3-13) starts at 0.01; what is stable depends on the loss, so by more around. */
const PLAIN: UsualRate = { start: 1e-2, least: 1e-4, most: 0.5 };

/** By name in lower case. */
const USUAL: Record<string, UsualRate> = {
  adam: ADAPTIVE,
  adamw: ADAPTIVE,
  nadam: ADAPTIVE,
  adamax: ADAPTIVE,
  rmsprop: ADAPTIVE,
  sgd: PLAIN,
  momentum: PLAIN,
  // Duchi et al. 2011: the sum of squares takes it down soon.
  adagrad: { start: 1e-2, least: 1e-3, most: 0.5 },
  // Zeiler 2012 has no rate at all: 1 is none.
  adadelta: { start: 1, least: 0.1, most: 10 },
};

/** Undefined for optimizers that are not known. */
export function usualRate(optimizer: string): UsualRate | undefined {
  return USUAL[optimizer.toLowerCase()];
}

/** Whether it keeps a running mean of gradients or of updates. */
export function hasMomentum(optimizer: string, settings: Record<string, unknown>): boolean {
  const momentum = settings["momentum"];
  return (
    /adam|momentum/i.test(optimizer) ||
    settings["nesterov"] === true ||
    (typeof momentum === "number" && momentum > 0)
  );
}
