import Type from "typebox";

const Path = (description: string) => Type.String({ minLength: 1, description });

/** The keys of the source `idx`: the format of MNIST and Fashion-MNIST. */
export const idx = {
  idx: Type.Optional(
    Type.Object(
      {
        images: Path("Path of the examples, from the recipe's folder; gzip or plain."),
        labels: Path("Path of the labels, one number an example; gzip or plain."),
        testImages: Type.Optional(Path("Path of examples that are for testing only.")),
        testLabels: Type.Optional(Path("Path of their labels.")),
      },
      {
        additionalProperties: false,
        description: "IDX files, as MNIST and Fashion-MNIST come in.",
      },
    ),
  ),
};
