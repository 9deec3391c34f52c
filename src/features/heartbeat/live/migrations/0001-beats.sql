-- Every beat, by the day on which it was received. A day's partition is made ahead; what has none lies in the rest.
create table growth_engine.heartbeat_beats (
  fleet_id uuid not null,
  agent text collate "C" not null,
  -- The agent's own name for it: the same beat, told again on the same or the next day, is not kept twice.
  beat text collate "C" not null,
  day date not null,
  received_at timestamptz not null,
  -- By the agent's clock, which decides nothing.
  sent_at timestamptz,
  session text,
  task text,
  fence bigint,
  status text not null,
  progress text,
  file text,
  tool text,
  tool_call text,
  budget_s integer,
  waiting_for text,
  waiting_until timestamptz,
  tree text,
  result text,
  primary key (fleet_id, agent, beat, day)
) partition by range (day);
create table growth_engine.heartbeat_beats_rest partition of growth_engine.heartbeat_beats default;
call growth_engine.scope_by_fleet('growth_engine.heartbeat_beats');
grant select on growth_engine.heartbeat_beats to growth_engine_fleet;

-- Where each agent stands: what its last beat said, and what was made of it.
create table growth_engine.heartbeat_states (
  fleet_id uuid not null,
  agent text collate "C" not null,
  -- What it was judged to be last, and since when.
  state text not null,
  state_since timestamptz not null,
  -- What it is as long as it is not silent for too long.
  says text not null,
  -- From when on silence counts: later than the beat for a tool in flight or a wait; null when it never does.
  silent_from timestamptz,
  -- Not later than the next instant at which the state can change by silence alone. Beats seldom move it, so that
  -- they touch no index: who is looked at too early is given the right instant then.
  deadline timestamptz,
  alive_at timestamptz not null,
  sent_at timestamptz,
  beat text not null,
  session text,
  task text,
  task_since timestamptz,
  fence bigint,
  status text not null,
  progress text,
  file text,
  tool text,
  tool_call text,
  tool_since timestamptz,
  tool_until timestamptz,
  waiting_for text,
  waiting_until timestamptz,
  tree text,
  result text,
  progressing_at timestamptz not null,
  primary key (fleet_id, agent)
) with (fillfactor = 50);
create index heartbeat_states_by_deadline on growth_engine.heartbeat_states (deadline) where deadline is not null;
call growth_engine.scope_by_fleet('growth_engine.heartbeat_states');
grant select on growth_engine.heartbeat_states to growth_engine_fleet;
-- When thresholds change, whom they are about is looked at again.
grant update (deadline) on growth_engine.heartbeat_states to growth_engine_fleet;

-- Each change of a state, whoever made it.
create table growth_engine.heartbeat_changes (
  fleet_id uuid not null,
  change bigint generated always as identity,
  agent text collate "C" not null,
  at timestamptz not null,
  from_state text,
  to_state text not null,
  task text,
  primary key (fleet_id, change)
);
create index heartbeat_changes_by_agent on growth_engine.heartbeat_changes (fleet_id, agent, change);
call growth_engine.scope_by_fleet('growth_engine.heartbeat_changes');
grant select on growth_engine.heartbeat_changes to growth_engine_fleet;

create function growth_engine.heartbeat_changed() returns trigger language plpgsql as $$
begin
  insert into growth_engine.heartbeat_changes (fleet_id, agent, at, from_state, to_state, task)
  values (new.fleet_id, new.agent, new.state_since,
          case when tg_op = 'UPDATE' then old.state end, new.state, new.task);
  return null;
end $$;
create trigger appeared after insert on growth_engine.heartbeat_states
  for each row execute function growth_engine.heartbeat_changed();
create trigger changed after update on growth_engine.heartbeat_states
  -- Changes into silence are kept by the sweep itself, which may make many thousands in one statement.
  for each row when (old.state <> new.state and new.state not in ('late', 'stale', 'offline'))
  execute function growth_engine.heartbeat_changed();

-- Pauses of a minute or more, between two beats or between two signs of progress: what patterns and backtests read,
-- so that a month is judged without reading all of its beats.
create table growth_engine.heartbeat_pauses (
  fleet_id uuid not null,
  agent text collate "C" not null,
  kind text not null check (kind in ('beats', 'progress')),
  from_at timestamptz not null,
  to_at timestamptz not null,
  task text,
  -- From when on silence counted in it; null when it did not.
  silent_from timestamptz,
  -- Whether the session that fell silent is the one that beat again.
  same_session boolean not null,
  primary key (fleet_id, agent, kind, from_at)
);
create index heartbeat_pauses_by_end on growth_engine.heartbeat_pauses (fleet_id, kind, to_at);
call growth_engine.scope_by_fleet('growth_engine.heartbeat_pauses');
grant select on growth_engine.heartbeat_pauses to growth_engine_fleet;

create function growth_engine.heartbeat_paused() returns trigger language plpgsql as $$
begin
  if new.alive_at - old.alive_at >= interval '1 minute' then
    insert into growth_engine.heartbeat_pauses
    values (new.fleet_id, new.agent, 'beats', old.alive_at, new.alive_at, old.task, old.silent_from,
            new.session is not distinct from old.session)
    on conflict do nothing;
  end if;
  if new.progressing_at - old.progressing_at >= interval '1 minute' then
    insert into growth_engine.heartbeat_pauses
    values (new.fleet_id, new.agent, 'progress', old.progressing_at, new.progressing_at, old.task, null,
            new.session is not distinct from old.session)
    on conflict do nothing;
  end if;
  return null;
end $$;
create trigger paused after update on growth_engine.heartbeat_states
  for each row when (new.alive_at - old.alive_at >= interval '1 minute'
                     or new.progressing_at - old.progressing_at >= interval '1 minute')
  execute function growth_engine.heartbeat_paused();

-- How often an agent is to beat, and after how many seconds of silence it is late, stale, offline. The row of no agent
-- ('') is the fleet's; what is null is decided by the fleet, and after it by the product.
create table growth_engine.heartbeat_thresholds (
  fleet_id uuid not null,
  agent text collate "C" not null default '',
  interval_s integer,
  late_s integer,
  stale_s integer,
  offline_s integer,
  -- How long beats are kept; of the fleet alone.
  keep_days integer,
  primary key (fleet_id, agent)
);
call growth_engine.scope_by_fleet('growth_engine.heartbeat_thresholds');
grant select, insert, update, delete on growth_engine.heartbeat_thresholds to growth_engine_fleet;
