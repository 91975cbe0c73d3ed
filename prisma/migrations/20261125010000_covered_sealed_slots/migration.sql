-- A covered box is 28 bytes longer. Slots of before are covered when they are next written anew.
ALTER TABLE "sealed_slots" DROP CONSTRAINT "sealed_slots_size_check";
ALTER TABLE "sealed_slots"
  ADD CONSTRAINT "sealed_slots_size_check" CHECK (octet_length("body") IN (304, 332) AND octet_length("mark") = 32);
