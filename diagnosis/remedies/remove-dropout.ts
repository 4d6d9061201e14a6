/** No dropout where it stands in the wrong place, or at all where the network cannot even fit what it sees. */
import { list } from "../format.ts";
import type { Remedy } from "../remedy.ts";
import { dropoutPlaces } from "./dropout-places.ts";

export const removeDropout: Remedy = {
  id: "remove-dropout",
  propose(observation, { layers }) {
    const all = dropoutPlaces(layers);
    const meant = all.filter(({ name }) => observation.layers.includes(name));
    // A rate out of range in a right place is another remedy's.
    const found = meant.length > 0 ? meant.filter((d) => d.place === "output" || d.inRange) : all;
    if (found.length === 0) return undefined;
    const names = found.map(({ name }) => name);
    return { title: `Remove ${list(names)}`, value: null, layers: names };
  },
};
