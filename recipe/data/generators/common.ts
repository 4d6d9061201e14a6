import Type from "typebox";

/** Settings that several generators take. */
export const rows = Type.Integer({ minimum: 1, description: "Examples to make." });

export const noise = (usual: number, description: string) =>
  Type.Optional(Type.Number({ minimum: 0, default: usual, description }));

export const classes = (usual: number, description: string) =>
  Type.Optional(Type.Integer({ minimum: 2, default: usual, description }));
