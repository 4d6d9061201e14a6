import { describe, expect, it } from "vitest";
import { aloneOf } from "../../../helpers/alone.ts";
import { runEvent, stepEvent } from "../../../helpers/events.ts";

const left = (...unoptimized: string[]) =>
  aloneOf("parameters-not-optimized", [runEvent({ unoptimized }), stepEvent({ step: 1 })]);

describe("parameters-not-optimized", () => {
  it("fires before step 1 where the head or a layer in the middle is left out", () => {
    expect(left("output")).toMatchObject({ severity: "error", firstStep: 0, layers: ["output"] });
    expect(left("hidden_2")?.severity).toBe("error");
    expect(left("hidden_2")?.anchor?.line).toBe(20);
  });

  it("fires where the optimizer holds none of them", () => {
    expect(left("hidden_1", "hidden_2", "output")?.severity).toBe("error");
  });

  it("only notes layers below what is trained, as when pretrained features are kept", () => {
    expect(left("hidden_1", "hidden_2")?.severity).toBe("info");
  });

  it("is silent where the optimizer holds all", () => {
    expect(left()).toBeUndefined();
  });
});
