-- A step that a gateway repeats counts its wrong try once.
ALTER TABLE "wrong_tries" ADD COLUMN "effect_key" TEXT;
CREATE UNIQUE INDEX "wrong_tries_effect_key_key" ON "wrong_tries"("effect_key");

-- Proves a household by the digits of its card, and counts what is wrong.
--
-- One statement, because two guesses at the same moment must not both see the
-- count before the other: the phone is locked first, then the card, and each
-- statement of the function sees what was committed before it. A right card
-- writes nothing. A card that does not exist and a card whose digits are wrong
-- take the same way through the function.
--
-- outcome: proved, wrong, fullCardNeeded, lockedSoon, lockedUntilTomorrow
CREATE FUNCTION prove_card(
  caller text,            -- the calling number, E.164
  phone_key_in text,      -- its keyed hash
  card_digits text,       -- four digits, or the card's eight and the two of its back
  card_key_in text,       -- keyed hash of the eight digits; any text for four digits
  effect_key_in text,     -- keyed hash of the step, so that a repetition counts once
  tried_at_in timestamptz -- the service's clock
) RETURNS TABLE (outcome text, household_id integer, phone_kind text)
LANGUAGE plpgsql AS $$
DECLARE
  full_card boolean := length(card_digits) = 10;
  half_hour_ago timestamptz := tried_at_in - interval '30 minutes';
  today_began timestamptz := date_trunc('day', tried_at_in, 'UTC'); -- Bamako keeps UTC+0
  tomorrow timestamptz := date_trunc('day', tried_at_in, 'UTC') + interval '1 day';
  links integer;
  is_relay boolean;
  counts_on_card boolean := false;
  found_id integer;
  found_kind text;
  matches integer;
  earlier record;
  phone_until timestamptz;
  card_until timestamptz;
  tries_soon integer;
  tries_today integer;
  card_tries_soon integer;
  card_tries_today integer;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('phone ' || phone_key_in, 0));

  -- The step was counted before: say the same again.
  SELECT t.phone_locked_until, t.card_locked_until INTO earlier
    FROM wrong_tries t WHERE t.effect_key = effect_key_in;
  IF FOUND THEN
    RETURN QUERY SELECT CASE
      WHEN coalesce(earlier.phone_locked_until, earlier.card_locked_until) IS NULL THEN 'wrong'
      WHEN greatest(earlier.phone_locked_until, earlier.card_locked_until) >= tomorrow THEN 'lockedUntilTomorrow'
      ELSE 'lockedSoon' END, NULL::integer, NULL::text;
    RETURN;
  END IF;

  SELECT count(*), coalesce(bool_or(l.kind = 'relay'), false) INTO links, is_relay
    FROM phone_links l WHERE l.msisdn = caller AND l.ended_at IS NULL;
  SELECT max(t.phone_locked_until) INTO phone_until
    FROM wrong_tries t WHERE t.phone_key = phone_key_in AND t.phone_locked_until > tried_at_in;
  SELECT count(*) FILTER (WHERE t.tried_at > half_hour_ago), count(*) FILTER (WHERE t.tried_at >= today_began)
    INTO tries_soon, tries_today
    FROM wrong_tries t
    WHERE t.phone_key = phone_key_in AND t.kind = 'card'
      AND t.tried_at >= least(half_hour_ago, today_began);

  -- A relay serves many households: one that mistypes must not shut out the others,
  -- who may still enter the full card, until the day's tries go beyond what error explains.
  IF phone_until IS NOT NULL AND NOT (is_relay AND full_card AND tries_today < 20) THEN
    RETURN QUERY SELECT
      CASE WHEN phone_until >= tomorrow THEN 'lockedUntilTomorrow' ELSE 'lockedSoon' END,
      NULL::integer, NULL::text;
    RETURN;
  END IF;

  IF NOT full_card AND links > 10 THEN
    RETURN QUERY SELECT 'fullCardNeeded', NULL::integer, NULL::text;
    RETURN;
  END IF;

  IF full_card THEN
    PERFORM pg_advisory_xact_lock(hashtextextended('card ' || card_key_in, 0));
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
    -- A card's lock holds for other numbers than its own, and for a relay that is itself locked.
    counts_on_card := phone_until IS NOT NULL OR NOT EXISTS (
      SELECT 1 FROM phone_links l JOIN households h ON h.id = l.household_id
      WHERE l.msisdn = caller AND l.ended_at IS NULL AND h.card_number = left(card_digits, 8));
    IF counts_on_card AND card_until > tried_at_in THEN
      RETURN QUERY SELECT
        CASE WHEN card_until >= tomorrow THEN 'lockedUntilTomorrow' ELSE 'lockedSoon' END,
        NULL::integer, NULL::text;
      RETURN;
    END IF;
    IF matches = 1 THEN
      RETURN QUERY SELECT 'proved', found_id, found_kind;
      RETURN;
    END IF;
  ELSE
    SELECT count(*), min(h.id), min(l.kind) INTO matches, found_id, found_kind
      FROM phone_links l JOIN households h ON h.id = l.household_id
      WHERE l.msisdn = caller AND l.ended_at IS NULL AND right(h.card_number, 4) = card_digits;
    IF matches = 1 THEN
      RETURN QUERY SELECT 'proved', found_id, found_kind;
      RETURN;
    END IF;
    IF matches > 1 THEN
      RETURN QUERY SELECT 'fullCardNeeded', NULL::integer, NULL::text;
      RETURN;
    END IF;
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
  RETURN QUERY SELECT CASE
    WHEN phone_until IS NULL AND card_until IS NULL THEN 'wrong'
    WHEN greatest(phone_until, card_until) >= tomorrow THEN 'lockedUntilTomorrow'
    ELSE 'lockedSoon' END, NULL::integer, NULL::text;
END $$;
