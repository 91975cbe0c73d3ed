/** Says whether an error carries this code of Node's or PostgreSQL's, such as EEXIST. */
export function hasCode(error: unknown, code: string): boolean {
  return (
    typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    error.code === code
  );
}
