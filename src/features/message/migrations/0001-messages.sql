-- What an agent was told or asked, and what became of it.
create table growth_engine.message_messages (
  fleet_id uuid not null references growth_engine.fleet_fleets,
  message bigint generated always as identity,
  agent text not null,
  task text collate "C",
  kind text not null check (kind in ('note', 'question', 'update')),
  text text not null,
  sent_at timestamptz not null,
  -- `server`, or who sent it.
  sent_by text not null,
  closed_at timestamptz,
  -- The agent that answered, or the deed on the task that was answer enough.
  closed_by text,
  answer text,
  primary key (fleet_id, message),
  foreign key (fleet_id, agent) references growth_engine.agent_agents,
  foreign key (fleet_id, task) references growth_engine.task_tasks,
  check ((closed_at is null) = (closed_by is null))
);
call growth_engine.scope_by_fleet('growth_engine.message_messages');
grant select, insert, update on growth_engine.message_messages to growth_engine_fleet;
create index message_messages_open on growth_engine.message_messages (fleet_id, agent, message) where closed_at is null;
-- Nobody is asked twice for one update while the first question is open.
create unique index message_messages_one_update on growth_engine.message_messages (fleet_id, task, agent)
  where closed_at is null and kind = 'update';
