import Type from "typebox";
import { trained } from "./common.ts";

export const rbf = Type.Object(
  {
    type: Type.Literal("rbf"),
    units: Type.Integer({ minimum: 1, description: "Number of Gaussians." }),
    width: Type.Optional(
      Type.Number({
        exclusiveMinimum: 0,
        description:
          "Standard deviation of the Gaussians at the start; by default the mean distance between neighbouring centres.",
      }),
    ),
    centers: Type.Optional(
      Type.Enum(["kMeans", "random"], {
        default: "kMeans",
        description:
          "Where the centres start: at the means of clusters of the examples, or at examples.",
      }),
    ),
    ...trained,
  },
  {
    additionalProperties: false,
    description: "Gaussian radial-basis units: exp(−‖x − c‖² / 2s²), local around their centres.",
  },
);
