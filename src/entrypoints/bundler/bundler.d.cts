/** Options of the plugin, the same for every bundler. */
export interface GrowthEngineOptions {
  /**
   * What a banned package does to a development build or server: `warn` prints it, `block` fails as production does,
   * `off` says nothing. A production build always fails.
   * @default "warn"
   */
  development?: "warn" | "off" | "block";
}

/** A plugin of Vite, Rollup or Rolldown. */
export type HookPlugin = { name: string };
/** A plugin of webpack or Rspack. */
export type CompilerPlugin = { apply(compiler: object): void };
/** A plugin of esbuild. */
export type SetupPlugin = { name: string; setup(build: object): void | Promise<void> };

export declare function vite(options?: GrowthEngineOptions): HookPlugin;
export declare function rollup(options?: GrowthEngineOptions): HookPlugin;
export declare function rolldown(options?: GrowthEngineOptions): HookPlugin;
export declare function webpack(options?: GrowthEngineOptions): CompilerPlugin;
export declare function rspack(options?: GrowthEngineOptions): CompilerPlugin;
export declare function esbuild(options?: GrowthEngineOptions): SetupPlugin;
