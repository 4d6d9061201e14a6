/** Xavier initialisation for layers without a rectifier that start at another scale; LeCun's for selu (lesson 003, S3-06). */
import type { Remedy } from "../remedy.ts";
import { isRectifier } from "../theory/activations.ts";
import { initialise, startingWrong } from "./start.ts";

export const xavierInitialization: Remedy = {
  id: "xavier-initialization",
  propose(observation, history) {
    const wrong = startingWrong(observation, history).filter(
      ({ activation }) => !isRectifier(activation),
    );
    const onlySelu = wrong.every(({ activation }) => activation === "selu");
    return initialise(onlySelu ? "LeCun" : "Xavier", wrong);
  },
};
