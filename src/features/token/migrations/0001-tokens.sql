create table growth_engine.token_tokens (
  fleet_id uuid not null references growth_engine.fleet_fleets,
  token_id uuid not null default gen_random_uuid(),
  hash bytea not null unique,
  role text not null check (role in ('admin', 'manager', 'agent', 'viewer')),
  agent text,
  label text not null,
  created_at timestamptz not null,
  expires_at timestamptz,
  revoked_at timestamptz,
  primary key (fleet_id, token_id),
  foreign key (fleet_id, agent) references growth_engine.agent_agents,
  check ((role = 'agent') = (agent is not null))
);
call growth_engine.scope_by_fleet('growth_engine.token_tokens');
grant select, insert, update on growth_engine.token_tokens to growth_engine_fleet;

-- Tells every process to forget what it remembers of tokens.
create function growth_engine.token_changed() returns trigger language plpgsql as $$
begin
  perform pg_notify('growth_engine_token', '');
  return null;
end $$;
create trigger changed after update or delete on growth_engine.token_tokens
  for each statement execute function growth_engine.token_changed();
create trigger changed after update or delete on growth_engine.agent_agents
  for each statement execute function growth_engine.token_changed();
