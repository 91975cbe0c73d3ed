/** What we call of the package, which brings no types (and those of @types say otherwise than it does). */
declare module 'africastalking' {
  interface Sms {
    to: string[];
    message: string;
    from?: string;
  }
  interface AfricasTalking {
    SMS: { send(sms: Sms): Promise<unknown> };
    APPLICATION: { fetchApplicationData(): Promise<unknown> };
  }
  function africastalking(account: {
    username: string;
    apiKey: string;
  }): AfricasTalking;
  export = africastalking;
}
