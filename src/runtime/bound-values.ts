/** Puts a value beside a statement and answers its place in it, as `$3`. */
export type Bind = (value: unknown) => string;

/** A part of a statement that was put together elsewhere, and its values. */
export interface SqlPart {
  sql: string;
  values: readonly unknown[];
}

/** The values of a statement that is put together from parts: each part binds its own. */
export interface BoundValues {
  bind: Bind;
  /** Takes in a part that numbers its own places from the one that it is told. */
  include: (part: (from: number) => SqlPart) => string;
  values: unknown[];
}

/** Begins a statement without values. */
export function boundValues(): BoundValues {
  const values: unknown[] = [];
  return {
    values,
    bind(value) {
      values.push(value);
      return `$${values.length}`;
    },
    include: (part) => {
      const { sql, values: its } = part(values.length + 1);
      values.push(...its);
      return sql;
    },
  };
}
