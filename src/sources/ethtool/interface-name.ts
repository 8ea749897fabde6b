/** What follows the options of ethtool in a file name: ethtool_-S_eth0, ethtool-S-eth0.txt, ethtool_eth0. */
const NAMED =
  /^ethtool(?:[_ -]+-?-?(?:[A-Za-z]|(?:phy-)?statistics|show-[a-z]+|driver))?[_ -]+([A-Za-z][\w.:@-]*?)(?:\.txt|\.out|\.log)?$/;

/** The interface a member of ethtool is about; null where its name does not say. */
export function interfaceOfMember(member: string): string | null {
  return NAMED.exec(member.slice(member.lastIndexOf('/') + 1))?.[1] ?? null;
}
