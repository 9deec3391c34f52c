import { BlockList, isIP } from "node:net";

/**
 * Addresses that no stranger's address may lead to: the special-purpose registries of IANA (RFC 6890 and after) of
 * which "globally reachable" is false, multicast, and what maps or tunnels IPv4 inside IPv6.
 */
const V4: readonly [string, number][] = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3],
];
/** Everything outside of 2000::/3 is unspecified, loopback, mapped, unique-local, link-local or multicast. */
const V6: readonly [string, number][] = [
  ["::", 3],
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
  ["4000::", 2],
  ["8000::", 1],
];

// One for each family: a list of both would find every IPv4 address, as a mapped one, in ::/3.
const SPECIAL = { ipv4: new BlockList(), ipv6: new BlockList() };
for (const [net, bits] of V4) SPECIAL.ipv4.addSubnet(net, bits, "ipv4");
for (const [net, bits] of V6) SPECIAL.ipv6.addSubnet(net, bits, "ipv6");

/** Whether an IP address is one of the open internet. What is no address is not. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address) === 4 ? "ipv4" : "ipv6";
  return isIP(address) !== 0 && !SPECIAL[family].check(address, family);
}
