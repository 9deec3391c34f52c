-- The order in which reservations were asked for, and of those that were granted.
create sequence growth_engine.reservation_numbers;
grant usage on sequence growth_engine.reservation_numbers to growth_engine_fleet;
create sequence growth_engine.reservation_fences;
grant usage on sequence growth_engine.reservation_fences to growth_engine_fleet;

create table growth_engine.reservation_reservations (
  fleet_id uuid not null references growth_engine.fleet_fleets,
  id bigint not null,
  agent text not null,
  state text not null check (state in ('waiting', 'held', 'released', 'expired', 'revoked')),
  resources jsonb not null,
  purpose text,
  -- The claim that it lasts as long as; null for one that stands for itself.
  task text collate "C",
  task_fence bigint,
  fence bigint,
  -- Null for one that lasts as long as its claim, whose lease beats renew.
  lease_seconds integer,
  lease_until timestamptz,
  wait_until timestamptz,
  asked_at timestamptz not null,
  granted_at timestamptz,
  ended_at timestamptz,
  reason text,
  primary key (fleet_id, id),
  foreign key (fleet_id, agent) references growth_engine.agent_agents,
  foreign key (fleet_id, task) references growth_engine.task_tasks,
  check ((task is null) = (task_fence is null)),
  check (lease_seconds is not null or task is not null),
  check ((granted_at is null) = (fence is null)),
  check (state <> 'held' or fence is not null),
  check ((state in ('waiting', 'held')) = (ended_at is null)),
  check (state <> 'waiting' or wait_until is not null)
) with (fillfactor = 80);
call growth_engine.scope_by_fleet('growth_engine.reservation_reservations');
grant select, insert, update on growth_engine.reservation_reservations to growth_engine_fleet;
create index reservation_reservations_live on growth_engine.reservation_reservations (fleet_id, id)
  where ended_at is null;
create index reservation_reservations_of_agent on growth_engine.reservation_reservations (fleet_id, agent, id)
  where ended_at is null;
create index reservation_reservations_leased on growth_engine.reservation_reservations (fleet_id, lease_until)
  where state = 'held';
create index reservation_reservations_waiting on growth_engine.reservation_reservations (fleet_id, id)
  where state = 'waiting';
create index reservation_reservations_of_task on growth_engine.reservation_reservations (fleet_id, task)
  where ended_at is null and task is not null;

-- What live reservations cover, one row for each form that the braces of a glob stand for. Of two globs that some path
-- matches, the literal folders of one begin with those of the other: that is what the index finds.
create table growth_engine.reservation_resources (
  fleet_id uuid not null,
  reservation bigint not null,
  place smallint not null,
  form smallint not null,
  kind text not null check (kind in ('file', 'environment', 'name')),
  -- The repository of files; null: whichever.
  repository text,
  pattern text not null,
  -- One form of the pattern, without braces.
  glob text not null,
  -- The literal folders of a glob, each with its slash; else the name itself.
  folders text collate "C" not null,
  -- How all that it matches ends; null when that is not known.
  ending text collate "C",
  is_shared boolean not null,
  primary key (fleet_id, reservation, place, form),
  foreign key (fleet_id, reservation) references growth_engine.reservation_reservations
);
call growth_engine.scope_by_fleet('growth_engine.reservation_resources');
grant select, insert, delete on growth_engine.reservation_resources to growth_engine_fleet;
-- With all that is asked of a candidate, so that looking through many of them reads the index alone.
create index reservation_resources_by_folders on growth_engine.reservation_resources (fleet_id, kind, folders)
  include (reservation, place, form, repository, ending, is_shared);

-- Who waits for whom: each waiting reservation with the earlier ones that stand in its way. Only the end of one of
-- these takes a row away; whoever has none left is granted.
create table growth_engine.reservation_waits (
  fleet_id uuid not null,
  reservation bigint not null,
  blocker bigint not null,
  primary key (fleet_id, reservation, blocker),
  foreign key (fleet_id, reservation) references growth_engine.reservation_reservations,
  foreign key (fleet_id, blocker) references growth_engine.reservation_reservations,
  check (blocker < reservation)
);
call growth_engine.scope_by_fleet('growth_engine.reservation_waits');
grant select, insert, delete on growth_engine.reservation_waits to growth_engine_fleet;
create index reservation_waits_by_blocker on growth_engine.reservation_waits (fleet_id, blocker);

-- Circles that were found and are still there.
create table growth_engine.reservation_circles (
  fleet_id uuid not null references growth_engine.fleet_fleets,
  circle text collate "C" not null,
  steps jsonb not null,
  found_at timestamptz not null,
  primary key (fleet_id, circle)
);
call growth_engine.scope_by_fleet('growth_engine.reservation_circles');
grant select on growth_engine.reservation_circles to growth_engine_fleet;

-- What happened. The fleet's role adds and reads; nobody changes.
create table growth_engine.reservation_events (
  fleet_id uuid not null references growth_engine.fleet_fleets,
  event bigint generated always as identity,
  reservation bigint,
  agent text,
  at timestamptz not null,
  actor text not null,
  kind text not null,
  fence bigint,
  details jsonb not null default '{}',
  primary key (fleet_id, event)
);
call growth_engine.scope_by_fleet('growth_engine.reservation_events');
grant select, insert on growth_engine.reservation_events to growth_engine_fleet;
create index reservation_events_of_reservation on growth_engine.reservation_events (fleet_id, reservation, event);
create index reservation_events_of_agent on growth_engine.reservation_events (fleet_id, agent, event);
