/** He initialisation for layers that feed a rectifier and start at another scale (lesson 001, S1-11). */
import type { Remedy } from "../remedy.ts";
import { isRectifier } from "../theory/activations.ts";
import { initialise, startingWrong } from "./start.ts";

export const heInitialization: Remedy = {
  id: "he-initialization",
  propose(observation, history) {
    const wrong = startingWrong(observation, history);
    return initialise(
      "He",
      wrong.filter(({ activation }) => isRectifier(activation)),
    );
  },
};
