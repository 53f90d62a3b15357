/** What clusters of the echo provider give as their endpoint. */
export const DEFAULT_ENDPOINT = "https://0123456789ABCDEF0123456789ABCDEF.gr7.us-east-1.eks.amazonaws.com";
