import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { read, writeBelow } from "../../../helpers/imported.ts";
import { scalarRecord } from "../../../helpers/tfevents.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "vitals-import-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (name: string, content: string | Buffer) => writeBelow(folder, name, content);

describe("TensorBoard folders", () => {
  const NAME = "events.out.tfevents.1700000000.host.1.0";
  const events = (points: [tag: string, value: number, step: number, time: number][]) =>
    Buffer.concat(
      points.map(([tag, value, step, time]) => scalarRecord(tag, value, step, 1.7e9 + time)),
    );

  it("of Keras are one run in two folders; steps and epochs meet by the clock", () => {
    write(
      `logs/train/${NAME}.v2`,
      events([
        ["batch_loss", 4, 0, 1],
        ["batch_loss", 2, 1, 2],
        ["epoch_loss", 3, 0, 3],
        ["epoch_accuracy", 0.5, 0, 3],
        ["epoch_learning_rate", 0.125, 0, 3],
        ["batch_loss", 1, 2, 5],
        ["batch_loss", 0.5, 3, 6],
        ["epoch_loss", 0.75, 1, 7],
        ["epoch_accuracy", 0.75, 1, 7],
      ]),
    );
    write(
      `logs/validation/${NAME}.v2`,
      events([
        ["epoch_loss", 3.5, 0, 4],
        ["evaluation_loss_vs_iterations", 3.5, 2, 4],
        ["epoch_loss", 1.5, 1, 8],
      ]),
    );
    const { tool, run, steps, epochs } = read(join(folder, "logs"));
    expect(tool).toBe("TensorBoard");
    expect(run.optimizer.learningRate).toBe(0.125);
    expect(steps.map(({ step, epoch, loss }) => [step, epoch, loss])).toEqual([
      [1, 1, 4],
      [2, 1, 2],
      [3, 2, 1],
      [4, 2, 0.5],
    ]);
    expect(epochs).toMatchObject([
      {
        epoch: 1,
        step: 2,
        seconds: 3,
        train: { loss: 3, accuracy: 0.5 },
        validation: { loss: 3.5 },
      },
      { epoch: 2, step: 4, seconds: 7, train: { loss: 0.75 }, validation: { loss: 1.5 } },
    ]);
    expect(read(join(folder, "logs", "train")).epochs[0]).toMatchObject({ validation: null });
  });

  it("of PyTorch may have an epoch as their step", () => {
    write(
      `run/${NAME}`,
      events(
        [0, 1, 2].flatMap((i) => [
          ["Loss/train", 2 - i, i, 10 * i],
          ["Loss/test", 3 - i, i, 10 * i + 1],
        ]),
      ),
    );
    const { epochs, steps } = read(join(folder, "run", NAME));
    expect(steps).toEqual([]);
    expect(
      epochs.map(({ epoch, train, validation }) => [epoch, train["loss"], validation?.["loss"]]),
    ).toEqual([
      [1, 2, 3],
      [2, 1, 2],
      [3, 0, 1],
    ]);
  });

  it("of Hugging Face number the epochs by fractions", () => {
    write(
      `run/${NAME}`,
      events([
        ["train/loss", 2, 50, 1],
        ["train/grad_norm", 7, 50, 1],
        ["train/epoch", 0.5, 50, 1],
        ["train/loss", 1, 100, 2],
        ["train/grad_norm", 5, 100, 2],
        ["train/epoch", 1, 100, 2],
        ["eval/loss", 1.5, 100, 3],
        ["eval/runtime", 12, 100, 3],
        ["train/loss", 0.5, 150, 4],
        ["train/grad_norm", 3, 150, 4],
        ["train/epoch", 1.5, 150, 4],
      ]),
    );
    const { epochs, steps } = read(join(folder, "run"));
    expect(steps.map(({ step, epoch, gradientNorm }) => [step, epoch, gradientNorm])).toEqual([
      [50, 1, 7],
      [100, 1, 5],
      [150, 2, 3],
    ]);
    expect(epochs).toMatchObject([
      { epoch: 1, step: 100, train: { loss: 1.5 }, validation: { loss: 1.5 } },
    ]);
    expect(epochs[0]?.validation).toEqual({ loss: 1.5 });
  });

  it("keep the gradient norm of a tool that logs and evaluates at the same steps", () => {
    const at = (step: number): [string, number, number, number][] => [
      ["train/loss", 100 / step, step, step],
      ["train/grad_norm", step / 100, step, step],
      ["eval/loss", 200 / step, step, step],
    ];
    write(`run/${NAME}`, events([100, 200, 300].flatMap(at)));
    const { all, steps } = read(join(folder, "run"));
    expect(all.map(({ kind }) => kind).join()).toBe("run,step,epoch,step,epoch,step,epoch,end");
    expect(steps.map(({ epoch, gradientNorm }) => [epoch, gradientNorm])).toEqual([
      [1, 1],
      [2, 2],
      [3, 3],
    ]);
  });

  it("of one run may be several files, the later one going on from before the end of the first", () => {
    write(`run/${NAME}`, events([1, 2, 3].map((i) => ["train/loss", i, i, i])));
    write("run/events.out.tfevents.1700000900.host.2.0", events([["train/loss", 20, 2, 900]]));
    const { steps } = read(join(folder, "run"));
    expect(steps.map(({ step, loss }) => [step, loss])).toEqual([
      [1, 1],
      [2, 20],
    ]);
  });

  it("of several runs need a choice", () => {
    write(`logs/a/${NAME}`, events([["loss", 1, 1, 1]]));
    write(`logs/b/${NAME}`, events([["loss", 1, 1, 1]]));
    expect(() => read(join(folder, "logs"))).toThrow(/holds 2 runs: name one of them \(a, b\)\./);
    write(`logs/${NAME}`, events([["loss", 0.5, 1, 1]]));
    expect(read(join(folder, "logs")).steps[0]?.loss).toBe(0.5);
  });
});
