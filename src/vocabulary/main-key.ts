/** The name of a subscription's only key, and of that among several which has the subscription's own address. */
export const MAIN_KEY = "main";
