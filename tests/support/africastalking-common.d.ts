/** Addresses that the package keeps for the whole process; the tests turn one to this machine. */
declare module 'africastalking/lib/common' {
  const common: { SMS_URL: string };
  export = common;
}
