create table growth_engine.agent_agents (
  fleet_id uuid not null references growth_engine.fleet_fleets,
  name text not null,
  description text,
  created_at timestamptz not null,
  retired_at timestamptz,
  primary key (fleet_id, name)
);
call growth_engine.scope_by_fleet('growth_engine.agent_agents');
grant select, insert, update on growth_engine.agent_agents to growth_engine_fleet;
