/** The one function of the repository's tools that the page tests use. */
declare module "*/workbench/chromium.mjs" {
  export function findChromium(): Promise<string>;
}
