/** Whether a `Resource` element means every KMS key of an account, a region or altogether. */
export function isEveryKey(resource: string): boolean {
  return resource === "*" || /^arn:[^:]*:kms:[^:]*:[^:]*:(key\/)?\*$/.test(resource);
}
