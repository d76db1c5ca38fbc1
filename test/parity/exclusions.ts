/**
 * Asynchronous members of the driver's that are not offered in callback style and as a future here, and why. A name
 * stands for the member of every class that has it. Only what cannot exist here has a place in it.
 */
export const exclusions: Readonly<Record<string, string>> = {};
