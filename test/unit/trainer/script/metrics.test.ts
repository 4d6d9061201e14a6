import { expect, test } from "vitest";
import { metricsOfLogs } from "../../../../trainer/script/metrics.ts";

test("logs of fit become training and validation metrics by the events' names", () => {
  const scalar = { dataSync: () => Float32Array.of(0.75) };
  const logs = { loss: 1.5, acc: scalar, val_loss: 1.25, val_acc: 0.5, mse: 3 };
  expect(metricsOfLogs(logs, 0.5)).toEqual({
    train: { loss: 1, accuracy: 0.75, meanSquaredError: 3 },
    validation: { loss: 1.25, accuracy: 0.5 },
  });
});

test("without validation there is none", () => {
  expect(metricsOfLogs({ loss: 2 }, 0)).toEqual({ train: { loss: 2 }, validation: null });
});
