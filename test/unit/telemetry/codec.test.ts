import { describe, expect, it } from "vitest";
import { decode, encode, NewerVersionError } from "../../../telemetry/codec.ts";
import type { StepEvent } from "../../../telemetry/events.ts";
import { runEvent, stepEvent } from "../../helpers/events.ts";

const roundTrip = (value: unknown) => decode(encode(value));

describe("codec", () => {
  it("carries every kind of number through JSON", () => {
    const event = stepEvent({
      step: 3,
      loss: Number.NaN,
      gradientNorm: Number.POSITIVE_INFINITY,
      clippedNorm: Number.NEGATIVE_INFINITY,
      layers: { gradientNorm: [1.5, Number.NaN, null] },
    });
    const decoded = roundTrip(event) as { event: StepEvent };
    expect(decoded.event).toEqual(event);
    expect(encode(event)).toContain('"loss":"NaN"');
  });

  it("leaves text that reads NaN alone", () => {
    const event = { kind: "message", level: "info", text: "NaN" };
    expect(roundTrip(event)).toEqual({ event });
    const run = runEvent({ name: "Infinity" });
    expect(roundTrip(run)).toEqual({ event: run });
  });

  it("tells damaged lines from unknown kinds", () => {
    expect(decode('{"kind":"step","step":1')).toHaveProperty("damaged");
    expect(decode('{"kind":"step","step":-1}')).toHaveProperty("damaged");
    expect(decode("null")).toHaveProperty("damaged");
    expect(decode('{"kind":"hologram"}')).toEqual({ unknown: "hologram" });
  });

  it("rejects a wrongly typed field, so that readers may trust every event", () => {
    const event = { ...stepEvent({ step: 1 }), loss: "a lot" };
    expect(roundTrip(event)).toHaveProperty("damaged");
  });

  it("refuses a newer major version and says what to update", () => {
    const line = encode({ ...runEvent(), version: "2.0" });
    expect(() => decode(line)).toThrow(NewerVersionError);
    expect(() => decode(line)).toThrow(/version 2\.0.*update the extension/);
    expect(decode(encode({ ...runEvent(), version: "1.7" }))).toHaveProperty("event");
  });
});
