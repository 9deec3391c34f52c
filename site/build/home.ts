/** What makes docs/README.md the site's first page. */
export const home = {
  layout: "home",
  hero: {
    name: "Growth Engine",
    text: "Proof before merge",
    tagline:
      "For teams whose code is written by AI agents: what was consulted and when somebody was active travels with the code, and a guard compares it with the diff and the history before anything merges.",
    actions: [
      { theme: "brand", text: "First verdict in five minutes", link: "/guides/first-verdict" },
      { theme: "alt", text: "Make it required", link: "/guides/required-check" },
      { theme: "alt", text: "All rules", link: "/reference/rules" },
    ],
  },
};
