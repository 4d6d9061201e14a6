/** The loss of the `run` event. */

/** TensorFlow.js's short names. */
const ALIASES: Record<string, string> = {
  mse: "meanSquaredError",
  mae: "meanAbsoluteError",
  mape: "meanAbsolutePercentageError",
  cosine: "cosineProximity",
};

/** A function that stands in the call itself gets its name from the setting. */
const NAMELESS = new Set(["", "loss"]);

/**
 * @param loss as `compile` takes it
 * @returns TensorFlow.js's name, that of the script's own function, or `custom`; several, for several outputs, joined by " + "
 */
export function lossName(loss: unknown): string {
  if (typeof loss === "string") return ALIASES[loss.toLowerCase()] ?? loss;
  if (typeof loss === "function") {
    // An operation's name ends in the mark of the function that wraps it.
    const name = loss.name.replace(/_*(op)?$/, "");
    return NAMELESS.has(name) ? "custom" : (ALIASES[name.toLowerCase()] ?? name);
  }
  if (typeof loss !== "object" || loss === null) return "custom";
  return Object.values(loss).map(lossName).join(" + ");
}
