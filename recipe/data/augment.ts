import Type from "typebox";

export const Augment = Type.Object(
  {
    flip: Type.Optional(
      Type.Boolean({
        default: false,
        description: "Mirrors a picture left to right with probability ½.",
      }),
    ),
    rotate: Type.Optional(
      Type.Number({
        exclusiveMinimum: 0,
        maximum: 180,
        description: "Turns a picture by up to this many degrees, either way. Usually 5.",
      }),
    ),
    crop: Type.Optional(
      Type.Number({
        exclusiveMinimum: 0,
        exclusiveMaximum: 1,
        description:
          "Least share of height and width that is kept, at a random place, and scaled back. Usually 0.9.",
      }),
    ),
    noise: Type.Optional(
      Type.Number({
        exclusiveMinimum: 0,
        description: "Standard deviation of noise added to the scaled inputs. Usually 0.05.",
      }),
    ),
  },
  {
    additionalProperties: false,
    description: "Changes the training examples a little, anew in each epoch.",
  },
);
export type Augment = Type.Static<typeof Augment>;
