import { describe, expect, it } from "vitest";
import { figureCalled } from "../../../../telemetry/import/figures.ts";

const metric = (part: string, name: string, per: string | null = null, axis = "step") => ({
  kind: "metric",
  part,
  metric: name,
  per,
  axis,
});

describe("the names of other tools", () => {
  it.each([
    ["loss", metric("train", "loss")],
    ["train_loss", metric("train", "loss")],
    ["train/loss", metric("train", "loss")],
    ["Loss/train", metric("train", "loss")],
    ["trainLoss", metric("train", "loss")],
    ["val_loss", metric("validation", "loss")],
    ["eval/loss", metric("validation", "loss")],
    ["Loss/test", metric("test", "loss")],
    ["epoch_loss", metric("train", "loss", "epoch", "epoch")],
    ["batch_loss", metric("train", "loss", "step")],
    ["train_loss_step", metric("train", "loss", "step")],
    ["train_loss_epoch", metric("train", "loss", "epoch")],
    ["train/epoch/loss", metric("train", "loss", "epoch")],
    ["acc", metric("train", "accuracy")],
    ["val_acc", metric("validation", "accuracy")],
    ["val_accuracy", metric("validation", "accuracy")],
    ["sparse_categorical_accuracy", metric("train", "accuracy")],
    ["val_binary_accuracy", metric("validation", "accuracy")],
    ["best_val_acc", metric("validation", "best_acc")],
    ["val/box_loss", metric("validation", "box_loss")],
    ["lr", { kind: "learningRate", axis: "step" }],
    ["learning_rate", { kind: "learningRate", axis: "step" }],
    ["train/learning_rate", { kind: "learningRate", axis: "step" }],
    ["epoch_learning_rate", { kind: "learningRate", axis: "epoch" }],
    ["lr-Adam", { kind: "learningRate", axis: "step" }],
    ["lr-SGD/pg1", { kind: "learningRate", axis: "step" }],
    ["grad_norm", { kind: "gradientNorm", axis: "step" }],
    ["train/grad_norm", { kind: "gradientNorm", axis: "step" }],
    ["grad_2.0_norm_total", { kind: "gradientNorm", axis: "step" }],
    ["train/epoch", { kind: "epoch", axis: "step" }],
    ["epoch", { kind: "epoch", axis: "step" }],
  ])("%s", (name, figure) => expect(figureCalled(name)).toEqual(figure));

  it.each([
    "lr-SGD-momentum",
    "grad_1.0_norm_total",
    "grad_2.0_norm/layer1.weight",
    "evaluation_loss_vs_iterations",
    "train/grad_2.0_norm/layer1.weight",
    "eval/samples_per_second",
    "gpu_memory",
    "hp_metric",
    "step",
    "",
  ])("%s is none of the figures", (name) => expect(figureCalled(name)).toBeUndefined());

  it("asks the folder last", () => {
    expect(figureCalled("loss", "validation")).toMatchObject({ part: "validation" });
    expect(figureCalled("val_loss", "train")).toMatchObject({ part: "validation" });
    expect(figureCalled("gpu_memory", "version_0")).toBeUndefined();
  });
});
