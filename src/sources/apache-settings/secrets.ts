const HIDDEN = '***';
const SECRET_NAME = /pass(?:word|wd|phrase)|secret|credential|authorization|cookie|api_?key|token/i;
/** Directives whose first argument names what the second holds. */
const NAMED = /^(?:setenv|define|fcgidinitialenv|php_(?:admin_)?value|requestheader|header|proxyset|proxyaddheaders)$/i;

/** The arguments of a directive without passwords, shared secrets and credentials in URLs: these are `***`. */
export function hideSecrets(directive: string, value: string): string {
  if (
    SECRET_NAME.test(directive) &&
    !/^(?:cookie(?:tracking|name|style|expires|domain)|servertokens)$/i.test(directive)
  ) {
    return value === '' ? value : HIDDEN;
  }
  if (NAMED.test(directive)) {
    const named =
      /^((?:(?:always|onsuccess) )?(?:(?:set|append|merge|add|setifempty|edit\*?|echo|unset) )?"?([\w.-]+)"? )(?=.)/i.exec(
        value,
      );
    if (named !== null && SECRET_NAME.test(named[2]!)) return named[1]! + HIDDEN;
  }
  return value
    .replace(/:\/\/[^/@\s"]*@/g, `://${HIDDEN}@`)
    .replace(/\b(pass(?:word|wd)?|pwd|secret|token|api_?key)=("[^"]*"|'[^']*'|[^\s"',;&]+)/gi, `$1=${HIDDEN}`);
}
