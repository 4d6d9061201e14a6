import type { Encoding } from "../../data/dataset.ts";
import type { Loss } from "./loss.ts";

/**
 * Mean over the units of (z − target)²; gradient 2 (z − target) / units. What a class number means as a target is the
 * encoding's: 0 and 1, or −1 and +1 (lesson 004), one unit or one a class. The nearest target is the predicted class.
 */
export function meanSquaredError({ units: wanted, value }: Encoding): Loss {
  const nearest = (z: number) => (Math.abs(z - value(1, 0)) < Math.abs(z - value(0, 0)) ? 1 : 0);
  return {
    activation: null,
    units: () => wanted,

    forward(values, targets, units, outputs, rowLosses) {
      let loss = 0;
      let correct = 0;
      for (let row = 0; row < targets.length; row++) {
        const target = targets[row]!;
        let sum = 0;
        let best = 0;
        for (let unit = 0; unit < units; unit++) {
          const at = row * units + unit;
          const z = values[at]!;
          outputs[at] = z;
          sum += (z - value(target, unit)) ** 2;
          if (z > values[row * units + best]!) best = unit;
        }
        rowLosses[row] = sum / units;
        loss += sum / units;
        const predicted = units > 1 ? best : nearest(values[row]!);
        if (predicted === target && !Number.isNaN(sum)) correct++;
      }
      return { loss, correct };
    },

    backward(outputs, targets, units, scale, gradient) {
      const factor = (2 * scale) / (targets.length * units);
      for (let row = 0; row < targets.length; row++) {
        for (let unit = 0; unit < units; unit++) {
          const at = row * units + unit;
          gradient[at] = (outputs[at]! - value(targets[row]!, unit)) * factor;
        }
      }
    },

    shader: {
      encode: (targets, units) =>
        Float32Array.from({ length: targets.length * units }, (_, i) =>
          value(targets[Math.floor(i / units)]!, i % units),
        ),
      // Squares relative to the largest distance neither overflow nor vanish.
      body: `
        var largest = 0u;
        var best = 0u;
        for (var c = 0u; c < units; c++) {
          let z = values[at + c];
          let distance = z - targets[at + c];
          outputs[at + c] = z;
          gradient[at + c] = 2.0 * distance * share / f32(units);
          largest = max(largest, sizeOf(distance));
          if (z > values[at + best]) { best = c; }
        }
        var sum = 0.0;
        for (var c = 0u; c < units && largest != 0u; c++) {
          let part = (values[at + c] - targets[at + c]) / bitcast<f32>(largest);
          sum += part * part;
        }
        record = vec4f(bitcast<f32>(largest), sum, select(values[at], f32(best), units > 1u), 0.0);`,
      finish([largest, sum, guess], target, units) {
        const loss = Number.isFinite(largest!) ? (largest! ** 2 * sum!) / units : largest!;
        const predicted = units > 1 ? guess! : nearest(guess!);
        return { loss, correct: predicted === target && !Number.isNaN(loss) };
      },
    },
  };
}
