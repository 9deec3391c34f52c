/** The text of an SQL file; the bundler and the tests put it in. */
declare module "*.sql" {
  const text: string;
  export default text;
}
