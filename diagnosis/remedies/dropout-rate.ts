/** A dropout rate of the usual range. */
import { list } from "../format.ts";
import type { Remedy } from "../remedy.ts";
import { dropoutPlaces } from "./dropout-places.ts";

export const dropoutRate: Remedy = {
  id: "dropout-rate",
  propose(observation, { layers }) {
    const wrong = dropoutPlaces(layers).filter(
      ({ name, place, inRange }) =>
        place !== "output" && !inRange && observation.layers.includes(name),
    );
    const value = wrong[0]?.usual;
    if (value === undefined) return undefined;
    const names = wrong.filter(({ usual }) => usual === value).map(({ name }) => name);
    return {
      title: `Set the rate of ${list(names)} to ${value}`,
      value,
      layers: names,
      pointedAt: true,
    };
  },
};
