/**
 * Seals a text with the public key of the line (libsodium's sealed box): whoever
 * holds no private key, the service included, cannot open it again. The library
 * is loaded by the first text: a process that seals nothing does not carry it.
 * @returns 48 bytes more than the text
 */
export async function sealText(
  publicKey: Uint8Array,
  text: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const { default: sodium } = await import('libsodium-wrappers');
  await sodium.ready;
  return Uint8Array.from(sodium.crypto_box_seal(text, publicKey));
}
