export { findPerson, listPeopleNamed } from "./people-store.ts";
export { findTeam } from "./team-store.ts";
