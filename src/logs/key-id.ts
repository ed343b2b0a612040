/** Ids that AWS gives to keys have 10 characters, and a value has at least 20. */
const KEY_ID = /^[A-Za-z0-9]{1,19}$/;

/** Whether a text may be the id of an API key in AWS; what may not could be its value, which is a secret. */
export const isKeyId = (text: string): boolean => KEY_ID.test(text);
