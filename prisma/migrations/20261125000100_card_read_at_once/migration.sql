-- Whose phone it is stands in the index itself: a page less for each dial and card, of pages that no two callers share.
DROP INDEX "phone_links_msisdn_household_id_open_key";
CREATE UNIQUE INDEX "phone_links_msisdn_household_id_open_key"
  ON "phone_links"("msisdn", "household_id") INCLUDE ("kind") WHERE "ended_at" IS NULL;

-- Proves a household by the digits of its card, and counts what is wrong: the same
-- rules as before, with less to do for whoever has no wrong try behind her.
--
-- One call, because two guesses at the same moment must not both see the count before
-- the other: the phone is locked first, then the card, and each statement of the
-- function sees what was committed before it. One statement then reads the links, the
-- household of four digits, and whether this phone ever mistyped; only if it did are
-- its tries counted. A right card writes nothing. A card that does not exist and a card
-- whose digits are wrong take the same way through the function.
--
-- outcome: proved, wrong, fullCardNeeded, lockedSoon, lockedUntilTomorrow
DROP FUNCTION prove_card(text, text, text, text, text, timestamptz);
CREATE FUNCTION prove_card(
  caller text,            -- the calling number, E.164
  phone_key_in text,      -- its keyed hash
  card_digits text,       -- four digits, or the card's eight and the two of its back
  card_key_in text,       -- keyed hash of the eight digits; any text for four digits
  effect_key_in text,     -- keyed hash of the step, so that a repetition counts once; unlike for every phone
  tried_at_in timestamptz, -- the service's clock
  OUT outcome text,
  OUT household_id integer,
  OUT phone_kind text
) LANGUAGE plpgsql AS $$
DECLARE
  full_card boolean := length(card_digits) = 10;
  half_hour_ago timestamptz := tried_at_in - interval '30 minutes';
  today_began timestamptz := date_trunc('day', tried_at_in, 'UTC'); -- Bamako keeps UTC+0
  tomorrow timestamptz := today_began + interval '1 day';
  phone_lock bigint := hashtextextended('phone ' || phone_key_in, 0);
  card_lock bigint := hashtextextended('card ' || card_key_in, 0);
  links integer;
  is_relay boolean := false;
  has_tried boolean;
  counts_on_card boolean := false;
  found_id integer;
  found_kind text;
  matches integer;
  earlier record;
  phone_until timestamptz;
  card_until timestamptz;
  tries_soon integer := 0;
  tries_today integer := 0;
  card_tries_soon integer;
  card_tries_today integer;
BEGIN
  -- Hardly ever is a lock waited for, and only the waiting is a statement.
  IF NOT pg_try_advisory_xact_lock(phone_lock) THEN
    PERFORM pg_advisory_xact_lock(phone_lock);
  END IF;

  IF full_card THEN
    SELECT count(*), coalesce(bool_or(l.kind = 'relay'), false),
        EXISTS (SELECT FROM wrong_tries t WHERE t.phone_key = phone_key_in)
      INTO links, is_relay, has_tried
      FROM phone_links l WHERE l.msisdn = caller AND l.ended_at IS NULL;
  ELSE
    SELECT count(*),
        count(*) FILTER (WHERE right(h.card_number, 4) = card_digits),
        min(h.id) FILTER (WHERE right(h.card_number, 4) = card_digits),
        min(l.kind) FILTER (WHERE right(h.card_number, 4) = card_digits),
        EXISTS (SELECT FROM wrong_tries t WHERE t.phone_key = phone_key_in)
      INTO links, matches, found_id, found_kind, has_tried
      FROM phone_links l JOIN households h ON h.id = l.household_id
      WHERE l.msisdn = caller AND l.ended_at IS NULL;
  END IF;

  IF has_tried THEN
    -- The step was counted before: say the same again.
    SELECT t.phone_locked_until, t.card_locked_until INTO earlier
      FROM wrong_tries t WHERE t.effect_key = effect_key_in;
    IF FOUND THEN
      outcome := CASE
        WHEN coalesce(earlier.phone_locked_until, earlier.card_locked_until) IS NULL THEN 'wrong'
        WHEN greatest(earlier.phone_locked_until, earlier.card_locked_until) >= tomorrow THEN 'lockedUntilTomorrow'
        ELSE 'lockedSoon' END;
      RETURN;
    END IF;
    SELECT max(t.phone_locked_until) FILTER (WHERE t.phone_locked_until > tried_at_in),
        count(*) FILTER (WHERE t.kind = 'card' AND t.tried_at > half_hour_ago),
        count(*) FILTER (WHERE t.kind = 'card' AND t.tried_at >= today_began)
      INTO phone_until, tries_soon, tries_today
      FROM wrong_tries t WHERE t.phone_key = phone_key_in;
  END IF;

  -- A relay serves many households: one that mistypes must not shut out the others,
  -- who may still enter the full card, until the day's tries go beyond what error explains.
  IF phone_until IS NOT NULL AND NOT (is_relay AND full_card AND tries_today < 20) THEN
    outcome := CASE WHEN phone_until >= tomorrow THEN 'lockedUntilTomorrow' ELSE 'lockedSoon' END;
    RETURN;
  END IF;

  IF NOT full_card AND (links > 10 OR matches > 1) THEN
    outcome := 'fullCardNeeded';
    RETURN;
  END IF;

  IF full_card THEN
    IF NOT pg_try_advisory_xact_lock(card_lock) THEN
      PERFORM pg_advisory_xact_lock(card_lock);
    END IF;
    SELECT max(t.card_locked_until),
        count(*) FILTER (WHERE t.tried_at > half_hour_ago),
        count(*) FILTER (WHERE t.tried_at >= today_began)
      INTO card_until, card_tries_soon, card_tries_today
      FROM wrong_tries t
      WHERE t.card_key = card_key_in AND t.tried_at >= least(half_hour_ago, today_began);
    SELECT count(*), min(h.id), min(l.kind) INTO matches, found_id, found_kind
      FROM households h
      LEFT JOIN phone_links l ON l.household_id = h.id AND l.msisdn = caller AND l.ended_at IS NULL
      WHERE h.card_number = left(card_digits, 8) AND h.card_check = right(card_digits, 2);
    IF matches <> 1 OR card_until > tried_at_in THEN
      -- A card's lock holds for other numbers than its own, and for a relay that is itself locked.
      counts_on_card := phone_until IS NOT NULL OR NOT EXISTS (
        SELECT 1 FROM phone_links l JOIN households h ON h.id = l.household_id
        WHERE l.msisdn = caller AND l.ended_at IS NULL AND h.card_number = left(card_digits, 8));
    END IF;
    IF counts_on_card AND card_until > tried_at_in THEN
      outcome := CASE WHEN card_until >= tomorrow THEN 'lockedUntilTomorrow' ELSE 'lockedSoon' END;
      RETURN;
    END IF;
  END IF;

  IF matches = 1 THEN
    outcome := 'proved';
    household_id := found_id;
    phone_kind := found_kind;
    RETURN;
  END IF;

  -- Wrong. The third in thirty minutes locks for thirty, the sixth in a day until tomorrow.
  phone_until := CASE
    WHEN tries_today + 1 >= 6 THEN tomorrow
    WHEN tries_soon + 1 >= 3 THEN tried_at_in + interval '30 minutes' END;
  card_until := NULL;
  IF counts_on_card THEN
    card_until := CASE
      WHEN card_tries_today + 1 >= 6 THEN tomorrow
      WHEN card_tries_soon + 1 >= 3 THEN tried_at_in + interval '30 minutes' END;
  END IF;
  INSERT INTO wrong_tries (kind, phone_key, card_key, tried_at, phone_locked_until, card_locked_until, effect_key)
  VALUES ('card', phone_key_in, CASE WHEN counts_on_card THEN card_key_in END, tried_at_in,
    phone_until, card_until, effect_key_in);
  outcome := CASE
    WHEN phone_until IS NULL AND card_until IS NULL THEN 'wrong'
    WHEN greatest(phone_until, card_until) >= tomorrow THEN 'lockedUntilTomorrow'
    ELSE 'lockedSoon' END;
END $$;
