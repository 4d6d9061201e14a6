/** The learning-rate range test of a recipe. */
import { judgeRangeTest, type RangeTest } from "../diagnosis/rangeTest.ts";
import { type ScratchRequest, scratchRun } from "./scratch.ts";

/** @throws {ScratchError | Stopped} */
export async function testRange(request: ScratchRequest, signal: AbortSignal): Promise<RangeTest> {
  const events = await scratchRun({ ...request, instead: { kind: "rangeTest" } }, signal);
  return judgeRangeTest(
    events.flatMap((event) => {
      if (event.kind !== "step") return [];
      const { learningRate, loss } = event;
      return [{ learningRate, loss }];
    }),
  );
}
