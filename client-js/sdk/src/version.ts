/** Of this package, told to the server. */
export const version = '0.1.0';
