/** Reads PNG and JPEG files. */
import {
  convertIndexedToRgb,
  type DecodedPng,
  decode as decodePng,
  hasPngSignature,
} from "fast-png";
import { decode as decodeJpeg } from "jpeg-js";
import type { Picture } from "./picture.ts";

/** Pixels as a file holds them; a second or fourth channel is the opacity. */
interface Pixels {
  height: number;
  width: number;
  channels: number;
  /** Full light. */
  most: number;
  data: ArrayLike<number>;
}

/**
 * Grey is 0.299 R + 0.587 G + 0.114 B (ITU-R BT.601). Opacity and orientation marks are not looked at.
 * @param bytes of the whole file
 * @param channels 1 for grey, 3 for red, green and blue
 * @throws {Error} neither PNG nor JPEG, or damaged
 */
export function decodePicture(bytes: Uint8Array, channels: number): Picture {
  const pixels = pixelsOf(bytes);
  const { height, width, most, data } = pixels;
  const grey = pixels.channels < 3;
  const values = new Float32Array(height * width * channels);
  for (let pixel = 0; pixel < height * width; pixel++) {
    const from = pixel * pixels.channels;
    const red = data[from]! / most;
    const green = grey ? red : data[from + 1]! / most;
    const blue = grey ? red : data[from + 2]! / most;
    if (channels === 1) values[pixel] = grey ? red : 0.299 * red + 0.587 * green + 0.114 * blue;
    else values.set([red, green, blue], 3 * pixel);
  }
  return { height, width, channels, values };
}

function pixelsOf(bytes: Uint8Array): Pixels {
  if (bytes[0] === 0xff && bytes[1] === 0xd8) {
    const { height, width, data } = decodeJpeg(bytes, {
      useTArray: true,
      formatAsRGBA: false,
      tolerantDecoding: false,
    });
    return { height, width, channels: 3, most: 255, data };
  }
  if (!hasPngSignature(bytes)) throw new Error("it is neither PNG nor JPEG");
  const png = decodePng(bytes);
  const { height, width, channels, depth } = png;
  if (png.palette) {
    const colours = png.palette[0]!.length;
    return { height, width, channels: colours, most: 255, data: convertIndexedToRgb(png) };
  }
  const most = 2 ** depth - 1;
  return { height, width, channels, most, data: depth < 8 ? unpacked(png) : png.data };
}

/** Several grey pixels stand in one byte; each row begins with a new one. */
function unpacked({ height, width, depth, data }: DecodedPng): Uint8Array {
  const perByte = 8 / depth;
  const rowBytes = Math.ceil(width / perByte);
  return Uint8Array.from({ length: height * width }, (_, pixel) => {
    const column = pixel % width;
    const byte = data[Math.floor(pixel / width) * rowBytes + Math.floor(column / perByte)]!;
    return (byte >> (8 - depth * ((column % perByte) + 1))) & (2 ** depth - 1);
  });
}
