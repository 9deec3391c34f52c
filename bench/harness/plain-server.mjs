// What live heartbeats are measured beside: `node plain-server.mjs <port> <connection as JSON>`. `/nothing` answers and
// does nothing; `/insert` puts each beat into a table with one INSERT of its own. Neither asks who calls.
import { fastify } from "fastify";
import pg from "pg";

const [, , port, connection] = process.argv;
const pool = new pg.Pool({ ...JSON.parse(connection), max: 20 });
await pool.query(`create table if not exists plain_beats (
  beat uuid primary key default gen_random_uuid(), agent text not null, received_at timestamptz not null,
  task text, progress text)`);
const server = fastify();
server.post("/nothing", () => ({ beat: "1", received_at: "2026-01-31T09:30:00.000Z", repeated: false }));
server.post("/insert", async ({ body }) => {
  const insert = {
    name: "insert",
    text: "insert into plain_beats (agent, received_at, task, progress) values ($1, $2, $3, $4) returning beat",
    values: [body.agent, new Date(), body.task, body.progress],
  };
  const { rows } = await pool.query(insert);
  return { beat: rows[0].beat, repeated: false };
});
await server.listen({ host: "127.0.0.1", port: Number(port) });
process.stdout.write("ready\n");
