import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ImportError, readImported } from "../../../../telemetry/files/imported.ts";
import { read, writeBelow } from "../../../helpers/imported.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "vitals-import-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (name: string, content: string | Buffer) => writeBelow(folder, name, content);

describe("Keras CSV logs", () => {
  const LOG = [
    "epoch,accuracy,learning_rate,loss,val_accuracy,val_loss",
    "0,0.5,0.01,0.9,NA,NA",
    "1,0.75,0.01,nan,0.5,inf",
    "2,0.8,0.001,0.4,0.7,0.6",
    "",
  ];

  it("are a row an epoch, counted from 1; NA is absent, nan and inf are values", () => {
    const { tool, run, steps, epochs, damaged } = read(write("training.log", LOG.join("\n")));
    expect(tool).toBe("Keras CSVLogger");
    expect(run).toMatchObject({ framework: "Keras CSVLogger", name: "training.log", layers: [] });
    expect(run.optimizer.learningRate).toBe(0.01);
    expect(run.classes).toBeNull();
    expect(steps).toEqual([]);
    expect(damaged).toBe(0);
    expect(epochs.map(({ epoch, train, validation }) => ({ epoch, train, validation }))).toEqual([
      { epoch: 1, train: { accuracy: 0.5, loss: 0.9 }, validation: null },
      {
        epoch: 2,
        train: { accuracy: 0.75, loss: Number.NaN },
        validation: { accuracy: 0.5, loss: Number.POSITIVE_INFINITY },
      },
      { epoch: 3, train: { accuracy: 0.8, loss: 0.4 }, validation: { accuracy: 0.7, loss: 0.6 } },
    ]);
  });

  it("can have another separator, carriage returns and a mark of the byte order", () => {
    const text = `\uFEFF${LOG.join("\r\n").replaceAll(",", ";")}`;
    expect(read(write("log.csv", text)).epochs).toEqual(
      read(write("same.csv", LOG.join("\n"))).epochs,
    );
  });

  it("count damaged rows, and leave out the row that is being written", () => {
    const text = `${LOG.slice(0, 3).join("\n")}\n2,0.8\nsome text\n3,0.8,0.001,0.4,0.7,0.6\n4,0.9,0.00`;
    const { epochs, damaged } = read(write("log.csv", text));
    expect(epochs.map(({ epoch }) => epoch)).toEqual([1, 2, 4]);
    expect(damaged).toBe(2);
  });

  it("go on where a resumed run went back to", () => {
    const rows = ["epoch,loss", "0,4", "1,3", "2,2.9", "1,2", "2,1", ""];
    const { epochs } = read(write("log.csv", rows.join("\n")));
    expect(epochs.map(({ train }) => train["loss"])).toEqual([4, 2, 1]);
  });

  it("may give the accuracy in percent", () => {
    const rows = ["epoch,acc,loss,val_acc,val_loss", "1,0.9,2,1,2", "2,55,1,50,1.5", ""];
    const { epochs } = read(write("log.csv", rows.join("\n")));
    expect(epochs[1]).toMatchObject({
      epoch: 2,
      train: { accuracy: 0.55 },
      validation: { accuracy: 0.5 },
    });
    expect(epochs[0]?.train["accuracy"]).toBeCloseTo(0.009, 12);
  });
});

describe("Lightning CSV logs", () => {
  const LOG = [
    "epoch,grad_2.0_norm_total,lr-Adam,step,train_acc,train_loss_epoch,train_loss_step,val_acc,val_loss",
    ",,0.01,49,,,,,",
    "0,3.5,,49,,,2.0,,",
    "0,2.5,,99,,,1.0,,",
    "0,,,119,,,,0.5,1.4",
    "0,,,119,0.6,1.6,,,",
    ",,0.005,149,,,,,",
    "1,1.5,,149,,,0.5,,",
    "1,,,239,,,,0.7,0.9",
    "1,,,239,0.8,0.6,,,",
    "",
  ];

  it("have training and validation in rows of their own", () => {
    const { tool, run, steps, epochs, all } = read(write("version_0/metrics.csv", LOG.join("\n")));
    expect(tool).toBe("Lightning CSVLogger");
    expect(run.optimizer.learningRate).toBe(0.01);
    expect(all.map(({ kind }) => kind)).toEqual([
      "run",
      "step",
      "step",
      "epoch",
      "step",
      "epoch",
      "end",
    ]);
    expect(
      steps.map(({ step, epoch, loss, learningRate, gradientNorm }) => [
        step,
        epoch,
        loss,
        learningRate,
        gradientNorm,
      ]),
    ).toEqual([
      [49, 1, 2, 0.01, 3.5],
      [99, 1, 1, 0.01, 2.5],
      [149, 2, 0.5, 0.005, 1.5],
    ]);
    expect(epochs).toMatchObject([
      {
        epoch: 1,
        step: 119,
        train: { accuracy: 0.6, loss: 1.6 },
        validation: { accuracy: 0.5, loss: 1.4 },
      },
      {
        epoch: 2,
        step: 239,
        train: { accuracy: 0.8, loss: 0.6 },
        validation: { accuracy: 0.7, loss: 0.9 },
      },
    ]);
  });

  it("say which figures were not logged", () => {
    const rows = ["epoch,step,train_loss", "0,0,2", "0,1,1", "1,2,0.5", "1,3,0.25", ""];
    const { steps, epochs, run } = read(write("metrics.csv", rows.join("\n")));
    expect(steps.map(({ step, epoch }) => [step, epoch])).toEqual([
      [1, 1],
      [2, 1],
      [3, 2],
      [4, 2],
    ]);
    for (const { gradientNorm, learningRate, clippedNorm, seconds } of steps) {
      expect([gradientNorm, learningRate, clippedNorm, seconds]).toEqual(Array(4).fill(Number.NaN));
    }
    expect(run).toMatchObject({ batchSize: 0, epochs: 0, classes: null });
    // Of the epoch itself nothing was logged: the mean over its steps.
    expect(epochs.map(({ train, validation }) => [train["loss"], validation])).toEqual([
      [1.5, null],
      [0.375, null],
    ]);
  });

  it("count evaluations where there are several in an epoch", () => {
    const rows = [
      "epoch,step,train_loss,val_loss",
      "0,10,2,",
      "0,20,,1.5",
      "0,30,1,",
      "0,40,,1.2",
      "1,50,,1.1",
      "",
    ];
    const { epochs, steps } = read(write("metrics.csv", rows.join("\n")));
    expect(
      epochs.map(({ epoch, step, validation }) => [epoch, step, validation?.["loss"]]),
    ).toEqual([
      [1, 20, 1.5],
      [2, 40, 1.2],
      [3, 50, 1.1],
    ]);
    expect(steps.map(({ epoch }) => epoch)).toEqual([1, 2]);
    expect(epochs.map(({ train }) => train["loss"])).toEqual([2, 1, undefined]);
  });
});

describe("a table that is cut anywhere", () => {
  it("gives every row that is whole before the cut, and calls no cut damage", () => {
    const row = (epoch: number) =>
      `${epoch},${(1 / (epoch + 1)).toFixed(4)},${epoch === 7 ? "NA" : "0.5"}\r\n`;
    const rows = Array.from({ length: 30 }, (_, epoch) => row(epoch));
    const text = ["epoch,loss,val_loss\r\n", ...rows].join("");
    for (let cut = 0; cut <= text.length; cut += 3) {
      const file = write("log.csv", text.slice(0, cut));
      const whole = text.slice(0, cut).split("\n").length - 2;
      // Without a row there is no training to tell of.
      if (whole <= 0) expect(() => read(file)).toThrow(ImportError);
      else {
        const { epochs, damaged } = read(file);
        expect(epochs.map(({ epoch }) => epoch)).toEqual(rows.slice(0, whole).map((_, i) => i + 1));
        expect(damaged).toBe(0);
      }
    }
  });

  it("may be larger than the pieces that it is read in", () => {
    const steps = 60_000;
    const rows = Array.from(
      { length: steps },
      (_, i) => `${i},${i % 977},padding that says nothing\n`,
    );
    const file = write("metrics.csv", `step,train_loss,note\n${rows.join("")}`);
    const { damaged, events } = readImported(file);
    const losses = [...events].flatMap((event) => (event.kind === "step" ? [event.loss] : []));
    expect(damaged).toBe(0);
    expect(losses).toEqual(Array.from({ length: steps }, (_, i) => i % 977));
  });
});

describe("DVCLive folders", () => {
  const table = (name: string, rows: string[], time = true) =>
    write(
      `dvclive/plots/metrics/${name}.tsv`,
      `${[time ? "timestamp\tstep\t" : "step\t", name.split("/").at(-1)].join("")}\n${rows.map((row) => `${row}\n`).join("")}`,
    );

  it("are a table a metric, named by its folders", () => {
    table("train/loss", ["1700000000000\t0\t2", "1700000001500\t1\t1"]);
    table("eval/loss", ["1700000000500\t0\t3", "1700000002000\t1\t2.5"]);
    table("eval/acc", ["0\t0.1", "1\t0.2"], false);
    write("dvclive/metrics.json", "{}");
    for (const path of ["dvclive", ".", "dvclive/plots/metrics"]) {
      const { tool, run, epochs, damaged } = read(join(folder, path));
      expect(tool).toBe("DVCLive");
      expect(run.started).toBe("2023-11-14T22:13:20.000Z");
      expect(damaged).toBe(0);
      expect(epochs).toMatchObject([
        { epoch: 1, seconds: 0.5, train: { loss: 2 }, validation: { loss: 3, accuracy: 0.1 } },
        { epoch: 2, seconds: 2, train: { loss: 1 }, validation: { loss: 2.5, accuracy: 0.2 } },
      ]);
    }
  });
});

describe("what cannot be read", () => {
  it("is said in one sentence, with what can", () => {
    write("data.csv", "a,b\n1,2\n");
    write("picture.png", Buffer.from([0, 1, 2, 10, 3]));
    for (const path of ["data.csv", "picture.png", "."]) {
      expect(() => read(join(folder, path))).toThrow(
        /nothing here that can be read\. What can: run folders, .*tfevents.*DVCLive.*Lightning.*Keras.*\.$/,
      );
    }
  });

  it("names what was found instead of a loss", () => {
    const file = write("metrics.csv", "epoch,step,gpu_memory\n0,1,2\n");
    expect(() => read(file)).toThrow(/no loss or other metric .* \(it has gpu_memory\)\.$/);
  });
});
