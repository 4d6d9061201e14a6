/** What the usual rules of initialisation give, as tables. */
import { short } from "../../../diagnosis/format.ts";
import type { ScalingName } from "../../../recipe/initializers.ts";
import type { Fans } from "./fans.ts";
import { figures, table } from "./markdown.ts";
import { scaled } from "./spread.ts";

/** Each rule, and an initializer that follows it. */
const RULES: [rule: string, initializer: ScalingName][] = [
  ["He", "heNormal"],
  ["Xavier (Glorot)", "glorotNormal"],
  ["LeCun", "leCunNormal"],
];
const NAMES = RULES.map(([rule]) => rule);

/** Units, or channels of a picture, that may come in as long as nobody knows. */
const USUAL_WIDTHS = { dense: [64, 256, 1024], conv2d: [1, 16, 64] };

/** Standard deviations by rule, at the layer's fan-in or at some usual ones. */
export function rules(fans: Fans, type: keyof typeof USUAL_WIDTHS): string {
  const { fanIn, fanOut, source, window } = fans;
  if (fanIn !== undefined) {
    const where = source === "run" ? ", as in the last run" : "";
    const out = fanOut === undefined ? "" : `, fan-out ${fanOut}`;
    const all = deviations(fanIn, fanOut).map((std, i) => [NAMES[i] ?? "", std] as const);
    return `Fan-in ${fanIn}${where}${out}: ${figures(all)}`;
  }
  const rows = USUAL_WIDTHS[type].map((width) => {
    const inputs = width * (window ?? 1);
    return [String(inputs), ...deviations(inputs, fanOut)];
  });
  const usual = table(["fan-in", ...NAMES], rows);
  return `The fan-in is known after the first run; until then, some usual ones:\n\n${usual}`;
}

/** In the order of the rules. */
function deviations(fanIn: number, fanOut: number | undefined): string[] {
  return RULES.map(([, name]) => {
    const std = scaled(name, { fanIn, fanOut });
    return std === undefined ? "–" : short(std);
  });
}
