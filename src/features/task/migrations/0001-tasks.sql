-- How long claims last and what completion asks; a fleet without a row has the defaults.
create table growth_engine.task_settings (
  fleet_id uuid primary key references growth_engine.fleet_fleets,
  lease_seconds integer not null,
  policies text[] not null
);
call growth_engine.scope_by_fleet('growth_engine.task_settings');
grant select, insert, update on growth_engine.task_settings to growth_engine_fleet;

create table growth_engine.task_agent_leases (
  fleet_id uuid not null,
  agent text not null,
  lease_seconds integer not null,
  primary key (fleet_id, agent),
  foreign key (fleet_id, agent) references growth_engine.agent_agents
);
call growth_engine.scope_by_fleet('growth_engine.task_agent_leases');
grant select, insert, update, delete on growth_engine.task_agent_leases to growth_engine_fleet;

-- Each claim takes the next number, so a later claim always has a higher one.
create sequence growth_engine.task_fences;
grant usage on sequence growth_engine.task_fences to growth_engine_fleet;

-- The live half of a task. Beats rewrite these rows all day, so they are narrow, have room on their page, and none of
-- the columns that a beat changes is indexed: PostgreSQL then touches no index (heap-only tuples).
create table growth_engine.task_tasks (
  fleet_id uuid not null references growth_engine.fleet_fleets,
  id text collate "C" not null,
  state text not null check (state in ('assigned', 'in_progress', 'blocked', 'completed', 'cancelled')),
  priority smallint not null check (priority between 0 and 3),
  open_dependencies integer not null default 0 check (open_dependencies >= 0),
  -- Derived here and nowhere else, so that it is never stale.
  ready boolean not null generated always as (state = 'assigned' and open_dependencies = 0) stored,
  assignee text,
  holder text,
  fence bigint,
  lease_seconds integer,
  lease_until timestamptz,
  progress smallint check (progress between 0 and 100),
  phase text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  started_at timestamptz,
  ended_at timestamptz,
  primary key (fleet_id, id),
  foreign key (fleet_id, assignee) references growth_engine.agent_agents,
  foreign key (fleet_id, holder) references growth_engine.agent_agents,
  check ((state in ('in_progress', 'blocked')) = (holder is not null)),
  check ((state = 'in_progress') = (lease_until is not null)),
  check (holder is null or fence is not null)
) with (fillfactor = 70);
call growth_engine.scope_by_fleet('growth_engine.task_tasks');
grant select, insert, update on growth_engine.task_tasks to growth_engine_fleet;
create index task_tasks_in_order on growth_engine.task_tasks (fleet_id, priority, created_at, id);
create index task_tasks_ready on growth_engine.task_tasks (fleet_id, priority, created_at, id) where ready;
create index task_tasks_ready_of on growth_engine.task_tasks (fleet_id, assignee, priority, created_at, id)
  where ready and assignee is not null;
-- Of its own, since PostgreSQL does not see that "is null" leaves an index in order.
create index task_tasks_ready_of_nobody on growth_engine.task_tasks (fleet_id, priority, created_at, id)
  where ready and assignee is null;
-- What may run out: as many as there are agents at work.
create index task_tasks_leased on growth_engine.task_tasks (fleet_id, id) where state = 'in_progress';
create index task_tasks_held on growth_engine.task_tasks (fleet_id, holder) where holder is not null;

-- What a task is about: rarely changed, and as wide as people write.
create table growth_engine.task_descriptions (
  fleet_id uuid not null,
  id text collate "C" not null,
  title text not null,
  description text,
  criteria jsonb not null default '[]',
  paths jsonb not null default '[]',
  estimate_minutes integer,
  due_at timestamptz,
  links jsonb not null default '[]',
  payload jsonb not null default '{}',
  progress_note text,
  block jsonb,
  handover jsonb,
  reason text,
  primary key (fleet_id, id),
  foreign key (fleet_id, id) references growth_engine.task_tasks
);
call growth_engine.scope_by_fleet('growth_engine.task_descriptions');
grant select, insert, update on growth_engine.task_descriptions to growth_engine_fleet;

create table growth_engine.task_dependencies (
  fleet_id uuid not null,
  task text collate "C" not null,
  needs text collate "C" not null,
  primary key (fleet_id, task, needs),
  foreign key (fleet_id, task) references growth_engine.task_tasks,
  foreign key (fleet_id, needs) references growth_engine.task_tasks,
  check (task <> needs)
);
call growth_engine.scope_by_fleet('growth_engine.task_dependencies');
grant select, insert, delete on growth_engine.task_dependencies to growth_engine_fleet;
create index task_dependencies_needed on growth_engine.task_dependencies (fleet_id, needs);

-- What happened to tasks. The fleet's role adds and reads; nobody changes.
create table growth_engine.task_events (
  fleet_id uuid not null,
  event bigint generated always as identity,
  task text collate "C" not null,
  at timestamptz not null,
  actor text not null,
  kind text not null,
  fence bigint,
  details jsonb not null default '{}',
  primary key (fleet_id, event),
  foreign key (fleet_id, task) references growth_engine.task_tasks
);
call growth_engine.scope_by_fleet('growth_engine.task_events');
grant select, insert on growth_engine.task_events to growth_engine_fleet;
create index task_events_of_task on growth_engine.task_events (fleet_id, task, event);
