/** The text of a Protocol Buffers file; the bundler and the tests put it in. */
declare module "*.proto" {
  const text: string;
  export default text;
}
