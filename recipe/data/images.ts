import Type from "typebox";

/** The keys of the source `images`: a folder with one sub-folder a class. */
export const images = {
  images: Type.Optional(
    Type.String({
      minLength: 1,
      description: "Path of a folder with one sub-folder of PNG and JPEG files a class.",
    }),
  ),
  size: Type.Optional(
    Type.Array(Type.Integer({ minimum: 1 }), {
      minItems: 2,
      maxItems: 2,
      description: "[height, width] that every picture is brought to.",
    }),
  ),
  channels: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 3,
      default: 3,
      description: "1 reads the pictures as grey, 3 as red, green and blue.",
    }),
  ),
};
