import Type from "typebox";

/** The keys of the source `csv`: a table, one example a row. */
export const csv = {
  csv: Type.Optional(
    Type.String({
      minLength: 1,
      description: "Path of a CSV file with a header line, from the recipe's folder.",
    }),
  ),
  label: Type.Optional(
    Type.String({ minLength: 1, description: "Header of the column to predict." }),
  ),
  shape: Type.Optional(
    Type.Array(Type.Integer({ minimum: 1 }), {
      minItems: 3,
      maxItems: 3,
      description:
        "[height, width, channels] of the picture that a row's columns make, for convolutions.",
    }),
  ),
};
