/** Looks at everything that can be seen before the first update. */
import { learningRateOf } from "../../recipe/optimizers/index.ts";
import { writeStart } from "./epochEvent.ts";
import { firstStep } from "./initial.ts";
import { endOf } from "./takeSteps.ts";
import { batchesOf, type Training } from "./train.ts";

/** Writes epoch 0, the `initial` event and the end, at step 0: the update behind the latter is kept nowhere. */
export async function preflight(training: Training): Promise<void> {
  const { recipe, data, streams, writer } = training;
  const metrics = await writeStart(training);
  const batches = batchesOf(recipe, data);
  batches.startEpoch(streams.of("shuffle"));
  const batch = batches.get(0, streams.of("augment"));
  await firstStep(training, batch, learningRateOf(recipe.optimizer));
  writer.write(endOf(training, "completed", { step: 0, epoch: 0, ...metrics }));
}
