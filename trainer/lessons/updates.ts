/** How many updates an epoch makes. */
import { batchCount } from "../data/batches.ts";
import type { Figure } from "./figure.ts";

const ROWS = 50_000;
const EPOCHS = 100;

export function updateFigures(): Figure[] {
  const dropped = batchCount(ROWS, 64, true);
  const kept = batchCount(ROWS, 64);
  const reason = "781 holds only where the last 16 examples of an epoch are dropped.";
  return [
    {
      at: "000:171",
      what: "updates in an epoch of 50,000: all at once, one by one, batches of 32",
      run: true,
      lesson: "1; 50,000; 1,563",
      ours: [batchCount(ROWS, "full"), batchCount(ROWS, 1), batchCount(ROWS, 32)],
    },
    {
      at: "002:36",
      what: "updates an epoch, batches of 64, the last 16 examples dropped",
      lesson: "50,000 / 64 = 781",
      ours: [ROWS, 64, dropped],
    },
    {
      at: "002:36",
      what: "updates an epoch, every example used",
      lesson: "781",
      ours: [kept],
      wrong: { right: "782", reason },
    },
    {
      at: "002:36",
      what: "updates in 100 epochs, the last 16 examples dropped",
      lesson: "781 × 100 = 78,100",
      ours: [dropped, EPOCHS, dropped * EPOCHS],
    },
    {
      at: "002:36",
      what: "updates in 100 epochs, every example used",
      lesson: "78,100",
      ours: [kept * EPOCHS],
      wrong: { right: "78,200", reason },
    },
    {
      at: "003:152",
      what: "batches in an epoch of 50,000: all at once, 32, 64, 128, 256, one by one",
      run: true,
      lesson: "1; 1,563; 782; 391; 196; 50,000",
      ours: (["full", 32, 64, 128, 256, 1] as const).map((size) => batchCount(ROWS, size)),
    },
  ];
}
