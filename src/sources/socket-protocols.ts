/** Options of ss and netstat, each letter once: `tan`, `neopa`; a host's name is none. */
const OPTIONS = /^(?!.*(.).*\1)[natlupweiosmxcvrOTWZ46]{1,14}$/;
const ALL = 'tuwx';

/** Which protocols a list of sockets holds, by its file's name or its command: `ss-tan.txt` TCP only, `netstat_-neopa` all. */
export function socketProtocols(member: string): string {
  const words = member
    .slice(member.lastIndexOf('/') + 1)
    .replace(/\.\w{1,4}$/, '')
    .split(/[\s_-]+/)
    .slice(1);
  const letters = words.filter((word) => OPTIONS.test(word)).join('');
  const asked = ALL.split('')
    .filter((letter) => letters.includes(letter))
    .join('');
  return asked === '' ? ALL : asked;
}
