/** The links of new households, `written`. */
export const NEW_LINKS = `insert into phone_links (household_id, msisdn, kind, origin, started_at)
  select id, register_msisdn, register_phone_kind, 'register', $2::timestamptz
  from written where register_msisdn is not null`;

/** Notes in `phone_moves` the phones of known households that the register changed. */
export const NOTE_MOVES = `moved as (
  insert into phone_moves (household_id, msisdn, kind)
  select target_id, register_msisdn, register_phone_kind from judged
  where verdict = 'updated'
    and row(register_msisdn, register_phone_kind) is distinct from row(old_msisdn, old_kind))`;

/** A place for the phones that changed within one transaction. */
export const PHONE_MOVES = `create temp table if not exists phone_moves
  (household_id integer, msisdn text, kind text) on commit delete rows`;

/**
 * Carries out what `phone_moves` notes: the register's old link ends and its new one begins; a link
 * that the household or the staff chose is left alone, and then none is added. $1: the instant.
 */
export const MOVE_PHONES: readonly string[] = [
  `update phone_links l set ended_at = greatest($1::timestamptz, l.started_at)
   from phone_moves m
   where l.household_id = m.household_id and l.ended_at is null and l.origin = 'register'`,
  `insert into phone_links (household_id, msisdn, kind, origin, started_at)
   select m.household_id, m.msisdn, m.kind, 'register', $1::timestamptz from phone_moves m
   where m.msisdn is not null and not exists (
     select from phone_links l
     where l.household_id = m.household_id and l.ended_at is null and l.origin <> 'register')`,
  'delete from phone_moves',
];

/** Whether anybody has chosen anything yet that a file could contradict. */
export const HAS_CHOICES = `select exists (select from phones)
  or exists (select from phone_links where origin <> 'register') as yes`;

/**
 * Where a person's choice and the register's word differ, a task for the register's staff is opened,
 * once; where they have come to agree, it is settled. A choice of language or SMS counts where the phone is
 * the household's own or its family's: a relay chooses for nobody else. $1: the instant.
 */
export const OPEN_CORRECTIONS = `with said as (
  select distinct h.id, h.register_msisdn, h.locale, h.sms_consent
  from staged s join households h using (household_number)
), chosen as (
  select distinct on (l.household_id) l.household_id, l.msisdn
  from said join phone_links l on l.household_id = said.id and l.ended_at is null
  where l.origin <> 'register'
  order by l.household_id, l.started_at desc, l.id desc
), held as (
  select distinct on (l.household_id) l.household_id, p.locale, p.sms_on
  from said join phone_links l on l.household_id = said.id and l.ended_at is null
  join phones p using (msisdn)
  where l.kind in ('own', 'family')
  order by l.household_id, greatest(p.locale_chosen_at, p.sms_chosen_at) desc nulls last
), differing as (
  select said.id as household_id, 'phone' as field,
    said.register_msisdn as register_value, chosen.msisdn as chosen_value
  from said join chosen on chosen.household_id = said.id
  where said.register_msisdn is distinct from chosen.msisdn and not exists (
    select from phone_links l where l.household_id = said.id and l.ended_at is null
      and l.msisdn = said.register_msisdn)
  union all
  select said.id, 'locale', said.locale, held.locale
  from said join held on held.household_id = said.id
  where held.locale is not null and said.locale is not null and said.locale <> held.locale
  union all
  select said.id, 'sms_consent', yes_no(said.sms_consent), yes_no(held.sms_on)
  from said join held on held.household_id = said.id
  where held.sms_on is not null and said.sms_consent <> held.sms_on
), settled as (
  update register_corrections c set settled_at = $1::timestamptz
  from said where c.household_id = said.id and c.settled_at is null and not exists (
    select from differing d where d.household_id = c.household_id and d.field = c.field
      and d.register_value is not distinct from c.register_value and d.chosen_value = c.chosen_value)
), reopened as (
  update register_corrections c set settled_at = null, opened_at = $1::timestamptz
  from differing d where c.settled_at is not null
    and d.household_id = c.household_id and d.field = c.field
    and d.register_value is not distinct from c.register_value and d.chosen_value = c.chosen_value
)
insert into register_corrections (event_id, household_id, field, register_value, chosen_value, opened_at)
select gen_random_uuid()::text, d.household_id, d.field, d.register_value, d.chosen_value, $1::timestamptz
from differing d where not exists (
  select from register_corrections c where c.household_id = d.household_id and c.field = d.field
    and c.register_value is not distinct from d.register_value and c.chosen_value = d.chosen_value)
order by d.household_id, d.field`.replaceAll(
  /yes_no\(([\w.]+)\)/g,
  "case when $1 then 'yes' else 'no' end",
);

/** Numbers with more active links than the rules allow, of those that the register gave. */
export const CROWDED_PHONES = `select msisdn, count(*)::int as links, bool_or(kind = 'relay') as relay
  from phone_links where ended_at is null
  group by msisdn
  having count(*) > case when bool_or(kind = 'relay') then 60 else 10 end
  order by links desc, msisdn limit 20`;
